"""A booklet seen while it is written: on the screen and on paper, in a browser of this machine."""
