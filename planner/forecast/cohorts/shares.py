"""Which part of a stream each row takes, and how the other rows give way when one takes more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.forecast.cohorts.rows import RowKey, Span, holding, key_of
from planner.forecast.cohorts.stays import Floats
from planner.input.case import Case
from planner.input.streams import Stream

# A parameter of this ending holds for who arrived before the start date.
BEFORE = "_before"


@dataclass(frozen=True)
class RowShare:
    """The part of a stream that a row takes by month: of who arrived before the start, and since.

    A row `by_parameter` takes its part first and the others of its stream divide what is left. A
    `leading` row keeps its part when it is varied; the others of its stream then give way.
    `delayed` rows concern the same people later, and take nothing from the others.
    """

    key: RowKey
    figures: tuple[tuple[float, float], ...]
    by_parameter: bool
    leading: bool
    delayed: bool

    @property
    def since(self) -> float:
        """The part of those who arrived since the start date, in the last month."""
        return self.figures[-1][1]


def row_share(
    case: Case, row: Stream, rows: Sequence[Stream], span: Span, *, leading: bool
) -> RowShare:
    """Return the part a row takes in each month: its own figure, or a parameter's."""
    same = [each for each in rows if key_of(each)[:4] == key_of(row)[:4]]
    figures = tuple(
        _figures_in(case, row, month) if holding(same, month) is row else (0.0, 0.0)
        for month in span.months
    )
    named = bool(row.share_parameter)
    return RowShare(key_of(row), figures, named, leading or named, bool(row.delay_months))


def _figures_in(case: Case, row: Stream, month: dt.date) -> tuple[float, float]:
    """Return the part of who arrived before the start date, and of who arrived since."""
    if not row.share_parameter:
        return row.share or 0.0, row.share or 0.0
    parameters = case.parameters
    since = parameters.in_force(row.share_parameter, month) or 0.0
    earlier = row.share_parameter + BEFORE
    known = earlier in parameters.by_name
    return (parameters.in_force(earlier, month) or 0.0) if known else since, since


def divided(rows: Sequence[RowShare], factors: Mapping[str, Floats]) -> dict[RowKey, Floats]:
    """Return the parts as (2, samples, months): of who arrived before the start date, and since.

    `factors` (samples), by the knob of a row, multiply the parts of leading and delayed rows.
    """
    parts: dict[RowKey, Floats] = {}
    for stream in dict.fromkeys(each.key[:2] for each in rows):
        mine = [each for each in rows if each.key[:2] == stream]
        at_once = [each for each in mine if not each.delayed]
        parts |= _at_once(at_once, factors)
        for each in mine:
            if each.delayed:
                parts[each.key] = np.clip(_varied(each, factors), 0.0, 1.0)
    return parts


def _at_once(rows: Sequence[RowShare], factors: Mapping[str, Floats]) -> dict[RowKey, Floats]:
    """Divide a stream: leading rows first, the others in proportion to their figures.

    Where a stage is left, the others take that part of what is left; the rest leave reception.
    """
    if not rows:
        return {}
    leading = [each for each in rows if each.leading]
    others = [each for each in rows if not each.leading]
    named = any(each.by_parameter for each in rows)
    nothing = np.zeros_like(_figures(rows))
    room = _figures(rows) if others and not named else nothing + 1.0
    taken = {each.key: _varied(each, factors) for each in leading}
    total = sum(taken.values(), start=nothing)
    room = room + np.zeros_like(total)
    fits = np.divide(room, total, out=np.ones_like(total), where=total > room)
    parts = {key: part * fits for key, part in taken.items()}
    left = np.maximum(room - total * fits, 0.0)
    figures = _figures(others) if others else nothing
    whole = np.maximum(figures, 1.0) if rows[0].key.stage_left and named else figures
    for each in others:
        mine = _figures([each])
        parts[each.key] = left * np.divide(mine, whole, np.zeros_like(mine), where=whole > 0)
    return parts


def _varied(row: RowShare, factors: Mapping[str, Floats]) -> Floats:
    return _figures([row]) * factors.get(row.key.knob, np.ones(1))[None, :, None]


def _figures(rows: Sequence[RowShare]) -> Floats:
    """Return the sum of the parts as they are given, as (2, 1, months)."""
    whole: Floats = np.sum([each.figures for each in rows], axis=0)
    return whole.T[:, None, :]
