"""Paper and files traced to their words: manifests, codes, FHIR documents."""
