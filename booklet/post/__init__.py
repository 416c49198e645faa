"""Booklets sent to people: a letter and a booklet in the form that each person needs."""
