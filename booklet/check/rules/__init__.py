"""The rules over a finished PDF: each a function, with what it stands for in its docstring."""
