"""The command that says how much more a plan's decisions bear, and what breaks first."""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Mapping, Sequence

from planner import api
from planner.cli.console import Console, stoppable
from planner.core.display_names import called
from planner.core.errors import CancelledError
from planner.core.texts import Language, Message, Text, message, show_month
from planner.files.json_file import write_json
from planner.margin import Bound, Kind, Margin

DONE, STOPPED = 0, 4
# So many places of a limit are named.
_NAMED = 3
_ROUNDING = 1e-6


def margin(options: argparse.Namespace, console: Console) -> int:
    """Print every margin of a plan, a line each; 4 where it was stopped."""
    with stoppable() as cancel:
        try:
            loaded, found = api.margin(
                options.input, cancel, console.show, every=True if options.all else None
            )
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    console.finish()
    for bound in Bound:
        own = [each for each in found if each.bound is bound]
        if own:
            console.result(console.say(message("margin.until", bound=bound.label)))
        for each in own:
            console.result(f"  {console.say(margin_words(each, found))}")
    console.note("margin.kept")
    if len(found) == 1:
        console.note("margin.first_only")
    if options.json_file is not None:
        record = {"scenario": loaded.scenario, "margins": [_record(each) for each in found]}
        write_json(options.json_file, record)
    return DONE


def margin_words(each: Margin, beside: Sequence[Margin] = ()) -> Message:
    """Return a margin in words: how much is borne, when it breaks, on which limit and where.

    A bound that breaks only where somebody is left without a place is said to do so, `beside` being
    the plan's other margins.
    """
    what = _stress_words(each)
    if any(_breaks_there(each, other) for other in beside):
        return message("margin.not_before", what=what)
    if each.part is None:
        return message("margin.more", what=what)
    month = "-" if each.month is None else _month_words(each.month)
    fields = {"what": what, "month": month, "limit": _limit_words(each)}
    if each.broken:
        return message("margin.none", **fields)
    unit = "beds" if each.stress.kind is Kind.REFUSED else "people"
    # Whole people, and never one too many.
    amount, percent = math.floor(each.people + _ROUNDING), math.floor(1000 * each.part) / 10
    return message(f"margin.borne.{unit}", percent=percent, amount=amount, **fields)


def _breaks_there(each: Margin, other: Margin) -> bool:
    """Whether a bound breaks where another, that it includes, breaks: at somebody's place."""
    same = each.stress == other.stress and each.bound is not other.bound is Bound.PLACE
    if not same or each.part is None or other.part is None or each.broken:
        return False
    return math.isclose(each.part, other.part, rel_tol=_ROUNDING, abs_tol=_ROUNDING)


def _month_words(month: dt.date) -> Text:
    return Text(*(show_month(month, language) for language in Language))


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


def _record(each: Margin) -> Mapping[str, object]:
    return {
        "kind": each.stress.kind.value,
        "group": each.stress.group or None,
        "bound": each.bound.value,
        "part": each.part,
        "amount": None if each.part is None else each.people,
        "unit": "beds" if each.stress.kind is Kind.REFUSED else "persons",
        "broken": each.broken,
        "month": None if each.month is None else f"{each.month:%Y-%m-%d}",
        "presses": each.group or None,
        "limit_nl": None if each.rule is None else each.rule.nl,
        "limit_en": None if each.rule is None else each.rule.en,
        "where": list(each.where),
    }
