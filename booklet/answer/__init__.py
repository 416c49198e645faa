"""Who answers for the words: approvals, changes, manifests, paper traced to words."""
