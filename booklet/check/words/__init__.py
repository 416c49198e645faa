"""What the rules over words look at: a reader's text, the lists that people edit, the grade."""
