"""A checked booklet in, one HTML page out: for paper, or for the screen."""
