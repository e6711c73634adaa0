"""What the four main figures of a plan became other than in the plan that was shown before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.results.tile import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.result.tiles import TileFigures
    from ui.words import Words


def since_before(now: Sequence[TileFigures], before: Sequence[TileFigures], words: Words) -> str:
    """Return the changes in a sentence: now, in the worst month and at the end, else in between."""
    older = {each.key: each for each in before}
    found = [
        each
        for figure in now
        if figure.key in older
        for each in _changes(figure, older[figure.key], words)
    ]
    if not found:
        return words.say("answer.since.same")
    return words.say("answer.since", changes="; ".join(found))


def _changes(now: TileFigures, before: TileFigures, words: Words) -> list[str]:
    what = words.say(f"tile.{now.key}")
    ends = zip(ENDS, now.ends, before.ends, strict=True)
    told = [
        (name, words.number(before.values[then]), words.number(now.values[at]))
        for name, at, then in ends
    ]
    moved = [each for each in told if each[1] != each[2]]
    if moved or now.months != before.months:
        return [
            words.say(
                "answer.since.one", what=what, when=words.say(f"answer.since.{name}"), was=was,
                now=is_now,
            )
            for name, was, is_now in moved
        ]  # fmt: skip
    between = sum(
        words.number(one) != words.number(other)
        for one, other in zip(before.values, now.values, strict=True)
    )
    return [words.say("answer.since.months", what=what, count=between)] if between else []
