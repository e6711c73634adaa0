"""The explanation's choices and repairs in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from planner.core.over_months import as_read, unit_words
from planner.core.texts import Message, message
from planner.explain.choices import Choice
from planner.explain.input_edits import edits_between
from planner.explain.remedies.repairs import Repair
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import NOTHING, Solved
from planner.explain.wording.lines import (
    ExplanationLine,
    amount_fields,
    change_words,
    percent_words,
    place_name,
    where_words,
)
from planner.model.algebra import Key

CHOICE, REPAIR = "choice", "repair"
_WHOLE = 100  # per cent of a location
# The columns of a location that a decision about it hangs on.
CHOSEN_BY = {
    "open": ("status", "beds", "open_from", "lead_time_months", "opening_cost"),
    "extend": ("open_until", "extendable_until", "beds", "extension_cost"),
    "dol": ("dol_beds", "dol_prepared"),
}


def choice_line(solved: Solved, each: Choice) -> ExplanationLine:
    """Return a decision with what the opposite costs."""
    taken = "taken" if each.taken > NOTHING else "not_taken"
    what = choice_words(solved, each)
    sentence = message("explain.choice", what=what, opposite=_opposite(solved, each, taken))
    level = None if each.opposite is None else solved.level(each.opposite.level).level.value
    worth = None if each.opposite is None else each.opposite.change
    unit = "places" if each.decision == "dol" else "share"
    return ExplanationLine(
        CHOICE,
        None,
        level,
        Key(location=each.location),
        sentence,
        used=each.taken,
        worth=worth,
        unit=unit,
        sort=each.decision,
        subject=each.location,
        cells=tuple(("locations", each.location, column) for column in CHOSEN_BY[each.decision]),
        worth_unit=None if each.opposite is None else solved.level(each.opposite.level).unit,
        confirmed=each.solved,
    )


def choice_words(solved: Solved, each: Choice) -> Message:
    """Return what is decided about a location, without what the opposite costs."""
    taken = "taken" if each.taken > NOTHING else "not_taken"
    share = as_read(each.taken) if each.decision == "dol" else round(100 * each.taken)
    place = place_name(solved, each.location)
    if share == _WHOLE and each.decision != "dol":
        return message(f"explain.choice.{each.decision}.whole", location=place)
    return message(f"explain.choice.{each.decision}.{taken}", location=place, taken=share)


def silent_line(decision: str, mine: Sequence[Choice]) -> ExplanationLine:
    """Return the decisions of one sort of which the opposite was not solved."""
    taken = fsum(each.taken for each in mine)
    sentence = message(f"explain.silent.{decision}", count=len(mine), taken=as_read(taken))
    unit = "places" if decision == "dol" else "share"
    return ExplanationLine(
        CHOICE, None, None, Key(), sentence, used=taken, unit=unit, sort=decision
    )


def _opposite(solved: Solved, each: Choice, taken: str) -> Message:
    if not each.solved:
        return message("explain.opposite.unsolved")
    if each.opposite is None:
        return message("explain.opposite.same")
    level = solved.level(each.opposite.level)
    return message(
        "explain.opposite.solved" if each.opposite.level else "explain.opposite.first",
        what=message(f"explain.otherwise.{each.decision}.{taken}"),
        **amount_fields(abs(each.opposite.change), level.unit),
        sign=message(f"explain.sign.{'more' if each.opposite.change > 0 else 'fewer'}"),
        level=level.title,
    )


def cost_words(cost: float | None) -> Message:
    """Return what a plan costs more or less than the one there is; `None` is not known."""
    if cost is None:
        return message("remedy.cost.unknown")
    key = "same" if abs(cost) < 1 else "more" if cost > 0 else "less"
    return message(f"remedy.cost.{key}", cost=as_read(abs(cost)))


def repair_line(
    solved: Solved, shortfall: Shortfall, each: Repair, cost: float | None = None
) -> ExplanationLine:
    """Return a single change that removes a shortfall, or takes part of it off."""
    how = "whole" if each.removes >= 1 - NOTHING else "part"
    sentence = message(
        f"explain.repair.{how}",
        title=shortfall.rule.title,
        where=where_words(solved, shortfall),
        what=change_words(
            each.sort, each.by, each.unit, place_name(solved, each.subject), each.title
        ),
        percent=percent_words(each.removes),
        level=solved.level(shortfall.level).title,
        **{name: as_read(value) for name, value in (("before", each.before), ("left", each.left))},
        unit=unit_words(solved.level(shortfall.level).unit),
    )
    if cost is not None:
        sentence = message("explain.repair.priced", repair=sentence, cost=cost_words(cost))
    location = each.subject if each.subject in solved.case.locations else ""
    return ExplanationLine(
        REPAIR,
        shortfall.rule,
        solved.level(shortfall.level).level.value,
        Key(location=location),
        sentence,
        used=each.by,
        unit=each.unit,
        worth=shortfall.weighted * each.removes,
        sort=each.sort,
        subject=each.subject,
        cells=each.cells,
        worth_unit=solved.level(shortfall.level).unit,
        confirmed=True,
        edits=edits_between(solved.case, each.changed(solved.case, round(each.by))),
    )
