"""The explanation in words: one line per shortfall, limit, choice and repair.

Each line carries its figures beside the sentence; the sentences stand in the catalogue under
`explain`, by the sort of limit or cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from planner.core.display_names import called
from planner.core.over_months import amount_words, as_read, counted, unit_words
from planner.core.texts import Language, Message, Text, catalogue, message, month_words, show_number
from planner.explain.causes.cause import Cause
from planner.explain.causes.likeliest import ExplainedShortfall
from planner.explain.causes.terms import name_of
from planner.explain.confirming import Confirmed
from planner.explain.figures import CellKey, Limit
from planner.explain.limits import Binding, users
from planner.explain.month_worth import MonthWorth
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import NOTHING, Solved
from planner.input.edit_lines import EditLine
from planner.model.algebra import Key, Sense
from planner.model.rules.limit import LimitKind
from planner.model.rules.rule import Rule
from planner.result.queries import OTHERS

# A cause that explains less than this part of a shortfall is not called its cause.
MOST = 0.5
NOTE, SHORTFALL, LIMIT, MARGIN = "note", "shortfall", "limit", "margin"
USERS = 3
NORMS = frozenset({"occupancy_norm", "dol_occupancy_norm"})


@dataclass(frozen=True)
class ExplanationLine:
    """One line of the explanation: what part it is of, the figures, and the sentence.

    `sort` and `subject` name the limit, decision or change that it is about (without a subject it
    tells of several), `cells` where that stands in the input. `up_to` is how many units are worth
    the same, `confirmed` whether that was found by solving; both are empty where they say nothing.
    """

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
    sort: str | None = None
    subject: str | None = None
    cells: tuple[CellKey, ...] = ()
    room: float | None = None
    users: Message | None = None
    worth_unit: str | None = None
    up_to: float | None = None
    confirmed: bool | None = None
    # The source that a shortfall cites, where it is another than the rule's own.
    source: Text | None = None
    # The cells of the input to change where the line tells of a change, to be tried again.
    edits: tuple[EditLine, ...] = ()


def note_line(key: str) -> ExplanationLine:
    """Return a remark on the whole explanation."""
    return ExplanationLine(NOTE, None, None, Key(), message(f"explain.{key}"))


def margin_line(sentence: Message, month: dt.date | None) -> ExplanationLine:
    """Return how many more people a plan bears, and the month in which it breaks first."""
    return ExplanationLine(MARGIN, None, None, Key(month=month), sentence, confirmed=True)


def shortfall_line(
    solved: Solved, each: Shortfall, explained: ExplainedShortfall, own: Sequence[CellKey] = ()
) -> ExplanationLine:
    """Return a shortfall with its causes; `own` are the cells of the limit that it passes."""
    row, _ = each.worst
    causes, amounts = explained.causes, each.over_months
    source = each.rule.cites(solved.case, each.groups_in(solved)).label
    sentence = message(
        f"explain.shortfall.{each.rule.standing}",
        title=each.rule.title,
        source=source,
        where=where_words(solved, each),
        period=_period(each.months),
        amounts=_amounts(each),
        causes=_causes(solved, each, explained),
    )
    key = Key(
        each.key.group,
        each.key.location,
        each.key.kind,
        row.row.key.month,
        each.key.province,
        each.key.region,
    )
    return ExplanationLine(
        SHORTFALL,
        each.rule,
        solved.level(each.level).level.value,
        key,
        sentence,
        used=each.amount,
        limit=0.0,
        unit=each.rule.unit if amounts is None else amounts.total_unit,
        cause=causes[0].sort if causes else None,
        sort=OTHERS if each.others else None,
        cells=tuple(dict.fromkeys((*own, *(cell for cause in causes for cell in cause.cells)))),
        confirmed=explained.solved if causes else None,
        source=source,
    )


def _amounts(each: Shortfall) -> Message:
    """Return how much falls short: by month and in all; one amount where no month is named."""
    if each.over_months is None:
        return amount_words(each.amount, each.rule.unit)
    return each.over_months.words


def where_words(solved: Solved, each: Shortfall) -> Message:
    """Return where something falls short, in words."""
    if each.others:
        return message("explain.where.others", count=each.others)
    name = place_name(solved, each.key.location) or each.key.province or each.key.region
    if name and each.key.group:
        return message("explain.where.group_at", place=name, group=called(each.key.group))
    if name and not each.key.location:
        return message("explain.where.area", place=name)
    if name:
        return message("explain.where.place", place=name)
    if each.key.group:
        return message("explain.where.group", group=called(each.key.group))
    return message("explain.where.national")


def place_name(solved: Solved, location: str) -> str:
    """Return a location's code with its name, several of them as they stand."""
    known = solved.case.locations.get(location)
    return location if known is None else name_of(known)


def _name(solved: Solved, name: str) -> Text | str:
    """Return what a location, a group or anything else with a name is called."""
    return place_name(solved, name) if name in solved.case.locations else called(name)


def _period(months: Sequence[dt.date]) -> Message:
    if not months:
        return message("explain.period.none")
    if len(months) == 1:
        return message("explain.period.month", month=_month(months[0]))
    return message(
        "explain.period.months", first=_month(months[0]), last=_month(months[-1]), count=len(months)
    )


def _causes(solved: Solved, each: Shortfall, explained: ExplainedShortfall) -> Message:
    """Return the causes joined, the largest first, and what they come to together."""
    if not explained.solved:
        return message("explain.causes.unsolved")
    if not explained.causes:
        return message("explain.causes.none")
    # Where a unit of the rule counts as one of the level, the shortfall's own unit tells more.
    own = None if each.over_months is None else each.over_months.total_unit
    as_one = abs(each.weighted - each.amount) <= NOTHING * max(each.amount, 1.0)
    unit = own if own and as_one else solved.level(each.level).unit
    told = [_cause(cause, each.weighted, unit) for cause in explained.causes]
    how = "one" if explained.causes[0].part >= MOST else "part"
    first = message(f"explain.causes.{how}", first=told[0])
    if len(told) == 1:
        return first
    others = joined(told[1:])
    causes = message("explain.causes.more", first=first, others=others)
    if not explained.in_turn:
        return causes
    return message(
        "explain.causes.together",
        causes=causes,
        turns=_added(explained.in_turn),
        **_part(fsum(explained.in_turn), each.weighted, unit),
    )


def _added(amounts: Sequence[float]) -> Text:
    """Return amounts as the sum that they are."""
    words = (
        " + ".join(show_number(as_read(each), language) for each in amounts)
        for language in (Language.NL, Language.EN)
    )
    return Text(*words)


def _part(saved: float, whole: float, unit: str) -> dict[str, object]:
    """Return the fields that tell a part of a shortfall, in its level's unit and in percents."""
    return {
        "saved": as_read(saved),
        "unit": unit_words(unit, as_read(saved)),
        "percent": percent_words(saved / whole),
    }


def joined(parts: Sequence[Message]) -> Message:
    """Return messages one after another, as one."""
    first, *others = parts
    for each in others:
        first = message("explain.joined", first=first, then=each)
    return first


def _cause(cause: Cause, whole: float, unit: str) -> Message:
    part = _part(cause.part * whole, whole, unit)
    return message("explain.part.solved", what=cause_words(cause), **part)


def cause_words(cause: Cause) -> Message:
    """Return what a cause is called, with its figures."""
    fields = dict(cause.fields)
    variant = f"{cause.sort}.start" if fields.get("at_start") else cause.sort
    return figure_words("cause", variant, **_shown_fields(fields))


def _shown_fields(fields: dict[str, object]) -> dict[str, object]:
    shown = dict(fields)
    if isinstance(shown.get("from_month"), dt.date):
        shown["from_month"] = _month(shown["from_month"])
    if isinstance(shown.get("group"), str):
        shown["group"] = called(str(shown["group"]))
    for name in ("start", "most"):
        people = shown.get(name)
        if isinstance(people, float):
            shown[name] = as_read(people)
    return shown


def limit_line(solved: Solved, each: Binding, confirmed: Confirmed | None) -> ExplanationLine:
    """Return a limit that matters, with who uses it and what a unit more is worth."""
    worth = each.worth if confirmed is None else confirmed.worth
    sort, subject = each.limit.sort, each.limit.subject
    using = users(solved, each.limit, each.at)[:USERS]
    what = _limit_words(solved, each.limit)
    sentence = message(
        _limit_key(each),
        what=what,
        month=_month(each.key.month),
        location=_name(solved, each.key.location or ""),
        used=counted(each.used, _use_unit(each)),
        size=counted(each.size, _use_unit(each)),
        unit=unit_words(_use_unit(each)),
        users=_users(solved, using, _use_unit(each)),
        worth=_worth(solved, each, confirmed),
    )
    location = subject if subject in solved.case.locations else each.key.location
    group = subject if sort == LimitKind.DEMAND else each.key.group
    key = Key(group, location, each.key.kind, each.key.month, each.key.province, each.key.region)
    level = each.worth.level if worth is None else worth.level
    return ExplanationLine(
        LIMIT,
        each.limit.rule,
        solved.level(level).level.value,
        key,
        sentence,
        used=each.used,
        limit=each.size,
        worth=0.0 if worth is None else -worth.change,
        unit=_use_unit(each),
        sort=sort,
        subject=subject,
        cells=each.limit.cells,
        room=solved.room(each.at),
        users=_named(solved, using, _use_unit(each)),
        worth_unit=solved.level(level).unit,
        up_to=None if confirmed is None else confirmed.up_to,
        confirmed=confirmed is not None,
    )


def _limit_key(each: Binding) -> str:
    """Return the sentence for a limit: most are used up, some ask for something."""
    if each.size == 0 and each.used == 0:
        return "explain.bound.nothing"
    if each.size == 0:
        return "explain.bound.without"
    if each.limit.sort in NORMS and each.key.location:
        return "explain.bound.norm"
    own = {LimitKind.DEMAND.value: "placed", LimitKind.TASK.value: "task"}
    most = "at_least" if each.at.row.sense is Sense.AT_LEAST else "used"
    return f"explain.bound.{own.get(each.limit.sort, most)}"


def _use_unit(each: Binding) -> str:
    """Return what the use of a limit is counted in: points are those of a rule's own unit."""
    return each.limit.rule.unit if each.limit.bends else each.limit.unit


def figure_words(of: str, sort: str, **fields: object) -> Message:
    """Return the words for a figure: those of its sort, else what is said of any, by its title."""
    own = f"explain.{of}.{sort}"
    if own in catalogue():
        return message(own, **fields)
    at = "_at" if fields.get("subject") or fields.get("location") else ""
    return message(f"explain.{of}.figure{at}", **fields)


def change_words(sort: str, by: float, unit: str, subject: str, title: Text | None) -> Message:
    """Return what a change of a figure is called: how much of which unit more, and where."""
    fields = {"by": by, "subject": subject, "title": title or "", "unit": unit_words(unit, by)}
    return figure_words("change", sort, **fields)


def month_line(solved: Solved, each: MonthWorth) -> ExplanationLine:
    """Return what a month more, or earlier, of a location is worth by estimate."""
    level = solved.level(each.worth.level)
    sentence = message(
        f"explain.{each.sort}",
        location=name_of(each.location),
        month=_month(each.month),
        beds=each.location.beds,
        level=level.title,
        **amount_fields(-each.worth.change, level.unit),
    )
    key = Key(location=each.location.id, month=each.month)
    worth = -each.worth.change
    beds = float(each.location.beds)
    rule = solved.by_rule["places_within_beds"][0].rule
    column = "open_until" if each.sort == "contract_month" else "lead_time_months"
    return ExplanationLine(
        LIMIT,
        rule,
        level.level.value,
        key,
        sentence,
        limit=beds,
        worth=worth,
        unit="beds",
        sort=each.sort,
        cells=(("locations", each.location.id, column),),
        worth_unit=level.unit,
        confirmed=False,
    )


def others_line(solved: Solved, others: Sequence[Binding]) -> ExplanationLine:
    """Return the further limits of one sort at one level, in one line."""
    first = others[0]
    unit = solved.level(first.worth.level).unit
    most = amount_fields(-first.worth.change, unit)
    least = amount_fields(-max(each.worth.change for each in others), unit)["worth"]
    alike = show_number(float(least), Language.NL) == show_number(float(most["worth"]), Language.NL)
    sentence = message(
        f"explain.others.{'one' if len(others) == 1 else 'alike' if alike else 'more'}",
        what=figure_words("limits", first.limit.sort, title=first.limit.title),
        count=len(others),
        level=solved.level(first.worth.level).title,
        least=least,
        most=most["worth"],
        unit=most["unit"],
    )
    level = solved.level(first.worth.level).level.value
    return ExplanationLine(LIMIT, first.limit.rule, level, Key(), sentence, sort=first.limit.sort)


def _users(solved: Solved, using: Sequence[tuple[str, float]], unit: str) -> Message | str:
    told = _named(solved, using, unit)
    return "" if told is None else message("explain.users", users=told)


def _named(solved: Solved, using: Sequence[tuple[str, float]], unit: str) -> Message | None:
    """Return who uses a limit and how much, `None` where nobody does."""
    told = [
        message("explain.user", name=_name(solved, name), amount=counted(amount, unit))
        for name, amount in using
        if amount > NOTHING and counted(amount, unit)
    ]
    return joined(told) if told else None


def _worth(solved: Solved, each: Binding, confirmed: Confirmed | None) -> Message:
    more = figure_words("more", each.limit.sort, title=each.limit.title)
    alone = _worth_alone(solved, each, confirmed, more)
    if confirmed is None or confirmed.together is None:
        return alone
    worth = confirmed.together.worth
    others = tuple(_limit_words(solved, other) for other in confirmed.together.others)
    return message(
        "explain.worth.together",
        alone=alone,
        others=others,
        **amount_fields(-worth.change, solved.level(worth.level).unit),
        level=solved.level(worth.level).title,
    )


def _limit_words(solved: Solved, limit: Limit) -> Message:
    subject = _name(solved, limit.subject)
    return figure_words("limit", limit.sort, title=limit.title, subject=subject)


def _worth_alone(
    solved: Solved, each: Binding, confirmed: Confirmed | None, more: Message
) -> Message:
    """Return what a unit more of one limit is worth while all others stay."""
    if confirmed is not None and confirmed.worth is None:
        if confirmed.until == len(solved.problem.levels) - 1:
            return message("explain.worth.nothing", more=more)
        until = solved.level(confirmed.until).title
        return message("explain.worth.nothing_until", more=more, level=until)
    worth = each.worth if confirmed is None or confirmed.worth is None else confirmed.worth
    level = solved.level(worth.level)
    fields: dict[str, object] = {
        "more": more,
        **amount_fields(abs(worth.change), level.unit),
        "level": level.title,
    }
    if confirmed is None:
        return message(f"explain.worth.{_untried(each.limit)}", **fields)
    saves = "solved" if worth.change < 0 else "worse"
    return message(f"explain.worth.{saves}", up_to=as_read(confirmed.up_to), **fields)


def _untried(limit: Limit) -> str:
    """Return how sure a worth is that was not solved again.

    A price is a bound where limits alone move; where coefficients move with them it is a slope.
    Whoever is expected must be somewhere: fewer people is no mere loosening of a limit.
    """
    if limit.bends:
        return "estimated"
    return "at_most_or_worse" if limit.sort == LimitKind.DEMAND else "at_most"


def percent_words(part: float) -> Text:
    """Return a part in percents, never as all or nothing where it is not."""
    low, high = 100 * part < 1, 100 * part > 99  # noqa: PLR2004 - percents that round away
    if 0 < part < 1 and (low or high):
        words = ("minder dan 1", "less than 1") if low else ("meer dan 99", "more than 99")
        return Text(*words)
    shown = str(round(100 * part))
    return Text(shown, shown)


def amount_fields(worth: float, unit: str) -> dict[str, Any]:
    """Return an amount with its unit in words; shares are told in percentage points."""
    if unit == "share":
        return {"worth": as_read(100.0 * worth), "unit": unit_words("points", 100.0 * worth)}
    return {"worth": as_read(worth), "unit": unit_words(unit, worth)}


def _month(month: object) -> Text | str:
    return month_words(month) if isinstance(month, dt.date) else ""
