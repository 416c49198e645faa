"""Finished PDFs, ours and anybody's: opened, taken in as values, measured, written.

Nothing here knows of booklets, sheets or rules. pypdf opens a file and says what it holds
(`opening`, `pages`, `document`, `tree`), PDFium says what stands on its pages (`pdfium`,
`page_model`, `paint`) and draws them (`pictures`), qpdf copies pages and writes (`writing`).
Lengths are in points; pages count from 1. PDFium is for one thread at a time.
"""
