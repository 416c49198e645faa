"""Finished PDFs joined into one by qpdf, with their structure trees."""
