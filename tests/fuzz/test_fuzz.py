"""Whatever is put into content, drawings, PDFs and manifests, the answer is a sentence.

The short run, of the same few inputs each time; CONTRIBUTING.md says how to start the long one.
"""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.content.labels import label_faults
from booklet.problems import shown
from booklet.provenance.manifest import ENDING, listed_files
from tests.fuzz.killed_runs import killed_run
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import CODE, TARGETS, good_manifest, tried

PIECES = st.sampled_from(
    ["{", "}", "{{", "}}", "{date}", "{date:>30000000}", "{date!r}", "{date.a}", "{date[0]}", "{}"]
)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.short])
def test_bad_input_is_an_answer_or_a_fault_and_never_a_traceback(name: str, tmp_path: Path) -> None:
    tally = tried(name, range(TARGETS[name].short), tmp_path)
    assert tally.failures == {}
    assert tally.answered + tally.refused == TARGETS[name].short


@pytest.mark.slow
@pytest.mark.xdist_group("mail")
def test_a_run_that_is_killed_comes_to_the_same_bytes_with_each_person_once(tmp_path: Path) -> None:
    told = killed_run(tmp_path, people=4, kills=1, seed=1, batch=2)
    assert told.failures == []


@given(st.lists(PIECES | st.text(max_size=3), max_size=6).map("".join))
@settings(deadline=None, max_examples=100, derandomize=True)
def test_a_label_that_is_taken_can_be_filled_in_and_is_as_long_as_it_looks(words: str) -> None:
    if not [*label_faults(words, ("date",), ("date",))]:
        filled = words.format(date="today")
        assert "today" in filled
        assert len(filled) <= len(words)


@given(st.text(st.characters(), max_size=20))
@settings(deadline=None, max_examples=100, derandomize=True)
def test_what_a_terminal_is_shown_it_can_print_and_obeys_nothing_in(text: str) -> None:
    told = shown(text)
    assert not {sign for sign in told.encode() if sign < 32 or sign == 127} - {9, 10}
    assert shown(told) == told


def test_a_manifest_with_a_code_that_is_none_is_passed_over(tmp_path: Path) -> None:
    manifest = tmp_path / f"a{ENDING}"
    for code, listed in ((CODE, 2), ("7K2M", 0), ("7k2m-9qxa", 0)):
        manifest.write_bytes(good_manifest().replace(CODE.encode(), code.encode()))
        assert len([*listed_files(tmp_path)]) == listed


def test_a_manifest_names_no_file_that_no_disk_can_hold(tmp_path: Path) -> None:
    manifest = tmp_path / f"a{ENDING}"
    manifest.write_bytes(good_manifest().replace(b"a.pdf", 300 * b"x"))
    assert [*listed_files(tmp_path)] == []


def test_a_seed_makes_the_same_input_again() -> None:
    for seed in range(20):
        one, again = (mutated(b"a: b\nc: [d, e]\n", Random(seed), (b"{", b"&a")) for _ in range(2))
        assert one == again
