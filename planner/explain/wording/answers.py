"""Answers about a plan in words: remedies, wishes, the order of priorities, what must be true."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from planner.core.over_months import (
    OVER_MONTHS,
    SHARE,
    SHARES,
    amount_words,
    as_read,
    counted,
    unit_words,
)
from planner.core.texts import Language, Message, Text, message, month_words
from planner.explain.remedies.by_kind import Remedy
from planner.explain.remedies.ending import EndedShortfall
from planner.explain.solved import Solved
from planner.explain.wishes.nearest import DecisionChange, FigureChange, NearestPlan
from planner.explain.wishes.priorities import Given
from planner.explain.wishes.without_emergency import Needed, WithoutEmergency
from planner.explain.wording.choices import cost_words
from planner.explain.wording.lines import change_words, percent_words, place_name, where_words
from planner.input.case import Case
from planner.input.kinds import Pinned
from planner.model.rules import RULES
from planner.model.rules.rule import Level, counts_nobody
from planner.result.queries import CellShown, PartShown, RowShown, Sum
from planner.result.sentences import level_titles
from planner.sheets.result_tables import Decision

NEAR = 0.05
# Levels of which less is no gain where more people have no place for it.
NO_GAIN = frozenset({Level.EMERGENCY.value, Level.COST.value})


def level_amount(amount: float, unit: str) -> Message:
    """Return an amount of a level or rule with its unit; shares in percents, also over months."""
    if unit == OVER_MONTHS[SHARE]:
        percents = as_read(100 * amount)
        return message("over_months.amount", amount=percents, unit=message("unit.percent-months"))
    return amount_words(amount, unit)


def remedy_words(solved: Solved, level: int, each: Remedy) -> Message:
    """Return what one kind of remedy can do about a shortfall of a level, in words."""
    kind = message(f"remedy.{each.kind}")
    if each.repair is None:
        key = "remedy.none" if each.tried else "remedy.not_tried"
        return message(key, kind=kind, count=each.tried)
    repair = each.repair
    unit = solved.level(level).unit
    fields = {
        "kind": kind,
        "what": change_words(
            repair.sort,
            round(repair.by),
            repair.unit,
            place_name(solved, repair.subject),
            repair.title,
        ),
        "level": solved.level(level).title,
        "before": as_read(repair.before),
        "left": as_read(repair.left),
        "unit": unit_words(unit),
        "cost": cost_words(each.cost),
        "percent": percent_words(repair.removes),
    }
    return message("remedy.alone" if each.alone else "remedy.not_alone", **fields)


def ended_words(solved: Solved, each: EndedShortfall) -> tuple[Message, Message]:
    """Return a shortfall in words, and what it would cost to end it."""
    short = each.shortfall
    amounts = short.over_months
    unit = short.rule.unit if amounts is None else amounts.total_unit
    what = message(
        "ended.what",
        title=short.rule.title,
        where=where_words(solved, short),
        amount=level_amount(short.amount, unit),
    )
    if not each.tried and not each.in_time:
        return what, message("ended.not_reached")
    if each.best is None:
        return what, message("ended.none", count=each.tried)
    words = remedy_words(solved, short.level, each.best)
    key = "ended.cheapest" if each.best.alone else "ended.part"
    return what, message(key, words=words, count=each.enough)


def granted_words(case: Case, found: NearestPlan) -> Iterator[Message]:
    """Yield what a wish costs: its levels, rules and decisions that come out otherwise."""
    yield message("wish.is", wish=found.wish.told)
    if not found.proven:
        yield message("wish.not_proven")
    if not found.changed_levels and not found.decisions:
        yield message("wish.free_as_is")
        return
    if not found.changed_levels:
        yield message("wish.free")
    yield from _level_words(found)
    for key, changes in (("wish.better", found.better), ("wish.worse", found.worse)):
        told = (each for each in changes if _differs(each))
        yield from (message(key, words=changed_words(each, "level")) for each in told)
    for each in found.rules:
        yield changed_words(each, "rule")
    yield from (_decided_words(case, each) for each in found.decisions if _decided_else(each))
    if found.wish.pin is not None:
        yield _pin_words(found)


def _level_words(found: NearestPlan) -> Iterator[Message]:
    """Yield the levels that come out otherwise, beside who has no place for it.

    Less cost is no gain then, and what is more may be for whoever has no place alone.
    """
    more = [e for e in found.changed_levels if e.name == Level.UNPLACED.value and e.by > 0]
    for each in found.changed_levels:
        words = changed_words(each, "level")
        if more and each.by < 0 and each.name in NO_GAIN:
            unplaced = level_amount(more[0].by, more[0].unit)
            words = message("wish.level.less_unplaced", words=words, unplaced=unplaced)
        if more and each.by > 0 and each.name in _counting_unplaced():
            words = message("wish.level.more_unplaced", words=words)
        yield words


@cache
def _counting_unplaced() -> frozenset[str]:
    """Return the levels, but for that of places itself, in which who has no place counts too."""
    levels = {each.level for each in RULES if each.counts_unplaced is not counts_nobody}
    return frozenset(each.value for each in levels - {None, Level.UNPLACED} if each is not None)


def changed_words(each: FigureChange, kind: str) -> Message:
    """Return a level or rule that comes out otherwise, in words."""
    way = "more" if each.by > 0 else "less"
    fields: dict[str, object] = {
        "title": each.title,
        "by": level_amount(abs(each.by), each.unit),
        "before": _bare(each.before, each.unit),
        "after": _bare(each.after, each.unit),
    }
    if each.worst is None:
        return message(f"wish.{kind}.{way}", **fields)
    month, amount = each.worst
    fields |= {"month": month_words(month), "worst": amount_words(amount, each.month_unit)}
    return message(f"wish.{kind}_worst.{way}", **fields)


def _differs(each: FigureChange) -> bool:
    """Return whether a figure is another as it is told: what rounding hides is not worth a line."""
    return _bare(each.before, each.unit) != _bare(each.after, each.unit)


def _bare(amount: float, unit: str) -> float | Message:
    """Return an amount beside another of the same unit, which is told there; shares in percents."""
    if unit in SHARES:
        return message("why.percent", percent=as_read(100 * amount))
    return as_read(amount)


def _decided_words(case: Case, each: DecisionChange) -> Message:
    location = case.locations.get(each.location)
    name = each.location if location is None else f"{each.location} {location.name}".strip()
    places = each.decision == Decision.PREPARE_DOL.value
    before, after = _decided_amounts(each)
    return message(
        "wish.decided.places" if places else "wish.decided.share",
        location=name,
        decision=Decision[each.decision.upper()].label,
        month=month_words(each.month),
        before=before,
        after=after,
    )


def _decided_else(each: DecisionChange) -> bool:
    """Return whether a decision is another as it is told."""
    before, after = _decided_amounts(each)
    return before != after


def _decided_amounts(each: DecisionChange) -> tuple[float, float]:
    """Return a decision before and after as it is told: whole places, else percents."""
    if each.decision == Decision.PREPARE_DOL.value:
        return counted(each.before, "places"), counted(each.after, "places")
    return as_read(100.0 * each.before), as_read(100.0 * each.after)


def _pin_words(found: NearestPlan) -> Message:
    location, decision, month, value = found.wish.pin or ("", "", None, 0.0)
    label = Pinned(decision).label  # type: ignore[call-arg] # looked up by value
    texts = [f"{location} | {label.in_(each)} | {month} | {value:g}" for each in Language]
    return message("wish.pin", pin=Text(*texts))


def given_words(each: Given, units: dict[str, str]) -> Iterator[Message]:
    """Yield what a level gives up and what each later one gains; `units` are those of levels."""
    titles = level_titles()
    amount = level_amount(each.given, units[each.level])
    if not each.gains:
        yield message("order.nothing", level=titles[each.level], given=amount)
    else:
        yield message("order.given", level=titles[each.level], given=amount)
    for name, gain in each.gains:
        yield message("order.gain", level=titles[name], gain=level_amount(gain, units[name]))
    for name in each.unknown:
        yield message("order.unknown", level=titles[name])


def needed_words(case: Case, found: WithoutEmergency) -> Iterator[Message]:
    """Yield what must be true so that nobody is in emergency reception, and what trying it gave."""
    month = month_words(found.month)
    if found.plan is None:
        yield message("needed.already", month=month)
        return
    yield message("needed.is", month=month, before=as_read(found.before))
    for each in found.needed:
        yield _needed_words(case, each)
    key = "needed.tried_works" if found.left < NEAR else "needed.tried_left"
    yield message(key, month=month, left=as_read(found.left))


def _needed_words(case: Case, each: Needed) -> Message:
    location = case.locations.get(each.subject)
    name = each.subject if location is None else f"{each.subject} {location.name}".strip()
    what = change_words(each.sort, round(each.by), each.unit, name, each.title)
    return message("needed.each", what=what)


def part_words(each: PartShown, total: Sum) -> Message:
    """Return a part of a figure that is added up, in words."""
    return message("why.part", about=each.about, amount=as_read(each.amount), unit=total.unit)


def row_words(each: RowShown) -> Message:
    """Return a row of a rule with how much of how much is used, in words."""
    key = "why.row_short" if each.room < -NEAR else "why.row_room"
    used, size, room = each.read
    return message(key, about=each.about, used=used, size=size, room=room, unit=each.unit)


def cell_words(each: CellShown) -> Message:
    """Return a cell of the input with its place, its title and its value, in words."""
    value = "-" if each.value is None else each.value
    if not each.place:
        return message("why.cell_default", title=each.title, value=value)
    return message("why.cell", place=each.place, title=each.title, value=value)
