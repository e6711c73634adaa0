"""How a result sheet is declared: its key, its titles, and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.core.texts import Text
from planner.input.column import Column, ColumnType
from planner.input.kinds import Listed
from planner.input.supplied_names import Named


@dataclass(frozen=True)
class ResultTable:
    """A result sheet: its key, its title and its columns.

    A column that is not `required` may be left out of a sheet altogether. `planned` are columns
    that stand hidden beside those of whole numbers, with the numbers that were planned. `earlier`
    are titles that it had in versions before, by which it is still known.
    """

    key: str
    title: Text
    meaning: Text
    columns: tuple[Column, ...]
    earlier: tuple[str, ...] = ()

    @property
    def planned(self) -> tuple[Column, ...]:
        """The columns of the numbers that were planned, not rounded; they may be left out."""
        return tuple(
            result_column(
                planned_key(each.key),
                f"{each.title.nl}, niet afgerond",
                f"{each.title.en}, not rounded",
                ColumnType.NUMBER,
                optional=True,
            )
            for each in self.columns
            if each.key in WHOLE_COLUMNS.get(self.key, ())
        )

    def column(self, key: str) -> Column:
        """Return the column of a key; `KeyError` where there is none."""
        return {each.key: each for each in self.columns}[key]


def tables_by_key(*tables: ResultTable) -> Mapping[str, ResultTable]:
    """Return declared sheets by their keys, in reading order."""
    return {each.key: each for each in tables}


# What stands in whole numbers in a plan of whole decisions, by sheet and column.
WHOLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "placement": ("people",),
    "places": ("places", "beds"),
    "dol": ("prepared", "in_use", "people", "idle"),
    "shortfalls": ("amount",),
    "moves": ("people",),
    "decisions": ("value",),
    "runoff": ("portfolio_beds", "needed_beds", "shortage"),
    "demand": ("people",),
    "checks": ("value",),
    "questions": ("value",),
    "children": (
        "minors", "minors_places", "minors_elsewhere", "pupils", "seats", "no_seat",
        "seats_unknown", "guardians_needed", "moved", "in_emergency",
    ),
}  # fmt: skip
_PLANNED = "_planned"


def planned_key(key: str) -> str:
    """Return the key of the column that holds what a rounded one was planned as."""
    return key + _PLANNED


def is_planned_key(key: str) -> bool:
    """Whether a column holds numbers that were planned, beside the rounded ones."""
    return key.endswith(_PLANNED)


def result_column(  # noqa: PLR0913 - a declaration names each property of a column once
    key: str,
    nl: str,
    en: str,
    holds: ColumnType,
    *,
    unit: str = "",
    choices: type[Listed] | None = None,
    optional: bool = False,
    named: Named | None = None,
) -> Column:
    """Declare a column of a result sheet; the cells of it may be empty.

    Supplied names that are `named` stand in the language of the sheet.
    """
    title = Text(nl, en)
    return Column(
        key,
        title,
        title,
        holds,
        unit,
        minimum=None,
        maximum=None,
        required=not optional,
        default=None,
        choices=choices,
        refers_to="",
        is_key=False,
        named=named,
    )
