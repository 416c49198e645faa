"""A booklet in, a tagged PDF out."""
