"""A booklet sent with a letter: joined to it, enclosed in it or named to travel with it."""
