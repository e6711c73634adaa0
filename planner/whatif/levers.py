"""What may be moved by steps: a lever with a name of its own, a parameter, or any cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planner.core.errors import UnusableInputError
from planner.core.texts import Text, message
from planner.input.book import Book
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.input.names import plain
from planner.input.parameters import supplied
from planner.input.typed import read_tables

# The groups that wait for a transfer in a DOL part.
DUBLIN = frozenset({"dublin_single", "dublin_family"})

Lines = Callable[[Book, float], tuple[EditLine, ...]]


@dataclass(frozen=True)
class Lever:
    """What is moved: its title, its unit, and the edits that set it to a value in a book.

    `now` is the value it stands at; none where that is not one number. `span` is how far a slider
    goes: the lowest and highest value, and the step between two.
    """

    title: Text
    unit: str
    lines: Lines
    now: Callable[[Case], float | None] = lambda _: None
    span: tuple[float, float, float] = (0.0, 1.0, 0.01)


def _stands_at(name: str) -> Callable[[Case], float | None]:
    """Return what reads a parameter in the first month; none where it is not set."""
    return lambda case: case.parameters.optional(name, case.months[0])


def _stay_now(case: Case) -> float | None:
    stays = {group.stay_months for name, group in case.groups.items() if name in DUBLIN}
    return next(iter(stays)) if len(stays) == 1 else None


def _parameter(name: str) -> Lines:
    return lambda _, value: (EditLine("parameters", name, "value", value),)


def _dublin_stay(book: Book, months: float) -> tuple[EditLine, ...]:
    """Return the edits that set the mean stay of the groups that may be in a DOL part."""
    groups = read_tables(book)[0].records("groups")
    return tuple(
        EditLine("groups", each.group, "stay_months", months)
        for each in groups
        if each.group in DUBLIN
    )


def _arrivals(book: Book, factor: float) -> tuple[EditLine, ...]:
    """Return the edits that multiply everybody who arrives, in every scenario."""
    return tuple(
        EditLine(
            "inflow", f"{each.scenario}|{each.month}|{each.stream}", "people", factor * each.people
        )
        for each in read_tables(book)[0].records("inflow")
    )


LEVERS: Mapping[str, Lever] = {
    "arrivals": Lever(
        Text("instroom, maal", "arrivals, times"),
        "times",
        _arrivals,
        lambda _: 1.0,
        (0.5, 1.5, 0.01),
    ),
    "dublin_stay": Lever(
        Text("verblijf Dublin", "Dublin stay"), "months", _dublin_stay, _stay_now, (1.0, 12.0, 0.1)
    ),
    "dublin_claims": Lever(
        Text("aandeel Dublinclaims", "share of Dublin claims"),
        "share",
        _parameter("dublin_accepted_share"),
        _stands_at("dublin_accepted_share"),
        (0.0, 0.5, 0.01),
    ),
    "dol_growth": Lever(
        Text("groeisnelheid DOL", "growth of DOL"),
        "places",
        _parameter("dol_growth_per_month"),
        _stands_at("dol_growth_per_month"),
        (0.0, 400.0, 1.0),
    ),
    "norm": Lever(
        Text("bezettingsnorm", "occupancy norm"),
        "share",
        _parameter("occupancy_norm"),
        _stands_at("occupancy_norm"),
        (0.8, 1.0, 0.005),
    ),
    "housing": Lever(
        Text("huisvesting vergunninghouders", "housing of permit holders"),
        "people",
        _parameter("permits_housed_month"),
        _stands_at("permits_housed_month"),
        (0.0, 5000.0, 1.0),
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
