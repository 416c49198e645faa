"""A clinic's colour: taken as it is where words in it can be read, else answered with another."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from booklet.content.accent import TONES, nearest, palette, passes, tones
from booklet.contrast import contrast as between

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LIGHT = ("white", "sand")
DARK = ("night", "earth")


def contrast(one: str, other: str) -> float:
    """By the formula that measures finished pages."""
    return between(*(tuple(bytes.fromhex(each[1:])) for each in (one, other)))  # type: ignore[arg-type]


@settings(deadline=None, max_examples=30)
@given(colour=COLOURS)
@example("#ffffff")
@example("#ffff00")
@example("#0000ff")
def test_the_colour_that_is_suggested_and_its_tones_can_be_seen_wherever_they_stand(
    colour: str,
) -> None:
    found = nearest(colour)
    assert passes(found)
    mine = tones(found)
    house = palette()
    grounds = [*(house[name] for name in LIGHT), mine["accent-panel"]]
    assert min(contrast(mine["accent"], ground) for ground in grounds) >= 7
    dark = [*(house[name] for name in DARK), mine["accent-panel-dark"]]
    assert min(contrast(mine["accent-dark"], ground) for ground in dark) >= 7
    # Other words, and rules.
    assert contrast(house["ink"], mine["accent-panel"]) >= 7
    assert contrast(house["snow"], mine["accent-panel-dark"]) >= 7
    assert contrast(mine["accent-rule"], house["white"]) >= 3
    assert contrast(mine["accent-rule-dark"], house["night"]) >= 3


@settings(deadline=None, max_examples=200)
@given(colour=COLOURS)
@example("#000000")
@example("#0b4f5c")
def test_a_colour_that_passes_is_taken_as_it_is(colour: str) -> None:
    assume(passes(colour))
    assert nearest(colour) == tones(colour)["accent"] == colour


def test_the_suggestion_is_near_and_of_the_same_hue() -> None:
    from coloraide import Color

    for colour in ("#005eb8", "#ec4899", "#ffff00", "#00a499", "#808080"):
        wish, found = Color(colour), Color(nearest(colour))
        away = wish.delta_e(found, method="ok")
        hue = wish.convert("oklch")["hue"]
        for lightness in range(0, 100, 2):
            for chroma in range(0, 32, 2):
                other = Color("oklch", [lightness / 100, chroma / 100, hue])
                if other.in_gamut("srgb") and passes(other.convert("srgb").to_string(hex=True)):
                    assert wish.delta_e(other, method="ok") > away - 0.02
        if wish.convert("oklch")["chroma"] > 0.01:
            turned = abs(found.convert("oklch")["hue"] - hue)
            assert min(turned, 360 - turned) < 3


def test_the_houses_own_tones_are_those_it_would_give_its_own_accent() -> None:
    house = palette()
    given_to_it = tones(house["accent"])
    assert passes(house["accent"])
    for name in TONES:
        assert contrast(house[name], given_to_it[name]) < 1.05, name
