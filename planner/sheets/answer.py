"""The answer of a plan in sentences, from its result tables alone.

The overview of the workbook and the printed report say the same, in the same words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from math import fsum

import pandas as pd

from planner.core.over_months import OverMonths, amount_words
from planner.core.texts import Language, Message, Text, message, month_words, show
from planner.input.kinds import EMERGENCY_KINDS, Standing
from planner.sheets.check_verdicts import checks_in_short, failing_checks
from planner.sheets.counted_once import counted_once
from planner.sheets.decision_lines import not_taken
from planner.sheets.dol_beds import dol_beds
from planner.sheets.result_tables import Decision
from planner.sheets.units import money_words, unit_key
from planner.sheets.without_place import SOMEBODY, placing_sentence

_SAME = 1e-6
# The measure of what people without a place would cost.
COST_BESIDE = "cost_unplaced"

Tables = Mapping[str, pd.DataFrame]


def answer(tables: Tables) -> tuple[Message, ...]:
    """Return what the plan answers, in seven sentences.

    Who has a place, which checks do not hold, what falls short, emergency reception, DOL, what to
    decide, and what is missing without decisions. `tables` are the result tables by key: runoff,
    demand, placement, shortfalls, dol, places, decisions, checks.
    """
    # A row that somebody added below the table may have no month.
    months = tables["runoff"]["month"].dropna().tolist()
    return (
        placing_sentence(tables),
        checks_in_short(tables),
        _short(tables["shortfalls"]),
        _emergency(tables["placement"], months),
        _dol(tables, months),
        _decisions(tables["decisions"]),
        _without_decisions(tables["runoff"], months),
    )


def in_short(tables: Tables) -> tuple[Message, ...]:
    """Return what a director reads first: who has a place, what does not hold, and the cost.

    The sentences of `answer` without those that name every rule of lesser standing and every check
    that cannot be judged; these stand further on. `tables` holds `levels` and `measures` too, and
    the `explanation` where there is one.
    """
    months = tables["runoff"]["month"].dropna().tolist()
    return (
        placing_sentence(tables),
        *failing_checks(tables),
        _short(tables["shortfalls"], of_law_alone=True),
        _emergency(tables["placement"], months),
        _dol(tables, months),
        *breaking_point(tables.get("explanation")),
        *_cost(tables, len(months)),
    )


def breaking_point(explanation: pd.DataFrame | None) -> tuple[Message, ...]:
    """Return how many more people the plan bears, where its explanation says so."""
    if explanation is None or "section" not in explanation.columns:
        return ()
    lines = explanation[explanation["section"] == "margin"]["sentence"].tolist()
    return tuple(message("answer.margin", words=each) for each in lines[:1])


def _cost(tables: Tables, months: int) -> tuple[Message, ...]:
    """Return the cost, and beside it what people without a place would cost, if there are any."""
    levels = tables["levels"]
    found = levels[levels["name"] == "cost"]["value"].tolist()
    if not found:
        return ()
    fields = {"cost": money_words(found[0]), "count": months}
    beside = cost_beside(tables.get("measures"))
    if beside is None:
        return (message("answer.cost", **fields),)
    return (message("answer.cost_beside", **fields, beside=money_words(beside[1])),)


def cost_beside(measures: pd.DataFrame | None) -> tuple[object, float] | None:
    """Return what people without a place would cost, as unit and amount; nothing without any."""
    rows = None if measures is None else measures[measures["name"] == COST_BESIDE]
    if rows is None or rows.empty or float(rows["value"].iloc[0]) < 1:
        return None
    return rows["unit"].iloc[0], float(rows["value"].iloc[0])


def monthly(frame: pd.DataFrame, column: str, months: Sequence[dt.date]) -> list[float]:
    """Return a column added up by month, every given month included."""
    if frame.empty:
        return [0.0] * len(months)
    sums = frame.groupby("month")[column].sum()
    return [float(sums.get(month, 0.0)) for month in months]


def in_emergency(placement: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of people in emergency reception."""
    return placement[placement["kind"].isin([kind.value for kind in EMERGENCY_KINDS])]


def planning_norm(tables: Tables) -> float | None:
    """Return the occupancy norm behind the beds needed; nothing where it is not one for all months.

    Beds needed are the people of a month over the norm.
    """
    months = tables["runoff"]["month"].tolist()
    needed = tables["runoff"]["needed_beds"].tolist()
    people = monthly(tables["demand"], "people", months)
    norms = [float(each / beds) for each, beds in zip(people, needed, strict=True) if beds > _SAME]
    if not norms or max(norms) - min(norms) > _SAME:
        return None
    return round(norms[0], 6)


def _most(values: Sequence[float], months: Sequence[dt.date]) -> dict[str, object]:
    most = max(values)
    return {"most": round(most), "month": month_words(months[values.index(most)])}


def _short(frame: pd.DataFrame, *, of_law_alone: bool = False) -> Message:
    """Return what falls short, of laws apart: nothing else is a breach.

    A plan of an older version does not say what its rules rest on.
    """
    if frame.empty:
        return message("answer.nothing_short")
    frame = counted_once(frame)
    titles = frame["rule_title" if "rule_title" in frame.columns else "rule"]
    if "standing" not in frame.columns:
        names = tuple(dict.fromkeys(titles.tolist()))
        return message("answer.short", count=len(names), names=names)
    by_standing = {
        each: tuple(dict.fromkeys(titles[frame["standing"] == each].tolist())) for each in Standing
    }
    law, exception = by_standing.pop(Standing.LAW), by_standing.pop(Standing.EXCEPTION)
    rest = tuple(dict.fromkeys(name for names in by_standing.values() for name in names))
    parts = [
        message("answer.short.law", count=len(law), names=_at_worst(frame, law, told=of_law_alone))
        if law
        else message("answer.short.no_law"),
        message("answer.short.exception", names=exception) if exception else None,
        message("answer.short.rest", names=rest) if rest else None,
    ]
    if of_law_alone:
        parts = parts[:2]
    told = [each.both for each in parts if each is not None]
    words = Text(" ".join(each.nl for each in told), " ".join(each.en for each in told))
    return message("answer.short.parts", parts=words)


def _at_worst(frame: pd.DataFrame, titles: Sequence[object], *, told: bool) -> tuple[object, ...]:
    """Return what rules are called, and where it is to be told how much each lacks at worst."""
    if not told:
        return tuple(titles)
    named = frame["rule_title" if "rule_title" in frame.columns else "rule"]
    found: list[object] = []
    for title in titles:
        rows = frame[named == title]
        unit = unit_key(show(rows["unit"].iloc[0], Language.EN))
        month, amount = OverMonths.of(unit, zip(rows["month"], rows["amount"], strict=True)).worst
        fields = {"amount": amount_words(amount, unit), "month": month_words(month)}
        found.append(message("answer.short.worst", rule=title, **fields))
    return tuple(found)


def _emergency(placement: pd.DataFrame, months: Sequence[dt.date]) -> Message:
    people = monthly(in_emergency(placement), "people", months)
    if max(people) < SOMEBODY:
        return message("answer.no_emergency")
    ends = {"first": round(people[0]), "last": round(people[-1])}
    span = {"start": month_words(months[0]), "end": month_words(months[-1])}
    if ends["first"] >= round(max(people)):
        return message("answer.emergency.most_first", **ends, **span)
    if ends["last"] >= round(max(people)):
        return message("answer.emergency.most_last", **ends, **span)
    return message("answer.emergency", **ends, **span, **_most(people, months))


def _dol(tables: Tables, months: Sequence[dt.date]) -> Message:
    frame = tables["dol"]
    prepared = monthly(frame, "prepared", months)
    if max(prepared) < SOMEBODY:
        return message("answer.no_dol")
    count = frame[frame["prepared"] >= SOMEBODY]["location"].nunique()
    at = months[prepared.index(max(prepared))]
    beds = [each for (_, month), each in dol_beds(tables).items() if month == at]
    used = {
        "dublin": round(fsum(each.dublin for each in beds)),
        "regular": round(fsum(each.regular for each in beds)),
        "empty": round(fsum(each.empty for each in beds)),
    }
    return message("answer.dol", count=count, **used, **_most(prepared, months))


def _decisions(decisions: pd.DataFrame) -> Message:
    frame = not_taken(decisions)
    counts = {
        each.value: 0
        if frame.empty
        else frame[(frame["decision"] == each.value) & (frame["value"].abs() > _SAME)][
            "location"
        ].nunique()
        for each in Decision
    }
    if not any(counts.values()):
        taken = len(frame) < len(decisions)
        return message("answer.all_decided" if taken else "answer.no_decisions")
    return message("answer.decisions", **counts)


def _without_decisions(runoff: pd.DataFrame, months: Sequence[dt.date]) -> Message:
    shortage = monthly(runoff, "shortage", months)
    if max(shortage) < SOMEBODY:
        return message("answer.no_shortage")
    return message("answer.shortage", **_most(shortage, months))
