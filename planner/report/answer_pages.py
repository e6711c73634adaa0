"""The pages that answer: the question, the plan in short, its assumptions, places and DOL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Language, say, show, show_date, show_month, show_number
from planner.input.kinds import PlaceKind
from planner.input.parameters import supplied
from planner.input.supplied_words import supplied_text
from planner.report.drawings import by_month, leave_room
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook
from planner.result.plan_status import status_of_plan
from planner.sheets.answer import answer
from planner.sheets.result_tables import Decision, LevelName
from planner.sheets.units import figure_words, unit_title

_CHART = 165.0
# As many months as fit beside one another on upright paper.
_MONTHS_ACROSS = 12
# Fewer where figures have five digits.
_LARGE, _MONTHS_ACROSS_LARGE = 10_000, 8
_SOMETHING = 0.005
_MOST_DECISIONS = 60
_ROW = 17.0  # points: a line of a table of short texts
_MOST_DOL = 30

_DECISIONS: Mapping[str, Decision] = {each.value: each for each in Decision}


def question(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the question, the answer in figures, and what has to be known before using them."""
    first, last = plan.months[0], plan.months[-1]
    paper.heading(say("report.title", language), 1)
    words = {
        "scenario": called(plan.case.scenario),
        "first": show_month(first, language),
        "last": show_month(last, language),
        "date": plan.case.date,
        "locations": len(plan.case.locations),
    }
    paper.paragraph(say("report.about", language, **words))
    status = status_of_plan(plan.book, plan.plan, plan.case.fingerprint)
    paper.paragraph(status.in_short.text(language))
    paper.heading(say("report.question", language))
    paper.paragraph(say("report.question.text", language, **words))
    paper.heading(say("report.answer.words", language))
    paper.points([each.text(language) for each in answer(plan.worded)])
    notes = plan.plan.notes
    if notes:
        paper.heading(say("report.know_first", language), 3)
        paper.points([note.text(language) for note in notes])
    paper.heading(say("report.runoff", language), 3, below=_CHART + 60)
    axes = paper.drawing(_CHART + 40, 460.0)
    leave_room(axes)
    lines = {
        say("report.runoff.portfolio", language): plan.monthly("runoff", "portfolio_beds"),
        say("report.runoff.needed", language): plan.monthly("runoff", "needed_beds"),
        say("report.runoff.emergency", language): plan.emergency,
    }
    unit = ", ".join(say(f"unit.{each}", language) for each in ("beds", "persons"))
    by_month(axes, plan.months, lines, language, unit)
    figures = list(_figures(plan, language))
    # Figures that belong together stand together, not a few of them below the chart.
    paper.heading(say("report.answer", language), below=_ROW * (len(figures) + 1))
    paper.table(
        _columns(language, ("report.figure", 5), ("report.value", 2), ("report.unit", 3)), figures
    )


def _columns(language: Language, *titled: tuple[str, float]) -> list[PrintedColumn]:
    right = ("report.value", "report.amount", "report.people", "report.share")
    return [PrintedColumn(say(key, language), share, right=key in right) for key, share in titled]


def _figures(plan: PlanOfBook, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield the key figures: subject, value, unit."""
    for key, values, unit in (
        ("report.figure.shortage", plan.monthly("runoff", "shortage"), "beds"),
        ("report.figure.dol", plan.monthly("dol", "prepared"), "places"),
        ("report.figure.emergency", plan.emergency, "persons"),
    ):
        most = max(values, default=0.0)
        month = show_month(plan.months[values.index(most)], language)
        title = (
            say(key, language, month=month) if most > _SOMETHING else say(f"{key}.none", language)
        )
        yield title, show_number(most, language, 0), unit_title(unit, language)
    ends = say(
        "report.figure.emergency_last", language, month=show_month(plan.months[-1], language)
    )
    yield ends, show_number(plan.emergency[-1], language, 0), unit_title("persons", language)
    titles = {each.value: each.label for each in LevelName}
    for level in plan.plan.levels:
        if level.name in titles:
            figure = figure_words(level.value, level.unit, language)
            yield titles[level.name].in_(language), *figure
        beside = plan.plan.measures.get("cost_unplaced")
        if level.name == "cost" and beside is not None and beside.value >= 1:
            shown = show_number(beside.value, language, 0)
            yield say("overview.cost_unplaced", language), shown, unit_title("euro", language)


def assumptions(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print every parameter that holds, those that were changed first."""
    paper.heading(say("report.assumptions", language), 1)
    paper.paragraph(say("report.assumptions.text", language))
    columns = _columns(
        language,
        ("report.parameter", 4),
        ("report.value", 1.8),
        ("report.unit", 2.6),
        ("report.source", 7),
    )
    changed, others = _parameters(plan, language)
    if changed:
        paper.heading(say("report.assumptions.changed", language), 3)
        paper.table(columns, _sources_once(changed, language))
    paper.heading(say("report.assumptions.supplied", language), 3)
    paper.table(columns, _sources_once(others, language))


def _sources_once(
    lines: Sequence[tuple[str, ...]], language: Language
) -> Sequence[tuple[str, ...]]:
    """Return lines that say of a source of the line above that it is the same."""
    above = say("report.source.above", language)
    before = ["", *(line[-1] for line in lines)]
    return [
        (*line[:-1], above if source and line[-1] == source else line[-1])
        for line, source in zip(lines, before, strict=False)
    ]


def _parameters(
    plan: PlanOfBook, language: Language
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the parameters that differ from those supplied, and the others that have a value."""
    changed: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    known = supplied()
    for name, parameter in plan.case.parameters.by_name.items():
        before = known.get(name)
        title = name if before is None else before.title.in_(language)
        if parameter.value is None:
            continue
        line = (
            title,
            show(parameter.value, language),
            unit_title(parameter.unit, language),
            supplied_text(parameter.source).in_(language),
        )
        same = before is not None and before.parameter.value == parameter.value
        (others if same else changed).append(line)
    return changed, others


def plan_pages(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print what has to be decided, and the places of each kind by month."""
    paper.heading(say("report.plan", language), 1)
    paper.heading(say("report.decisions", language), 2)
    rows = list(_decided(plan, language))
    if rows:
        shown = rows[:_MOST_DECISIONS]
        columns = _columns(
            language,
            ("overview.decided.before", 2.2),
            ("overview.decided.month", 1.8),
            ("report.location", 6),
            ("report.decision", 2.4),
            ("report.amount", 2),
        )
        paper.table(columns, shown)
        if len(rows) > len(shown):
            left = len(rows) - len(shown)
            paper.paragraph(say("report.more_rows", language, count=left), small=True)
    else:
        paper.paragraph(say("report.decisions.none", language))
    paper.heading(say("report.places", language), 2)
    large = max(plan.monthly("places", "places")) >= _LARGE
    across = _MONTHS_ACROSS_LARGE if large else _MONTHS_ACROSS
    for start in range(0, len(plan.months), across):
        _places(paper, plan, range(start, min(start + across, len(plan.months))), language)


def _decided(plan: PlanOfBook, language: Language) -> Iterator[tuple[str, ...]]:
    frame = plan.tables.get("decisions", pd.DataFrame())
    columns = ["location", "decision", "month", "value", "before", "taken"]
    for location, decision, month, value, before, taken in sorted(
        frame.reindex(columns=columns).itertuples(index=False),
        key=lambda row: (row[2], row[1], row[0]),
    ):
        if abs(value) > _SOMETHING:
            label = _DECISIONS[decision].label.in_(language)
            by = show_date(before, language) if isinstance(before, dt.date) else ""
            by = say("report.decisions.taken", language) if isinstance(taken, str) else by
            since = show_month(month, language)
            amount = _amount_decided(plan, location, decision, value, language)
            yield by, since, plan.location_name(location), label, amount


def _amount_decided(
    plan: PlanOfBook, location: str, decision: str, value: float, language: Language
) -> str:
    """Return how many places a decision is about; all but that on DOL are shares of a location."""
    site = plan.sites.get(location)
    if decision != Decision.PREPARE_DOL and site is None:  # a row that somebody added
        return f"{show_number(100 * value, language, 0)} %"
    places = value if site is None or decision == Decision.PREPARE_DOL else value * site.beds
    return f"{show_number(places, language, 0)} {unit_title('places', language)}"


def _places(paper: Paper, plan: PlanOfBook, span: range, language: Language) -> None:
    """Print a table of the places in use by kind over some of the months."""
    columns = [PrintedColumn(say("report.kind", language), 3.4)]
    columns += [
        PrintedColumn(show_month(plan.months[at], language), 1.25, right=True) for at in span
    ]
    rows = []
    for kind in PlaceKind:
        values = plan.monthly("places", "places", (kind.value,))
        if max(values) > _SOMETHING:
            cells = [show_number(values[at], language, 0) for at in span]
            rows.append((kind.label.in_(language), *cells))
    total = plan.monthly("places", "places")
    rows.append(
        (say("report.total", language), *(show_number(total[at], language, 0) for at in span))
    )
    paper.table(columns, rows)


def dol_pages(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print how DOL grows and where it stands."""
    paper.heading(say("report.dol", language), 1)
    prepared = plan.monthly("dol", "prepared")
    if max(prepared) <= _SOMETHING:
        paper.paragraph(say("report.dol.none", language))
        return
    axes = paper.drawing(_CHART + 40, 460.0)
    leave_room(axes)
    lines = {
        say("report.dol.prepared", language): prepared,
        say("report.dol.in_use", language): plan.monthly("dol", "in_use"),
        say("report.dol.people", language): plan.monthly("dol", "people"),
    }
    unit = say("overview.chart.dol_unit", language)
    by_month(axes, plan.months, lines, language, unit)
    paper.heading(say("report.dol.where", language), 3)
    rows = _dol_rows(plan, language)
    columns = [
        PrintedColumn(say("report.location", language), 5),
        PrintedColumn(say("report.dol.first", language), 2),
        PrintedColumn(say("report.dol.prepared", language), 2, right=True),
        PrintedColumn(say("report.dol.people", language), 2, right=True),
    ]
    paper.table(columns, rows[:_MOST_DOL])
    if len(rows) > _MOST_DOL:
        left = len(rows) - _MOST_DOL
        paper.paragraph(say("report.more_rows", language, count=left), small=True)


def _dol_rows(plan: PlanOfBook, language: Language) -> Sequence[tuple[str, ...]]:
    """Return the DOL parts, the largest first: location, first month, most places, most people."""
    frame = plan.tables["dol"]
    used = frame[frame["prepared"] > _SOMETHING]
    found = used.groupby("location").agg({"month": "min", "prepared": "max", "people": "max"})
    ordered = found.sort_values("prepared", ascending=False, kind="stable")
    return [
        (
            plan.location_name(str(name)),
            show_month(month, language),
            show_number(most, language, 0),
            show_number(people, language, 0),
        )
        for name, month, most, people in ordered.itertuples()
    ]
