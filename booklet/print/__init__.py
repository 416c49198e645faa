"""Paper: print sheets, a test sheet and a job ticket from a finished PDF.

    from booklet.print.schemes import scheme_named
    from booklet.print.sheets import make_sheets

    for sheets in make_sheets(Path("aml.pdf"), scheme_named("booklet"), stock=Paper(80)):
        Path(sheets.file_name("aml.pdf")).write_bytes(sheets.pdf)

Everything here is a function from bytes to bytes; the caller reads the clock and writes files.
`imposition` says which page stands where, `schemes` is the table of ways to print, `sheets`
draws them, `ticket` tells the person at the printer what to do, `plain_pages` sets that and the
sheet that shows what a printer does to a page. Sheets are for paper only: they are not tagged and
never sent out. Lengths are in millimetres outside and points inside a PDF; weights are in grams.
"""
