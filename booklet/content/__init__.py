"""YAML in, a checked booklet for one reader out."""
