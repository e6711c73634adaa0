"""Which part of a stream each row takes, and how the other rows give way when one takes more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.cohorts.stays import Floats
from planner.tables.case import Case
from planner.tables.people import Stream

# A parameter of this ending holds for who arrived before the start date.
BEFORE = "_before"

RowKey = tuple[str, str]


@dataclass(frozen=True)
class RowShare:
    """The part of a stream that a row takes, of who arrived before the start date and since.

    A row `by_parameter` takes its part first and the others of its stream divide what is left. A
    `leading` row keeps its part when it is varied; the others of its stream then give way.
    `delayed` rows concern the same people later, and take nothing from the others.
    """

    key: RowKey
    before: float
    since: float
    by_parameter: bool
    leading: bool
    delayed: bool


def row_share(case: Case, row: Stream, *, leading: bool) -> RowShare:
    """Return the part a row takes: its own figure, or a parameter's."""
    key = (row.stream, row.group)
    delayed = bool(row.delay_months)
    if not row.share_parameter:
        share = row.share or 0.0
        return RowShare(key, share, share, by_parameter=False, leading=leading, delayed=delayed)
    since = case.parameters.optional(row.share_parameter) or 0.0
    earlier = row.share_parameter + BEFORE
    known = earlier in case.parameters.by_name
    before = (case.parameters.optional(earlier) or 0.0) if known else since
    return RowShare(key, before, since, by_parameter=True, leading=True, delayed=delayed)


def divided(rows: Sequence[RowShare], factors: Mapping[RowKey, Floats]) -> dict[RowKey, Floats]:
    """Return the parts as (2, samples): of who arrived before the start date, and since.

    `factors` (samples) multiply the parts of leading and delayed rows.
    """
    parts: dict[RowKey, Floats] = {}
    for stream in dict.fromkeys(each.key[0] for each in rows):
        mine = [each for each in rows if each.key[0] == stream]
        at_once = [each for each in mine if not each.delayed]
        parts |= _at_once(at_once, factors)
        for each in mine:
            if each.delayed:
                parts[each.key] = np.clip(_varied(each, factors), 0.0, 1.0)
    return parts


def _at_once(rows: Sequence[RowShare], factors: Mapping[RowKey, Floats]) -> dict[RowKey, Floats]:
    """Divide a stream: leading rows first, the others in proportion to their figures."""
    leading = [each for each in rows if each.leading]
    others = [each for each in rows if not each.leading]
    fixed_total = others and not any(each.by_parameter for each in rows)
    room = _figures(rows) if fixed_total else np.ones((2, 1))
    taken = {each.key: _varied(each, factors) for each in leading}
    total = sum(taken.values(), start=np.zeros((2, 1)))
    fits = np.divide(room, total, out=np.ones_like(total), where=total > room)
    parts = {key: part * fits for key, part in taken.items()}
    left = np.maximum(room - total * fits, 0.0)
    figures = _figures(others)
    for each in others:
        mine = _figures([each])
        parts[each.key] = left * np.divide(mine, figures, np.zeros_like(mine), where=figures > 0)
    return parts


def _varied(row: RowShare, factors: Mapping[RowKey, Floats]) -> Floats:
    return _figures([row]) * factors.get(row.key, np.ones(1))[None, :]


def _figures(rows: Sequence[RowShare]) -> Floats:
    """Return the sum of the parts as they are given, as (2, 1)."""
    before, since = sum(each.before for each in rows), sum(each.since for each in rows)
    return np.array([[before], [since]], dtype=float)
