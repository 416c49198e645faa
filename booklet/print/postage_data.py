"""Sizes and prices of the post, read from a data file that anybody can bring up to date."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from booklet.print.postage import Envelope, Postage, Price, Service
from booklet.problems import FaultsFound, Problem

DATA = Path(__file__).with_name("postage.yaml")


def load_postage(file: Path = DATA) -> Postage:
    """The services and envelopes of a data file; `FaultsFound` where it cannot be used."""
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Postage(
            tuple(_service(each) for each in values["services"]),
            tuple(_envelope(each) for each in values["envelopes"]),
        )
    except (OSError, yaml.YAMLError, LookupError, TypeError, ValueError, InvalidOperation) as error:
        message = f"these postage data cannot be used ({error}); compare with the file we ship"
        raise FaultsFound([Problem(file, message)]) from error


def _service(values: dict[str, Any]) -> Service:
    length, width, thickness = map(float, values["sides"])
    prices = tuple(_price(**each) for each in values["prices"])
    return Service(str(values["name"]), (length, width, thickness), prices)


def _price(
    to: float, first: str | None = None, second: str | None = None, as_of: date | None = None
) -> Price:
    if (first or second) and not isinstance(as_of, date):
        raise ValueError(f"the price to {to} g has no date; add `as_of: YYYY-MM-DD`")
    pounds, less = (Decimal(each) if each else None for each in (first, second))
    return Price(float(to), pounds, less, as_of)


def _envelope(values: dict[str, Any]) -> Envelope:
    length, width = map(float, values["sides"])
    return Envelope(
        str(values["name"]), (length, width), float(values["weight"]), float(values["room"])
    )
