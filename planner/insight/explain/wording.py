"""The explanation in words: one line per shortfall, limit, choice and repair.

Each line carries its figures beside the sentence; the sentences stand in the catalogue under
`explain`, by the sort of limit or cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from planner.insight.explain.cause import Cause
from planner.insight.explain.cause_terms import name_of
from planner.insight.explain.choices import Choice
from planner.insight.explain.confirming import Confirmed
from planner.insight.explain.limits import Binding, users
from planner.insight.explain.month_worth import MonthWorth
from planner.insight.explain.repairs import Repair
from planner.insight.explain.shortfalls import Shortfall
from planner.insight.explain.solved import NOTHING, Solved
from planner.model.algebra import Key
from planner.model.rules.rule import Rule
from planner.texts import Language, Message, Text, message, show_month

# A cause that explains less than this part of a shortfall is not called its cause.
MOST = 0.5
NOTE, SHORTFALL, LIMIT, CHOICE, REPAIR = "note", "shortfall", "limit", "choice", "repair"
USERS = 3


@dataclass(frozen=True)
class Line:
    """One line of the explanation: what part it is of, the figures, and the sentence."""

    part: str
    rule: Rule | None
    level: str | None
    key: Key
    sentence: Message
    used: float | None = None
    limit: float | None = None
    worth: float | None = None
    unit: str | None = None
    cause: str | None = None


def note_line(key: str) -> Line:
    """Return a remark on the whole explanation."""
    return Line(NOTE, None, None, Key(), message(f"explain.{key}"))


def shortfall_line(solved: Solved, each: Shortfall, causes: Sequence[Cause]) -> Line:
    """Return a shortfall with its causes."""
    row, worst = each.worst
    sentence = message(
        "explain.shortfall",
        title=each.rule.title,
        source=each.rule.source.label,
        where=_where(solved, each),
        period=_period(each.months),
        total=each.amount,
        unit=_unit(each.rule.unit),
        month=_month(row.row.key.month),
        worst=worst,
        causes=_causes(causes),
    )
    key = Key(
        each.key.group,
        each.key.location,
        each.key.kind,
        row.row.key.month,
        each.key.province,
        each.key.region,
    )
    return Line(
        SHORTFALL,
        each.rule,
        solved.level(each.level).level.value,
        key,
        sentence,
        used=each.amount,
        limit=0.0,
        unit=each.rule.unit,
        cause=causes[0].sort if causes else None,
    )


def _where(solved: Solved, each: Shortfall) -> Message:
    if each.others:
        return message("explain.where.others", count=each.others)
    name = place_name(solved, each.key.location) or each.key.province or each.key.region
    if name and each.key.group:
        return message("explain.where.group_at", place=name, group=each.key.group)
    if name:
        return message("explain.where.place", place=name)
    if each.key.group:
        return message("explain.where.group", group=each.key.group)
    return message("explain.where.national")


def place_name(solved: Solved, location: str) -> str:
    """Return a location's code with its name, several of them as they stand."""
    known = solved.case.locations.get(location)
    return location if known is None else name_of(known)


def _period(months: Sequence[dt.date]) -> Message:
    if not months:
        return message("explain.period.none")
    if len(months) == 1:
        return message("explain.period.month", month=_month(months[0]))
    return message(
        "explain.period.months", first=_month(months[0]), last=_month(months[-1]), count=len(months)
    )


def _causes(causes: Sequence[Cause]) -> Message:
    """Return the causes joined, the first one as the cause, the others as what plays a part."""
    if not causes:
        return message("explain.causes.none")
    told = [_cause(each) for each in causes]
    how = "one" if causes[0].part >= MOST else "part"
    first = message(f"explain.causes.{how}", first=told[0])
    if len(told) == 1:
        return first
    others = _Joined(tuple(told[1:])).message
    return message("explain.causes.more", first=first, others=others)


@dataclass(frozen=True)
class _Joined:
    """Messages one after another."""

    parts: tuple[Message, ...]

    @property
    def message(self) -> Message:
        """The messages as one."""
        joined = self.parts[0]
        for each in self.parts[1:]:
            joined = message("explain.joined", first=joined, then=each)
        return joined


def _cause(cause: Cause) -> Message:
    fields = dict(cause.fields)
    variant = f"{cause.sort}.start" if fields.get("at_start") else cause.sort
    what = message(f"explain.cause.{variant}", **_shown_fields(fields))
    how = "solved" if cause.measured else "estimated"
    return message(f"explain.part.{how}", what=what, percent=round(100 * cause.part))


def _shown_fields(fields: dict[str, object]) -> dict[str, object]:
    shown = dict(fields)
    if isinstance(shown.get("from_month"), dt.date):
        shown["from_month"] = _month(shown["from_month"])
    return shown


def limit_line(solved: Solved, each: Binding, confirmed: Confirmed | None) -> Line:
    """Return a limit that matters, with who uses it and what a unit more is worth."""
    worth = each.worth if confirmed is None else confirmed.worth
    sort, subject = each.limit.sort, each.limit.subject
    using = users(solved, each.limit, each.at)[:USERS]
    what = message(f"explain.limit.{sort}", subject=place_name(solved, subject))
    sentence = message(
        "explain.limit",
        what=what,
        month=_month(each.key.month),
        used=each.used,
        size=each.size,
        unit=_unit(_use_unit(each)),
        users=_users(solved, using),
        worth=_worth(solved, each, confirmed),
    )
    location = subject if subject in solved.case.locations else each.key.location
    group = subject if sort == "demand" else each.key.group
    key = Key(group, location, each.key.kind, each.key.month, each.key.province, each.key.region)
    level = each.worth.level if worth is None else worth.level
    return Line(
        LIMIT,
        each.limit.rule,
        solved.level(level).level.value,
        key,
        sentence,
        used=each.used,
        limit=each.size,
        worth=0.0 if worth is None else -worth.change,
        unit=_use_unit(each),
    )


def _use_unit(each: Binding) -> str:
    return "persons" if each.limit.sort == "occupancy_norm" else each.limit.unit


def month_line(solved: Solved, each: MonthWorth) -> Line:
    """Return what a month more, or earlier, of a location is worth by estimate."""
    level = solved.level(each.worth.level)
    sentence = message(
        f"explain.{each.sort}",
        location=name_of(each.location),
        month=_month(each.month),
        beds=each.location.beds,
        level=level.title,
        **_amount(-each.worth.change, level.unit),
    )
    key = Key(location=each.location.id, month=each.month)
    worth = -each.worth.change
    beds = float(each.location.beds)
    rule = solved.by_rule["places_within_beds"][0].rule
    return Line(LIMIT, rule, level.level.value, key, sentence, limit=beds, worth=worth, unit="beds")


def others_line(solved: Solved, others: Sequence[Binding]) -> Line:
    """Return the further limits of one sort at one level, in one line."""
    first = others[0]
    sentence = message(
        f"explain.others.{'one' if len(others) == 1 else 'more'}",
        what=message(f"explain.limits.{first.limit.sort}"),
        count=len(others),
        level=solved.level(first.worth.level).title,
        least=-max(each.worth.change for each in others),
        most=-first.worth.change,
        unit=_unit(solved.level(first.worth.level).unit),
    )
    return Line(
        LIMIT, first.limit.rule, solved.level(first.worth.level).level.value, Key(), sentence
    )


def _users(solved: Solved, using: Sequence[tuple[str, float]]) -> Message:
    told = [
        message("explain.user", name=place_name(solved, name), amount=round(amount, 1))
        for name, amount in using
        if amount > NOTHING
    ]
    if not told:
        return message("explain.users.none")
    return message("explain.users", users=_Joined(tuple(told)).message)


def _worth(solved: Solved, each: Binding, confirmed: Confirmed | None) -> Message:
    more = message(f"explain.more.{each.limit.sort}")
    if confirmed is not None and confirmed.worth is None:
        return message("explain.worth.nothing", more=more)
    worth = each.worth if confirmed is None or confirmed.worth is None else confirmed.worth
    level = solved.level(worth.level)
    fields: dict[str, object] = {
        "more": more,
        **_amount(-worth.change, level.unit),
        "level": level.title,
    }
    if confirmed is None:
        return message("explain.worth.at_most", **fields)
    return message("explain.worth.solved", up_to=confirmed.up_to, **fields)


def choice_line(solved: Solved, each: Choice) -> Line:
    """Return a decision with what the opposite costs."""
    taken = "taken" if each.taken > NOTHING else "not_taken"
    share = each.taken if each.decision == "dol" else round(100 * each.taken)
    what = message(
        f"explain.choice.{each.decision}.{taken}",
        location=place_name(solved, each.location),
        taken=share,
    )
    sentence = message("explain.choice", what=what, opposite=_opposite(solved, each, taken))
    level = None if each.opposite is None else solved.level(each.opposite.level).level.value
    worth = None if each.opposite is None else each.opposite.change
    unit = "places" if each.decision == "dol" else "share"
    key = Key(location=each.location)
    return Line(CHOICE, None, level, key, sentence, used=each.taken, worth=worth, unit=unit)


def silent_line(decision: str, mine: Sequence[Choice]) -> Line:
    """Return the decisions of one sort of which the prices do not say what the opposite costs."""
    taken = sum(each.taken for each in mine)
    sentence = message(f"explain.silent.{decision}", count=len(mine), taken=taken)
    unit = "places" if decision == "dol" else "share"
    return Line(CHOICE, None, None, Key(), sentence, used=taken, unit=unit)


def _opposite(solved: Solved, each: Choice, taken: str) -> Message:
    if each.opposite is None:
        return message("explain.opposite.same")
    level = solved.level(each.opposite.level)
    how = "at_least" if each.at_least else "solved"
    return message(
        f"explain.opposite.{how}",
        what=message(f"explain.otherwise.{each.decision}.{taken}"),
        **_amount(abs(each.opposite.change), level.unit),
        sign=message(f"explain.sign.{'more' if each.opposite.change > 0 else 'fewer'}"),
        level=level.title,
    )


def repair_line(solved: Solved, shortfall: Shortfall, each: Repair) -> Line:
    """Return a single change that removes a shortfall, or takes part of it off."""
    how = "whole" if each.removes >= 1 - NOTHING else "part"
    sentence = message(
        f"explain.repair.{how}",
        title=shortfall.rule.title,
        where=_where(solved, shortfall),
        by=each.by,
        what=message(f"explain.change.{each.sort}", subject=place_name(solved, each.subject)),
        percent=round(100 * each.removes),
    )
    location = each.subject if each.subject in solved.case.locations else ""
    return Line(
        REPAIR,
        shortfall.rule,
        solved.level(shortfall.level).level.value,
        Key(location=location),
        sentence,
        used=each.by,
        unit=each.unit,
        worth=shortfall.weighted * each.removes,
    )


def _unit(unit: str) -> Message:
    return message(f"unit.{unit}")


def _amount(worth: float, unit: str) -> dict[str, object]:
    """Return an amount with its unit in words; shares are told in percentage points."""
    if unit == "share":
        return {"worth": 100.0 * worth, "unit": _unit("points")}
    return {"worth": worth, "unit": _unit(unit)}


def _month(month: object) -> Text | str:
    if not isinstance(month, dt.date):
        return ""
    return Text(show_month(month, Language.NL), show_month(month, Language.EN))
