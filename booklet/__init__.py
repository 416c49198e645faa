"""The booklet builder: structured content in, accessible PDF booklets out."""

__version__ = "0.1.0"
