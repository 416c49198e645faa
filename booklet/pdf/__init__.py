"""Finished PDFs, ours and anybody's: opened, taken in as values, measured.

Nothing here knows of booklets, sheets or rules. pypdf opens a file and says what it holds
(`document`, `tree`), PDFium says what stands on its pages (`pdfium`, `page_model`, `paint`) and
draws them (`pictures`). Lengths are in points; pages count from 1.
"""
