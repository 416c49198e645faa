"""Finished PDFs made smaller: packed tighter, and with no more pixels than print needs."""
