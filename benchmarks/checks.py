"""`check` of a finished edition, against setting it and against another checker of PDFs."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import page

from benchmarks.edition import built
from benchmarks.measuring import here, interleaved
from benchmarks.row import Row, seconds
from benchmarks.specimen import edition
from booklet.check.check_pdf import check_pdf


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of a report on the long booklet."""
    with TemporaryDirectory() as name:
        target = edition()
        made = built(target)
        file = Path(name, made.name)
        file.write_bytes(made.content)
        ways = {
            "check": here(lambda: check_pdf(file)),
            "outloud": here(lambda: outloud.check(str(file))),
            "page-validation": here(lambda: page.validate_pdf(file, profile="ua1")),
            "the edition made whole": here(lambda: built(target)),
        }
        took = {name: each.processor for name, each in interleaved(ways, rounds).items()}
    looks = {
        "outloud": "looks at structure and meaning, at nothing that is painted",
        "page-validation": "looks at the file alone, in Rust",
        "the edition made whole": "which has the check in it",
    }
    for other, remark in looks.items():
        yield Row(
            f"check of a finished edition of {made.pages} pages",
            seconds(took["check"]),
            f"{other} {seconds(took[other])}",
            took["check"] / took[other],
            remark=remark,
        )
