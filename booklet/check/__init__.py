"""Holds finished PDFs, ours or anyone's, and the words of booklets against their rules."""
