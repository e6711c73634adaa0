"""The page for who decides, and the notice of Art. 20(10) as a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from planner.core.display_names import called
from planner.core.law import RECEPTION
from planner.core.over_months import WHOLE_FROM
from planner.core.texts import Language, say, show, show_date, show_month, show_number
from planner.input.kinds import EMERGENCY_KINDS
from planner.report.drawings import small_by_month
from planner.report.legal_pages import in_emergency_by_month, notice
from planner.report.paper import INNER, Paper, PrintedColumn
from planner.report.writing import Page, pages_taken, write_report
from planner.result import PlanOfBook
from planner.result.sentences import provenance_words
from planner.sheets.answer import in_short
from planner.sheets.decision_lines import DecisionLine, decision_lines, largest

_MOST_DECISIONS = 12
# So many decisions and assumptions, fewer where they do not fit on the page.
ROOM = ((12, 4), (10, 2), (8, 1), (5, 2), (5, 0), (3, 0))
_CHARTS = 135.0
_MILLION = 1e6


def write_one_page(path: Path, plan: PlanOfBook, language: Language) -> int:
    """Write the page for who decides, with as much as fits on it; return how many pages it took.

    Raises what `write_report` raises.
    """
    pages, printed = 0, plan.shown()
    for room in ROOM:
        pages = write_report(printed, path, language, None, (partial(one_page, room=room),))
        if pages == 1:
            break
    return pages


def fitting(plan: PlanOfBook, language: Language) -> Page:
    """Return the page for who decides with as much as fits on it, to go before other pages."""
    printed = plan.shown()
    tried = (partial(one_page, room=room) for room in ROOM)
    fits = (each for each in tried if pages_taken(printed, language, each) == 1)
    return next(fits, partial(one_page, room=ROOM[-1]))


def one_page(
    paper: Paper, plan: PlanOfBook, language: Language, room: tuple[int, int] = ROOM[0]
) -> None:
    """Print who has a place, what does not hold, what is to be decided, and three charts.

    `room` is how many decisions and how many assumptions are told at most.
    """
    most_decisions, most_notes = room
    first, last = (show_month(each, language) for each in (plan.months[0], plan.months[-1]))
    paper.heading(say("overview.title", language, first=first, last=last), 1)
    paper.paragraph(about_plan(plan, language), small=True)
    verdict, *others = in_short(plan.worded)
    paper.heading(verdict.text(language), 2)
    paper.points([each.text(language) for each in others])
    _decisions(paper, plan, language, most_decisions)
    _charts(paper, plan, language)
    notes = [note.text(language) for note in plan.plan.notes]
    if notes:
        paper.heading(say("overview.assumptions", language), 3)
        for note in notes[:most_notes]:
            paper.paragraph(note, small=True)
        if len(notes) > most_notes:
            words = say("report.more_notes", language, count=len(notes) - most_notes)
            paper.paragraph(words, small=True)


def about_plan(plan: PlanOfBook, language: Language) -> str:
    """Return which plan it is, when it was made, and whether it holds."""
    made = provenance_words("made", plan.provenance["made"]) if "made" in plan.provenance else None
    told = [
        say("report.scenario", language, scenario=called(plan.case.scenario)),
        "" if made is None else say("report.made", language, made=made),
        say("report.verdict.breaches", language, count=len(plan.breaches))
        if plan.breaches
        else say("report.verdict.holds", language),
    ]
    return " \N{MIDDLE DOT} ".join(filter(None, told))


def _decisions(paper: Paper, plan: PlanOfBook, language: Language, most: int) -> None:
    paper.heading(say("overview.to_decide", language), 2)
    found = decisions_of(plan)
    if not found:
        paper.paragraph(say("overview.nothing_to_decide", language))
        return
    rows, more = decision_rows(found, most, language)
    paper.table(decision_titles(language), rows)
    words = [say("overview.more_decisions", language, count=more)] if more else []
    words.append(say("overview.decided.all_cost", language))
    paper.paragraph(" ".join(words), small=True)


def decisions_of(plan: PlanOfBook) -> list[DecisionLine]:
    """Return what is decided, with names where the locations have them."""
    frame = plan.tables["decisions"]
    sites = [plan.sites.get(str(each)) for each in frame["location"].tolist()]
    names = {
        column: pd.Series(
            [None if each is None else getattr(each, of) for each in sites],
            index=frame.index,
            dtype=object,
        )
        for column, of in (
            ("location_name", "name"), ("municipality", "municipality"), ("province", "province"),
        )
    }  # fmt: skip
    return list(decision_lines({**plan.tables, "decisions": frame.assign(**names)}))


def decision_titles(language: Language) -> list[PrintedColumn]:
    """Return the columns of a table of decisions, by their shares of its width."""
    keys = (("place", 6.1), ("decision", 2.3), ("before", 2.3), ("month", 1.8))
    columns = [
        PrintedColumn(say(f"overview.decided.{key}", language), share) for key, share in keys
    ]
    return columns + [
        PrintedColumn(say(f"overview.decided.{key}", language), share, right=True)
        for key, share in (("beds", 1.5), ("cost", 1.9))
    ]


def decision_rows(
    found: Sequence[DecisionLine], most: int, language: Language
) -> tuple[list[tuple[str, ...]], int]:
    """Return the rows of the decisions about most places, and how many others there are."""
    shown = largest(found, most)
    rows: list[tuple[str, ...]] = [
        (
            ", ".join(filter(None, (each.location, each.where))),
            each.decision.label.in_(language),
            "" if each.before is None else show_date(each.before, language),
            show_month(each.month, language),
            show_number(each.places, language, 0),
            "" if each.cost is None else _millions(each.cost, language),
        )
        for each in shown
    ]
    return rows, len(found) - len(shown)


def _millions(cost: float, language: Language) -> str:
    """Return an amount in millions, from ten on without decimals."""
    number = cost / _MILLION
    return show_number(number, language, 1 if round(number, 1) < WHOLE_FROM else 0)


def _charts(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print beds, people in emergency reception and DOL by month, beside one another."""
    beds = {"runoff.portfolio": "portfolio_beds", "runoff.needed": "needed_beds"}
    charts = (
        ("overview.chart.runoff", beds, "runoff"),
        ("overview.chart.people", {"runoff.emergency": ""}, ""),
        ("overview.chart.dol", {"dol.prepared": "prepared", "dol.people": "people"}, "dol"),
    )  # fmt: skip
    alt = "; ".join(say(key, language) for key, *_ in charts)
    whole = paper.drawing(_CHARTS, INNER, say("report.charts_alt", language, charts=alt))
    whole.axis("off")
    for at, (key, lines, table) in enumerate(charts):
        axes = whole.inset_axes((0.075 + at * 0.33, 0.22, 0.255, 0.48))
        values = {
            say(f"report.{name}", language): plan.monthly(table, column)
            if table
            else plan.emergency
            for name, column in lines.items()
        }
        small_by_month(axes, plan.months, values, language)
        title = say(key if table else "compare.chart.people.emergency", language)
        axes.set_title(title, fontsize=8.0, loc="left", pad=29)


def letter(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the notice of Art. 20(10) as a letter: to whom, when, what, and what is done."""
    source = RECEPTION.article("20(10)").label.in_(language)
    paper.heading(say("report.letter", language, source=source), 1)
    for key in ("from", "to", "copy"):
        paper.paragraph(say(f"report.letter.{key}", language))
    today = dt.datetime.now(tz=dt.UTC).date()
    paper.paragraph(say("report.letter.date", language, date=show(today, language)))
    paper.paragraph(say("report.letter.reference", language, mark=plan.case.fingerprint))
    paper.paragraph(say("report.letter.opening", language))
    notice(paper, plan, language)
    paper.heading(say("report.letter.measures", language), 2)
    emergency = {kind.value for kind in EMERGENCY_KINDS}
    sites = set(
        plan.tables["placement"].loc[plan.tables["placement"]["kind"].isin(emergency), "location"]
    )
    measures = [each for each in decisions_of(plan) if each.location.split(" ")[0] not in sites]
    if measures:
        paper.paragraph(say("report.letter.measures.text", language))
        rows, _ = decision_rows(measures, _MOST_DECISIONS, language)
        paper.table(decision_titles(language), rows)
    else:
        paper.paragraph(say("report.letter.measures.none", language))
    ends = in_emergency_by_month(plan)[-1]
    key = "report.letter.end" if round(ends) else "report.letter.ended"
    month = show_month(plan.months[-1], language)
    paper.paragraph(say(key, language, people=round(ends), month=month))
    paper.paragraph(say("report.letter.sign", language))
