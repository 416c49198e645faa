"""One booklet, from cold and warm, against plain WeasyPrint on the same page of HTML."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from weasyprint import HTML

from benchmarks.edition import built
from benchmarks.facts import facts
from benchmarks.measuring import command, here, interleaved
from benchmarks.row import Row, seconds
from benchmarks.specimen import LONG, ROOT, as_files, edition

VARIANT = "pdf/ua-1"


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of one edition and of the command that makes it."""
    with TemporaryDirectory() as name:
        folder, target = Path(name), edition()
        page = as_files(target, folder / "page")
        plain, mine = folder / "plain.pdf", folder / "mine.pdf"
        weasyprint = [sys.executable, "-m", "weasyprint", "--pdf-variant", VARIANT, page, plain]
        whole = [sys.executable, ROOT / "make_booklet.py", LONG, "--audience", "patient"]
        whole += ["--size", "standard", "--quiet", "--force", "--output", folder / "output"]
        took = interleaved(
            {
                "cold": command([sys.executable, "-m", "benchmarks.edition", mine], ROOT),
                "plain cold": command(weasyprint),
                "command": command(whole, ROOT),
                "warm": here(lambda: built(target)),
                "plain warm": here(lambda: HTML(page).write_pdf(pdf_variant=VARIANT)),
            },
            rounds,
        )
        used = {name: each.processor for name, each in took.items()}
        remark = f"{facts(mine.read_bytes())}; WeasyPrint's: {facts(plain.read_bytes())}"
    for way, bar in (("cold", 1.25), ("warm", 1.3)):
        yield Row(
            f"one edition, {way}: read, set, written with its structure, measured",
            seconds(used[way]),
            f"WeasyPrint on the same HTML, {way} {seconds(used[f'plain {way}'])}",
            used[way] / used[f"plain {way}"],
            bar,
            remark if way == "cold" else "",
        )
    yield Row(
        "the command for that reader: its PDF, web page and manifest",
        seconds(used["command"]),
        f"WeasyPrint, the PDF alone, cold {seconds(used['plain cold'])}",
        used["command"] / used["plain cold"],
    )
