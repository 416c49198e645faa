"""What helps the people who write: the schema of their files, and a booklet to begin with."""
