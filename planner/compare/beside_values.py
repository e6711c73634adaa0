"""The values of plans beside one another: what is shown, printed and written of each."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.core.texts import Message, Text

# What each figure adds up over months.
UNITS: Mapping[str, str] = {
    "without_place": "persons", "emergency": "persons", "dol": "places", "beds": "beds",
}  # fmt: skip
FIRST = "without_place"


class FigureVerdict(StrEnum):
    """How a figure stands against that of the base."""

    EQUAL = "equal"
    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"  # less in the worst month and more in all together, or the other way round
    OTHER = "other"  # another number, of which neither lacks more
    NO_GAIN = "no_gain"  # lower, while more people have no place


@dataclass(frozen=True)
class Moment:
    """A figure in one month; `needed` is empty where that is nobody at all.

    `more` is the difference from the base, of what lacks where `lacks`, else of the figure itself;
    empty for the base and where the base does not know that month.
    """

    month: dt.date
    value: float
    needed: float | None = None
    more: float | None = None
    lacks: bool = False
    verdict: FigureVerdict = FigureVerdict.EQUAL

    @property
    def lacking(self) -> float:
        """How much lacks: what is needed and not there, or everybody where nobody should be."""
        return self.value if self.needed is None else max(self.needed - self.value, 0.0)


@dataclass(frozen=True)
class MainBeside:
    """One of the four figures of a plan: in the first month, the worst and the last.

    `lacking` is what lacks in all months together, in `unit`. `most` and `total` are how much more
    lacks than in the base in the worst month and in all months together; empty for the base and
    between plans of other months.
    """

    key: str
    moments: tuple[Moment, Moment, Moment]
    unit: str
    lacking: float
    verdict: FigureVerdict = FigureVerdict.EQUAL
    most: float | None = None
    total: float | None = None


@dataclass(frozen=True)
class LevelBeside:
    """A level of a plan beside the base, shares in percent; `more` is empty where one lacks it."""

    name: str
    title: Text
    unit: Text
    base: float
    value: float
    more: float | None
    verdict: FigureVerdict
    in_percent: bool = False

    def shown(self, figure: float) -> float:
        """Return a figure as it is read: a percentage in tenths, everything else whole."""
        unit = 0.1 if self.in_percent else 1.0
        whole = math.floor(abs(figure) / unit + 0.5) * unit
        return math.copysign(round(whole, 1), figure)


@dataclass(frozen=True)
class PlanBeside:
    """A plan beside the base: its four figures, what differs first, and its levels.

    The base has no `first` and no `levels`. Levels that differ by less than half a person in every
    plan are left out of `levels` of all of them, except people without a place.
    """

    figures: tuple[MainBeside, ...]
    first: Message | None = None
    levels: tuple[LevelBeside, ...] = ()
    more_unplaced: bool = False


@dataclass(frozen=True)
class Beside:
    """All plans beside one another, the base first, and how many levels are left out as alike."""

    plans: tuple[PlanBeside, ...]
    left_out: int
