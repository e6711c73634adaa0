"""A margin in words: how much is borne, when it breaks, on which limit and where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Message, Text, message, month_words
from planner.margin.limits import BreakingBound
from planner.margin.margins import Margin
from planner.margin.stress import Kind
from planner.sheets.margin_tables import MARGINS
from planner.sheets.result_sheets import ResultSheet

# So many places of a limit are named.
_NAMED = 3
_ROUNDING = 1e-6
# Outcomes of which there is no more to tell: no month, and no limit that breaks.
_UNBROKEN = frozenset({"not_before", "more"})


def first_words(first: Margin) -> Message:
    """Return how many more people of every group are borne until somebody has no place."""
    if first.part is None:
        return message("margin.first.more")
    month = "-" if first.month is None else month_words(first.month)
    fields = {"month": month, "limit": _limit_words(first)}
    if first.broken:
        return message("margin.first.none", **fields)
    return message("margin.first.borne", **_amounts(first), **fields)


def margin_words(each: Margin, beside: Sequence[Margin] = ()) -> Message:
    """Return a margin in words: how much is borne, when it breaks, on which limit and where.

    A bound that breaks only where somebody is left without a place is said to do so, `beside` being
    the plan's other margins.
    """
    what, outcome = _stress_words(each), _outcome(each, beside)
    if outcome in _UNBROKEN:
        return message(f"margin.{outcome}", what=what)
    month = "-" if each.month is None else month_words(each.month)
    fields = {"what": what, "month": month, "limit": _limit_words(each)}
    if outcome == "none":
        return message("margin.none", **fields)
    unit = "beds" if each.stress.kind is Kind.REFUSED else "people"
    return message(f"margin.borne.{unit}", **_amounts(each), **fields)


def margin_lines(own: Sequence[Margin], beside: Sequence[Margin]) -> Iterator[Message]:
    """Yield the margins of one bound in words; those of which the same is to be said, together."""
    alike: dict[str, list[Margin]] = {}
    for each in own:
        outcome = _outcome(each, beside)
        if outcome == "borne":
            yield margin_words(each, beside)
        else:
            alike.setdefault(outcome, []).append(each)
    for outcome, found in alike.items():
        if len(found) == 1:
            yield margin_words(found[0], beside)
        else:
            yield message(f"margin.alike.{outcome}", what=tuple(_together(found)))


def _outcome(each: Margin, beside: Sequence[Margin]) -> str:
    """Return how a margin ends: the last part of the key of its words."""
    if any(_breaks_there(each, other) for other in beside):
        return "not_before"
    if each.part is None:
        return "more"
    return "none" if each.broken else "borne"


def _together(found: Sequence[Margin]) -> Iterator[Text]:
    """Yield setbacks by what they are called, those of single groups in one."""
    groups = tuple(called(e.stress.group) for e in found if e.stress.kind is Kind.GROUP)
    for each in found:
        if each.stress.kind is not Kind.GROUP:
            yield _stress_words(each)
    if groups:
        yield message("margin.group", group=groups).both


def _amounts(each: Margin) -> dict[str, float]:
    """Return whole people, and never one too many."""
    part = each.part or 0.0
    return {
        "amount": math.floor(each.people + _ROUNDING),
        "percent": math.floor(1000 * part) / 10,
    }


def _breaks_there(each: Margin, other: Margin) -> bool:
    """Whether a bound breaks where another, that it includes, breaks: at somebody's place."""
    same = each.stress == other.stress and each.bound is not other.bound is BreakingBound.PLACE
    if not same or each.part is None or other.part is None or each.broken:
        return False
    return math.isclose(each.part, other.part, rel_tol=_ROUNDING, abs_tol=_ROUNDING)


def _stress_words(each: Margin) -> Text:
    if each.stress.kind is Kind.GROUP:
        return message("margin.group", group=called(each.stress.group)).both
    return each.stress.kind.label


def _limit_words(each: Margin) -> Message:
    if each.rule is None:
        return message("margin.limit.people", group=called(each.group) if each.group else "-")
    if not each.where:
        return message("margin.limit.rule", rule=each.rule)
    more = len(each.where) - _NAMED
    where = tuple(called(place) for place in each.where[:_NAMED])
    if more > 0:
        where = (*where, message("margin.limit.more", count=more).both)
    return message("margin.limit.places", rule=each.rule, where=where)


def margin_sheet(found: Sequence[Margin], names: Mapping[str, str]) -> ResultSheet:
    """Return every margin of a plan as a row: how much, when, what breaks and where.

    `names` are what places are called, by what limits call them; others stand as they are.
    """
    rows = [_row(each, found, names) for each in found]
    columns = [each.key for each in MARGINS.columns]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return ResultSheet(MARGINS, frame, (message("margin.kept"),))


def _row(each: Margin, beside: Sequence[Margin], names: Mapping[str, str]) -> tuple[object, ...]:
    what, until = _stress_words(each), each.bound.label
    key = _outcome(each, beside)
    outcome = message(f"margin.outcome.{key}").both
    if key in _UNBROKEN:
        return (what, until, *(None,) * 6, outcome)
    amounts = _amounts(each)
    return (
        what,
        until,
        0.0 if each.broken else amounts["percent"],
        0.0 if each.broken else amounts["amount"],
        "beds" if each.stress.kind is Kind.REFUSED else "persons",
        each.month,
        _limit_words(replace(each, where=())).both,
        _where(each, names),
        outcome,
    )


def _where(each: Margin, names: Mapping[str, str]) -> Text | None:
    """Return the first places of what breaks, and how many more there are; nothing for none."""
    if not each.where:
        return None
    told = [Text(names[w], names[w]) if w in names else called(w) for w in each.where[:_NAMED]]
    more = len(each.where) - _NAMED
    if more > 0:
        told.append(message("margin.limit.more", count=more).both)
    return Text(", ".join(t.nl for t in told), ", ".join(t.en for t in told))
