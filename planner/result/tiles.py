"""What the four tiles of the answer say: now, the worst month, the end, and how it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.sheets.without_place import SOMEBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.result.main_figures import MainFigures


class TileStanding(StrEnum):
    """How a figure stands against what it should be: the kinds of a notice."""

    GOOD = "good"
    REMARK = "remark"  # not in every month, but it is at the end
    ERROR = "error"


@dataclass(frozen=True)
class TileFigures:
    """A figure by month with what is needed; `target` is empty where that is nobody at all.

    `worst` is the place of the worst month. `short` is in how many months it is not what it
    should be, and `until` the last of these.
    """

    key: str
    months: Sequence[dt.date]
    values: Sequence[float]
    target: Sequence[float]
    worst: int
    standing: TileStanding
    short: int = 0
    until: dt.date | None = None

    @property
    def ends(self) -> tuple[int, int, int]:
        """The places of the first, the worst and the last month."""
        return 0, self.worst, len(self.months) - 1


def tiles(found: MainFigures) -> tuple[TileFigures, ...]:
    """Return the four figures in the order they are read; none of a plan without months."""
    if not found.months:
        return ()
    months = found.months
    return (
        _tile("without_place", months, found.without_place, final=True),
        _tile("emergency", months, found.emergency),
        _against("dol", months, found.dol_places, found.dol_needed),
        _against("beds", months, found.beds, found.beds_needed),
    )


def _tile(
    key: str, months: Sequence[dt.date], values: Sequence[float], *, final: bool = False
) -> TileFigures:
    """Return a figure that should be nobody; `final` where any month is a breach."""
    worst = _first_of_worst(values)
    return _standing(key, months, (values, (), values), worst, final=final)


def _against(
    key: str,
    months: Sequence[dt.date],
    values: Sequence[float],
    needed: Sequence[float],
) -> TileFigures:
    """Return a figure that should be as many as are needed, or more."""
    short = [need - value for need, value in zip(needed, values, strict=True)]
    worst = _first_of_worst(short)
    return _standing(key, months, (values, needed, short), worst, final=False)


def _first_of_worst(values: Sequence[float]) -> int:
    """Return the first place of the largest value; less than half a person is no difference."""
    most = max(values)
    return next(at for at, value in enumerate(values) if value > most - SOMEBODY)


def _standing(
    key: str,
    months: Sequence[dt.date],
    series: tuple[Sequence[float], Sequence[float], Sequence[float]],
    worst: int,
    *,
    final: bool,
) -> TileFigures:
    values, target, short = series
    lacking = [month for month, each in zip(months, short, strict=True) if each >= SOMEBODY]
    standing = TileStanding.GOOD
    if lacking:
        standing = TileStanding.ERROR if final or lacking[-1] == months[-1] else TileStanding.REMARK
    return TileFigures(
        key,
        months,
        values,
        target,
        worst,
        standing,
        len(lacking),
        lacking[-1] if lacking else None,
    )
