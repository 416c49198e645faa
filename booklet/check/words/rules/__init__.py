"""The rules over words: each a function, with what it stands for in its docstring."""
