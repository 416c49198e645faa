"""The command line: arguments in, progress and tables out, an exit code."""
