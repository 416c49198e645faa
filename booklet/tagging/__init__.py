"""Finished HTML set in type: pages, the structure tree of their content, a tagged PDF."""
