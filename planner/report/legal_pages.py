"""The pages by article: shortfalls and their map, the notice of Art. 20(10), the order of Art. 32.

Acts are cited, never quoted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from planner.core.display_names import called
from planner.core.law import RECEPTION
from planner.core.over_months import OverMonths, amount_words
from planner.core.texts import Language, month_words, say, show_month, show_number
from planner.input.kinds import EMERGENCY_KINDS, Ground, PlaceKind, Standing
from planner.report.drawings import MAP_SHAPE, by_month, leave_room, map_of
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook, applicants
from planner.result.normal_capacity import NormalCapacity, normal_capacity
from planner.result.register import cited, register
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY

_MAP_HEIGHT = 520.0
BETWEEN_LOCATIONS = ";"
_MOST_LOCATIONS = 40


def shortfalls(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the shortfalls by what their rules rest on, laws first, then by source and rule."""
    paper.heading(say("report.shortfalls", language), 1)
    frame = plan.tables.get("shortfalls", pd.DataFrame())
    if frame.empty:
        paper.paragraph(say("report.shortfalls.none", language))
        return
    paper.paragraph(say("report.shortfalls.text", language))
    last = show_month(plan.months[-1], language)
    columns = [
        PrintedColumn(say("report.source", language), 3.5),
        PrintedColumn(say("report.rule", language), 3.5),
        PrintedColumn(say("report.worst_month", language), 2.8),
        PrintedColumn(say("report.last_month", language, month=last), 2.6),
        PrintedColumn(say("report.all_months", language), 3.3),
        PrintedColumn(say("report.months", language), 2.7),
        PrintedColumn(say("report.most_at", language), 2.8),
    ]
    for standing in Standing:
        mine = frame[frame["standing"] == standing.value]
        if not mine.empty:
            paper.heading(say(f"report.standing.{standing}", language), 3)
            paper.table(columns, list(_by_rule(mine, plan, language)))


def _by_rule(
    frame: pd.DataFrame, plan: PlanOfBook, language: Language
) -> Iterator[tuple[str, ...]]:
    """Yield a line a rule, in the order of the file, which is that of the levels."""
    rules = {each.rule.name: each.rule for each in register()}
    for (name, source), rows in frame.groupby(["rule", "source"], sort=False):
        rule, words = rules.get(str(name)), cited(source)
        where = rows.groupby(_place(rows))["amount"].sum()
        yield (
            str(source) if words is None else words.in_(language),
            str(name) if rule is None else rule.title.in_(language),
            *_over_months(rows, plan, language),
            _months(rows["month"], language),
            "" if where.empty else _named(str(where.idxmax()), plan, language),
        )


def _over_months(rows: pd.DataFrame, plan: PlanOfBook, language: Language) -> tuple[str, str, str]:
    """Return what falls short in the worst month and in the plan's last, and the sum."""
    dated = rows[rows["month"].map(_is_day)]
    if dated.empty:  # rows that somebody added to the file
        return "", "", ""
    unit = str(rows["unit"].iloc[0])
    pairs = zip(dated["month"], dated["amount"], strict=True)
    short = OverMonths.of(unit, pairs, plan.months[-1])
    (month, worst), (_, last) = short.worst, short.last
    words = {"amount": amount_words(worst, unit), "month": month_words(month)}
    return (
        say("report.worst_amount", language, **words),
        amount_words(last, unit).text(language),
        amount_words(short.total, short.total_unit).text(language),
    )


def _months(months: pd.Series, language: Language) -> str:
    """Return how many months there are, and from when to when."""
    first, last = months.min(), months.max()
    words = [show_month(each, language) if _is_day(each) else "" for each in (first, last)]
    if first == last:
        return say("report.months.one", language, month=words[0])
    count = months.nunique()
    return say("report.months.span", language, count=count, first=words[0], last=words[1])


def _named(places: str, plan: PlanOfBook, language: Language) -> str:
    """Return what places are called; a ceiling may hold for several, a shortfall for a group."""
    return ", ".join(
        plan.location_name(each) if each in plan.case.locations else called(each).in_(language)
        for each in places.split(BETWEEN_LOCATIONS)
    )


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and value == value  # noqa: PLR0124 - NaT is not itself


def _place(rows: pd.DataFrame) -> pd.Series:
    """Return where each shortfall stands: its location, else its province, region or group."""
    place = pd.Series([None] * len(rows), index=rows.index, dtype=object)
    for column in ("location", "province", "region", "group"):
        if column in rows.columns:
            place = place.where(place.notna(), rows[column])
    return place


def map_page(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print where the shortfalls stand."""
    frame = plan.tables.get("shortfalls", pd.DataFrame())
    amounts: dict[str, float] = {}
    if not frame.empty:
        # One person who is short under two rules is one person: the rule with the most counts.
        at_locations = frame[frame["location"].notna() & (frame["unit"] == "persons")]
        by_month = at_locations.groupby(["location", "rule", "month"])["amount"].sum()
        most = by_month.groupby("location").max()
        amounts = {str(name): float(amount) for name, amount in most.items()}
    paper.heading(say("report.map", language), 1)
    paper.paragraph(say("report.map.text", language))
    paper.paragraph(say("report.map.legend", language), small=True)
    axes = paper.drawing(_MAP_HEIGHT, _MAP_HEIGHT * MAP_SHAPE)
    missing = map_of(axes, plan.case.locations, amounts, language)
    if missing:
        paper.paragraph(say("report.map.missing", language, count=missing), small=True)
    paper.paragraph(say("report.map.credit", language), small=True)


def notice(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the notice of Art. 20(10): from when, where, how many, until when, and why."""
    source = RECEPTION.article("20(10)").label.in_(language)
    paper.heading(say("report.notice", language, source=source), 1)
    spells = _spells(plan)
    if not spells:
        paper.paragraph(say("report.notice.none", language, source=source))
        return
    paper.paragraph(say("report.notice.text", language, source=source))
    everyone = in_emergency_by_month(plan)
    for start, end in spells:
        people = everyone[start : end + 1]
        most = max(people)
        paper.heading(_span_words(plan, start, end, language), 3)
        peak = plan.months[start + people.index(most)]
        at = show_month(peak, language)
        number = show_number(most, language, 0)
        paper.points(
            [
                say("report.notice.how_many", language, people=number, month=at),
                *_others(plan, peak, language),
                say("report.notice.until_open", language)
                if end == len(plan.months) - 1
                else say(
                    "report.notice.until", language, month=show_month(plan.months[end], language)
                ),
                _why(plan, start, end, language),
            ]
        )
        columns = [
            PrintedColumn(say("report.location", language), 5.6),
            PrintedColumn(say("report.kind", language), 3.4),
            PrintedColumn(say("report.from", language), 1.5),
            PrintedColumn(say("report.until", language), 1.7),
            PrintedColumn(say("report.most_people", language), 1.9, right=True),
        ]
        rows = list(_emergency_places(plan, plan.months[start], plan.months[end], language))
        paper.table(columns, rows[:_MOST_LOCATIONS])
        if len(rows) > _MOST_LOCATIONS:
            left = len(rows) - _MOST_LOCATIONS
            paper.paragraph(say("report.smaller_rows", language, count=left), small=True)


def in_emergency_by_month(plan: PlanOfBook, ground: Ground = Ground.APPLICANT) -> list[float]:
    """Return the people of a legal ground in emergency reception, of every planned month."""
    people = applicants.by_month(plan.plan, ground)
    return [people.get(month, 0.0) for month in plan.months]


def _others(plan: PlanOfBook, month: dt.date, language: Language) -> Iterator[str]:
    """Yield who else is in emergency reception in a month, about whom the article is not."""
    for ground in (Ground.TRANSFER, Ground.NATIONAL):
        people = round(applicants.by_month(plan.plan, ground)[month])
        if people:
            key = f"report.notice.{ground.value}"
            yield say(key, language, people=people, month=show_month(month, language))


def _spells(plan: PlanOfBook) -> list[tuple[int, int]]:
    """Return each unbroken time of applicants in emergency reception, by first and last month."""
    spells: list[tuple[int, int]] = []
    for at, people in enumerate(in_emergency_by_month(plan)):
        if people < SOMEBODY:
            continue
        if spells and spells[-1][1] == at - 1:
            spells[-1] = (spells[-1][0], at)
        else:
            spells.append((at, at))
    return spells


def _span_words(plan: PlanOfBook, start: int, end: int, language: Language) -> str:
    key = "report.notice.already" if start == 0 else "report.notice.from"
    first, last = (show_month(plan.months[at], language) for at in (start, end))
    return say(key, language, first=first, last=last)


def _why(plan: PlanOfBook, start: int, end: int, language: Language) -> str:
    """Return how far the capacity normally available is exhausted, in the month that lacks most."""
    capacity = normal_capacity(plan.tables)
    worst = max((capacity[month] for month in plan.months[start : end + 1]), key=_missing)
    if worst.missing < SOMEBODY:
        return say("report.notice.why_other", language)
    figures = {name: getattr(worst, name) for name in ("available", "needed", "missing")}
    shown = {name: show_number(value, language, 0) for name, value in figures.items()}
    return say("report.notice.why", language, month=show_month(worst.month, language), **shown)


def _missing(capacity: NormalCapacity) -> float:
    return capacity.missing


def _emergency_places(
    plan: PlanOfBook, first: dt.date, last: dt.date, language: Language
) -> Iterator[tuple[str, ...]]:
    """Yield where applicants are in emergency reception between two months, most people first."""
    frame = applicants.in_emergency(plan.plan, Ground.APPLICANT)
    kinds = {kind.value: kind for kind in EMERGENCY_KINDS}
    used = frame[(frame["month"] >= first) & (frame["month"] <= last)]
    sums = used.groupby(["location", "kind", "month"], as_index=False, sort=False)["people"].sum()
    sums = sums[sums["people"] >= SOMEBODY]
    at_places = sums.groupby(["location", "kind"], sort=False)
    found = at_places.agg(first=("month", "min"), last=("month", "max"), most=("people", "max"))
    for (location, kind), since, until, most in found.sort_values(
        "most", ascending=False, kind="stable"
    ).itertuples():
        yield (
            plan.location_name(str(location)),
            kinds[str(kind)].label.in_(language),
            show_month(since, language),
            show_month(until, language),
            show_number(float(most), language, 0),
        )


def contingency(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the plan in the order of a contingency plan under Art. 32."""
    source = RECEPTION.article("32").label.in_(language)
    paper.heading(say("report.contingency", language, source=source), 1)
    paper.paragraph(say("report.contingency.text", language, source=source))
    for number, (key, points) in enumerate(_contingency(plan, language), start=1):
        paper.heading(f"{number}. {say(key, language)}", 3)
        paper.points(points)
    axes = paper.drawing(150.0, 440.0)
    leave_room(axes)
    regular = [kind.value for kind in PlaceKind if not kind.emergency]
    lines = {
        say("report.regular", language): plan.monthly("placement", "people", regular),
        say("report.emergency", language): plan.emergency,
    }
    by_month(axes, plan.months, lines, language, say("unit.persons", language))


def _contingency(plan: PlanOfBook, language: Language) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the headings of a contingency plan with what this plan has to say to each."""
    demand = plan.monthly("demand", "people")
    shown = {
        "start": show_number(demand[0], language, 0),
        "most": show_number(max(demand), language, 0),
        "month": show_month(plan.months[demand.index(max(demand))], language),
        "shortage": show_number(max(plan.monthly("runoff", "shortage")), language, 0),
    }
    yield (
        "report.contingency.situation",
        [
            say("report.contingency.demand", language, **shown),
            say("report.contingency.shortage", language, **shown),
        ],
    )
    yield (
        "report.contingency.measures",
        [_measure(plan, decision, language) for decision in Decision],
    )
    yield "report.contingency.minors", [_minors(plan, language)]
    yield "report.contingency.exception", [_exception(plan, language)]
    yield (
        "report.contingency.informing",
        [
            say("report.contingency.activation", language),
            say("report.contingency.review", language),
        ],
    )
    yield "report.contingency.outside", [say("report.contingency.consultation", language)]


def _measure(plan: PlanOfBook, decision: Decision, language: Language) -> str:
    frame = plan.tables.get("decisions", pd.DataFrame())
    count = 0 if frame.empty else frame[frame["decision"] == decision.value]["location"].nunique()
    return say(
        "report.contingency.measure", language, measure=decision.label.in_(language), count=count
    )


def _minors(plan: PlanOfBook, language: Language) -> str:
    places = plan.monthly("places", "places", (PlaceKind.MINORS.value,))
    people = plan.monthly("placement", "people", (PlaceKind.MINORS.value,))
    return say(
        "report.contingency.minors.text",
        language,
        places=show_number(max(places), language, 0),
        people=show_number(max(people), language, 0),
    )


def _exception(plan: PlanOfBook, language: Language) -> str:
    spells = _spells(plan)
    if not spells:
        return say("report.contingency.no_exception", language)
    months, people = sum(end - start + 1 for start, end in spells), in_emergency_by_month(plan)
    return say(
        "report.contingency.exception.text",
        language,
        months=months,
        first=show_number(people[spells[0][0]], language, 0),
        last=show_number(people[-1], language, 0),
        month=show_month(plan.months[-1], language),
    )
