"""The typesetter reads nothing but the project's files, and its complaints are faults."""

from pathlib import Path

import pytest

from booklet.problems import FaultsFound
from booklet.tagging.typeset import typeset

SOURCE = Path("content/specimen")


def page(body: str, head: str = "") -> str:
    return (
        '<!doctype html><html lang="en-GB"><head><title>T</title>'
        f'<link rel="stylesheet" href="editions/standard.css">{head}</head>'
        f"<body>{body}</body></html>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://127.0.0.1/a.png",
        "file:///etc/passwd",
        "../pyproject.toml",
    ],
)
def test_nothing_outside_the_project_is_read(address: str, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="may not read"):
        typeset(page(f'<img src="{address}" alt="a">'), (tmp_path,), SOURCE)


def test_a_link_out_of_the_pictures_folder_is_not_followed(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (pictures / "way-out.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(FaultsFound, match="may not read"):
        typeset(
            page(f'<img src="{(pictures / "way-out.png").as_uri()}" alt="a">'), (pictures,), SOURCE
        )


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (
            '<p><a href="#nowhere">x</a></p>',
            "<style>a::after{content:target-counter(attr(href),page)}</style>",
        ),
        ("<p>x</p>", "<style>p{colour:red}</style>"),
        ('<img src="missing.png" alt="a">', ""),
    ],
    ids=["dead link", "unknown CSS", "missing picture"],
)
def test_what_the_typesetter_only_logs_is_a_fault(body: str, head: str, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="the typesetter says"):
        typeset(page(body, head), (tmp_path,), SOURCE)


def test_a_box_longer_than_a_page_breaks_where_it_stands_and_leaves_no_hole(tmp_path: Path) -> None:
    box = "<aside class='callout'>" + "<p>Words.</p>" * 60 + "</aside>"
    document = typeset(page(f"<p>Before.</p>{box}"), (tmp_path,), SOURCE)
    first = document.pages[0]._page_box.descendants()
    assert any(getattr(each, "text", "") == "Words." for each in first)


def test_a_box_that_fits_a_page_is_not_broken(tmp_path: Path) -> None:
    lines = "<p>Before.</p>" * 12
    box = "<aside class='callout'>" + "<p>Words.</p>" * 8 + "</aside>"
    document = typeset(page(lines + box), (tmp_path,), SOURCE)
    with_box = [
        number
        for number, each in enumerate(document.pages)
        if any(getattr(part, "text", "") == "Words." for part in each._page_box.descendants())
    ]
    assert with_box == [1]


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5])
def test_pages_for_notes_fill_the_last_sheet(pages: int, tmp_path: Path) -> None:
    filler = '<div class="filler-page"><p>Your notes</p></div>'
    body = (
        '<p style="break-after: page">Words.</p>' * pages
        + filler * 3
        + "<footer class='back'>B</footer>"
    )
    document = typeset(page(body), (tmp_path,), SOURCE)
    texts = [
        {getattr(part, "text", "") for part in each._page_box.descendants()}
        for each in document.pages
    ]
    assert len(texts) % 4 == 0
    assert sum("Your notes" in words for words in texts) == -(pages + 1) % 4
    assert "B" in texts[-1]
