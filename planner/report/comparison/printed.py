"""`Printed`: a comparison with what was found about it, and how its plans are called on paper.

A name may be 200 characters long. It stands whole on the first page and above what is about one
plan alone; elsewhere it is cut short behind its number, so that two that begin alike stay apart.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.compare.comparison import Comparison
from planner.compare.contributions import Contributions
from planner.compare.regret import RegretMatrix
from planner.compare.theme import ComparedTheme
from planner.core.display_names import called
from planner.core.over_months import as_read
from planner.core.texts import Language, say, show, show_month, show_number

LONGEST, SHORTEST = 24, 14  # characters of a name in a legend, and above a column


@dataclass(frozen=True)
class Printed:
    """What is printed: plans side by side, and the regret and contributions where computed."""

    comparison: Comparison
    language: Language
    matrix: RegretMatrix | None = None
    contributed: tuple[Contributions, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the plans are called, the base first."""
        return tuple(called(each).in_(self.language) for each in self.comparison.names)

    def theme(self, key: str) -> ComparedTheme:
        """Return a theme by its key."""
        return self.comparison.themes[key]

    def tag(self, at: int, longest: int = LONGEST) -> str:
        """Return a plan's name cut short, behind its number; the base has none."""
        name = cut(self.names[at], longest)
        return name if at == 0 else f"{at}: {name}"

    def heads(self) -> tuple[str, ...]:
        """Return what stands above the columns of the plans."""
        base = say("compare.column.base", self.language, name=self.tag(0, SHORTEST))
        return (base, *(self.tag(at, SHORTEST) for at in range(1, len(self.names))))

    def say(self, key: str, /, **fields: object) -> str:
        """Return a text of the catalogue."""
        return say(key, self.language, **fields)

    def series(self, name: str) -> str:
        """Return what a series by month is called."""
        return say(f"compare.series.{name}", self.language)

    def unit(self, name: str) -> str:
        """Return a unit in words."""
        return say(f"unit.{name}", self.language)

    def show(self, value: object) -> str:
        """Return any value in words."""
        return show(value, self.language)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return a time of months in words."""
        one, two = (show_month(each, self.language) for each in (first, last))
        return one if one == two else self.say("compare.paper.span", first=one, last=two)

    def number(self, value: float | None) -> str:
        """Return a figure as people read it, a dash where it is not known."""
        if value is None or value != value:  # noqa: PLR0124 - not a number is not itself
            return "\N{EN DASH}"
        return show_number(as_read(value), self.language)

    def signed(self, value: float | None) -> str:
        """Return a difference with its sign."""
        told = self.number(value)
        return f"+{told}" if value is not None and value > 0 and told != "0" else told


def cut(name: str, longest: int) -> str:
    """Return a name cut short."""
    return (
        name if len(name) <= longest else f"{name[: longest - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    )
