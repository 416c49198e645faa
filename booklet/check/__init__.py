"""Measures a finished PDF, ours or anyone's, against the rules of accessible print."""

from booklet.check.inspected_pdf import CannotRead
from booklet.check.report import Report, check_file, problems_of
from booklet.check.rule import Finding, Place

__all__ = ["CannotRead", "Finding", "Place", "Report", "check_file", "problems_of"]
