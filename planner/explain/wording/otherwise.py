"""The explanation's notes in words: what the levels come to without one thing."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.over_months import as_read, unit_words
from planner.core.texts import Message, message
from planner.explain.causes.demand import WHOLE
from planner.explain.causes.in_common import CauseInCommon
from planner.explain.rise_of_all import RiseOfAll
from planner.explain.solved import Solved
from planner.explain.trials import SAME
from planner.explain.wording.lines import NOTE, ExplanationLine, cause_words, joined
from planner.model.algebra import Key


def rise_line(solved: Solved, found: RiseOfAll) -> ExplanationLine:
    """Return what the levels come to without the rise of all groups together."""
    less, more = (_otherwise(solved, found.before, found.after, sign) for sign in (1, -1))
    sentence = message(
        f"explain.rise{'' if less else '.more' if more else '.nothing'}",
        start=as_read(found.start),
        most=as_read(found.most),
        last=solved.level(len(found.after) - 1).title,
        levels=less or more or "",
    )
    if less and more:
        sentence = message("explain.against_that", told=sentence, levels=more)
    return ExplanationLine(NOTE, None, None, Key(), sentence, cause=WHOLE, confirmed=True)


def common_line(solved: Solved, found: CauseInCommon) -> ExplanationLine:
    """Return what the levels come to without one figure, by which several fall short."""
    cause = found.cause
    sentence = message(
        "explain.in_common",
        what=cause_words(cause),
        last=solved.level(len(found.after) - 1).title,
        levels=_otherwise(solved, found.before, found.after, 1) or "",
    )
    more = _otherwise(solved, found.before, found.after, -1)
    if more:
        sentence = message("explain.against_that", told=sentence, levels=more)
    return ExplanationLine(
        NOTE,
        None,
        solved.level(found.first).level.value,
        Key(),
        sentence,
        cause=cause.sort,
        sort=cause.sort,
        subject=cause.subject,
        cells=cause.cells,
        confirmed=True,
    )


def _otherwise(
    solved: Solved, before: Sequence[float], after: Sequence[float], sign: int
) -> Message | None:
    """Return the levels that come to less (`sign` 1) or more (-1), `None` where none does."""
    told = [
        message(
            "explain.rise.level",
            level=solved.level(at).title,
            after=as_read(then),
            before=as_read(now),
            unit=unit_words(solved.level(at).unit, as_read(now)),
        )
        for at, (now, then) in enumerate(zip(before, after, strict=True))
        if sign * (now - then) > SAME * max(1.0, abs(now))
    ]
    return joined(told) if told else None
