"""What may be moved by steps: a lever with a name of its own, a parameter, or any cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.core.errors import UnusableInputError
from planner.core.texts import Text, message
from planner.input.book import Book
from planner.input.names import plain
from planner.input.parameters import supplied
from planner.input.typed import read_tables
from planner.whatif.edit_lines import EditLine

Lines = Callable[[Book, float], tuple[EditLine, ...]]


@dataclass(frozen=True)
class Lever:
    """What is moved: its title, its unit, and the edits that set it to a value in a book."""

    title: Text
    unit: str
    lines: Lines


def _parameter(name: str) -> Lines:
    return lambda _, value: (EditLine("parameters", name, "value", value),)


def _dublin_stay(book: Book, months: float) -> tuple[EditLine, ...]:
    """Return the edits that set the mean stay of the groups that may be in a DOL part."""
    groups = read_tables(book)[0].records("groups")
    return tuple(
        EditLine("groups", each.group, "stay_months", months)
        for each in groups
        if each.group in {"dublin_single", "dublin_family"}
    )


def _arrivals(book: Book, factor: float) -> tuple[EditLine, ...]:
    """Return the edits that multiply everybody who arrives, in every scenario."""
    return tuple(
        EditLine(
            "inflow", f"{each.scenario}|{each.month}|{each.stream}", "people", factor * each.people
        )
        for each in read_tables(book)[0].records("inflow")
    )


LEVERS: dict[str, Lever] = {
    "dublin_stay": Lever(Text("verblijf Dublin", "Dublin stay"), "months", _dublin_stay),
    "dublin_claims": Lever(
        Text("aandeel Dublinclaims", "share of Dublin claims"),
        "share",
        _parameter("dublin_accepted_share"),
    ),
    "arrivals": Lever(Text("instroom, maal", "arrivals, times"), "times", _arrivals),
    "dol_growth": Lever(
        Text("groeisnelheid DOL", "growth of DOL"), "places", _parameter("dol_growth_per_month")
    ),
    "norm": Lever(Text("bezettingsnorm", "occupancy norm"), "share", _parameter("occupancy_norm")),
    "housing": Lever(
        Text("huisvesting vergunninghouders", "housing of permit holders"),
        "people",
        _parameter("permits_housed_month"),
    ),
}


def lever_named(name: str) -> Lever:
    """Return a lever by its key, its title in either language, a parameter's key, or a cell.

    A cell is written `table,key,column`. `UnusableInputError` where it is none of these.
    """
    wanted = plain(name)
    for key, lever in LEVERS.items():
        titles = (key, key.replace("_", " "), lever.title.nl, lever.title.en)
        if wanted in {plain(each) for each in titles}:
            return lever
    known = supplied().get(name.strip())
    if known is not None:
        return Lever(known.title, known.parameter.unit, _parameter(name.strip()))
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and all(parts):  # noqa: PLR2004 - table, key and column
        table, key, column = parts
        return Lever(Text(name, name), "", lambda _, value: (EditLine(table, key, column, value),))
    names = tuple(LEVERS)
    raise UnusableInputError(message("sweep.unknown", name=name, names=names))
