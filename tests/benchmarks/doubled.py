"""`doubled`: the national demo with every location twice, twice the people, and 36 months."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from planner import api
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import apply
from planner.input.months import later
from planner.input.span import HORIZON

MONTHS, YEAR = 36, 12
# What the country can do as a whole, which would otherwise be shared by twice the people.
OF_THE_COUNTRY = (
    "dol_growth_per_month", "dol_band_low", "border_places", "needs_assessment_capacity",
    "permits_housed_month", "dublin_accepted_month",
)  # fmt: skip
SECOND, SECOND_PLACE = "X", " II"


def doubled() -> Book:
    """Return the national demo twice, the second beside the first, and half as long again.

    The second has locations with codes of their own in municipalities of their own. The months
    that come after repeat those of a year before; a stream that has ended stays so.
    """
    book = _with_parameters(api.open_demo("national", Language.EN))
    for name, change in _CHANGES.items():
        sheet = book.tables[name]
        frame = change(sheet.frame).astype(object).reset_index(drop=True)
        frame.index += sheet.header_row + 1
        book = book.with_table(sheet.with_frame(frame))
    return book


def _with_parameters(book: Book) -> Book:
    case = api.usable(book)
    values = {name: 2 * case.parameters.number(name) for name in OF_THE_COUNTRY}
    lines = [
        EditLine("parameters", name, "value", value)
        for name, value in {**values, HORIZON: MONTHS}.items()
    ]
    return apply(book, edits_in(book, case.scenario, lines))[0]


def _locations(frame: pd.DataFrame) -> pd.DataFrame:
    return _and(
        frame,
        id=frame["id"] + SECOND,
        name=frame["name"] + SECOND_PLACE,
        municipality=frame["municipality"] + SECOND_PLACE,
    )


def _occupancy(frame: pd.DataFrame) -> pd.DataFrame:
    return _and(frame, location=frame["location"] + SECOND)


def _ceilings(frame: pd.DataFrame) -> pd.DataFrame:
    codes = [";".join(code + SECOND for code in each.split(";")) for each in frame["locations"]]
    return _and(frame, name=frame["name"] + SECOND_PLACE, locations=codes)


def _and(frame: pd.DataFrame, **second: pd.Series | list[str]) -> pd.DataFrame:
    """Return the rows, and then the same with other values in some columns."""
    both: pd.DataFrame = pd.concat([frame, frame.assign(**second)])
    return both


def _provinces(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(task=frame["task"] * 2, staff_fte=frame["staff_fte"] * 2)


def _inflow(frame: pd.DataFrame) -> pd.DataFrame:
    """Return twice the people who arrive, and the months that are still missing.

    The demo's first month lies before those planned.
    """
    twice = frame.assign(people=frame["people"] * 2)
    last = twice["month"].max()
    more = MONTHS + 1 - twice["month"].nunique()
    ended = twice[(twice["month"] == last) & (twice["people"] == 0)]
    over = set(zip(ended["scenario"], ended["stream"], strict=True))
    added = twice[twice["month"] > later(last, -more)]
    streams = zip(added["scenario"], added["stream"], added["people"], strict=True)
    added = added.assign(
        month=[later(each, YEAR) for each in added["month"]],
        people=[0 if (name, stream) in over else people for name, stream, people in streams],
    )
    return pd.concat([twice, added]).sort_values(["scenario", "month"], kind="stable")


_CHANGES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "locations": _locations,
    "occupancy": _occupancy,
    "ceilings": _ceilings,
    "provinces": _provinces,
    "inflow": _inflow,
}
