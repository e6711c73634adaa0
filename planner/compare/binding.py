"""Which rules bind in each plan: over the whole plan, and place by place with their months."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import pandas as pd

from planner.compare.theme import ComparedTheme, plan_column
from planner.core.texts import Language, Text, message, show_month
from planner.input.months import later
from planner.input.switches import OFF, is_switch, switch_of, switch_value
from planner.model.rules import RULES
from planner.result import PlanOfBook

RULES_BIND, RULES_PLACES = "rules", "rules_places"
PLACE = ("rule", "location", "province", "region")
# A limit that is used up to this part of its size leaves no room.
WHOLLY = 1 - 1e-6
# The rules whose limits stand in the result tables, so that they are known in every month.
BEDS, PREPARED = "places_within_beds", "dol_within_prepared"

NEVER: frozenset[dt.date] = frozenset()

BindingKey = tuple[str, str, str, str]
Months = Mapping[BindingKey, frozenset[dt.date]]


def rules_off(plan: PlanOfBook) -> frozenset[str]:
    """Return the rules that are switched off in a plan, with those that follow them."""
    frame = plan.inputs.frame("parameters")
    if "parameter" not in frame or "value" not in frame:
        return frozenset()
    named = zip(frame["parameter"].tolist(), frame["value"].tolist(), strict=True)
    off = {
        str(name)
        for name, value in named
        if isinstance(name, str) and is_switch(name) and switch_value(value) == OFF
    }
    return frozenset(
        each.name
        for each in RULES
        if {switch_of(each.name), switch_of(each.follows or each.name)} & off
    )


def binding_rules(plan: PlanOfBook, *, explained: bool) -> frozenset[str]:
    """Return the rules that bind in a plan: those that fall short or whose limits are told of."""
    short = set(plan.tables["shortfalls"]["rule"].tolist())
    if not explained:
        return frozenset(short)
    explanation = plan.tables["explanation"].reindex(columns=["part", "rule"])
    both = message("explain.is.limit").both
    limits = explanation["part"].isin([both, both.nl, both.en])
    return frozenset(short | {each for each in explanation.loc[limits, "rule"] if each})


def rules_theme(plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return which rules bind in each plan: a limit of it matters, or it falls short.

    Where a plan comes without its explanation, only falling short is compared.
    """
    explained = all("explanation" in each.tables for each in plans)
    binding = [binding_rules(each, explained=explained) for each in plans]
    names = [each.name for each in RULES if any(each.name in bound for bound in binding)]
    columns: dict[str, list[object]] = {"rule": list(names)}
    for number, bound in enumerate(binding):
        columns[plan_column(number)] = [name in bound for name in names]
    return ComparedTheme(RULES_BIND, ("rule",), pd.DataFrame(columns, dtype=object), len(plans))


def places_theme(plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return where rules bind and in which months, as far as the plans' own tables tell.

    That is where a rule falls short, where all beds are in use, and where all DOL that is fitted
    out is. A plan that does not have a location, or has the rule switched off, is not known there.
    """
    bound = [dict(binding_months(each)) for each in plans]
    order = {each.name: at for at, each in enumerate(RULES)}
    keys = dict.fromkeys(key for months in bound for key in months)
    # Locations stay in the order of the input: only rules are put in theirs.
    ranked = sorted(keys, key=lambda key: order.get(key[0], len(order)))
    columns: dict[str, list[object]] = {
        name: [key[at] for key in ranked] for at, name in enumerate(PLACE)
    }
    for number, (plan, months) in enumerate(zip(plans, bound, strict=True)):
        off = rules_off(plan)
        columns[plan_column(number)] = [
            _told(months.get(key, NEVER)) if _known(plan, key, off) else None for key in ranked
        ]
    return ComparedTheme(RULES_PLACES, PLACE, pd.DataFrame(columns, dtype=object), len(plans))


def binding_months(plan: PlanOfBook) -> Months:
    """Return the months in which each rule binds at each place."""
    found: dict[BindingKey, set[dt.date]] = defaultdict(set)
    for key, month in (*_short(plan), *_full(plan)):
        found[key].add(month)
    return {key: frozenset(months) for key, months in found.items()}


def _short(plan: PlanOfBook) -> Iterator[tuple[BindingKey, dt.date]]:
    """Yield where and when rules fall short."""
    frame = plan.tables["shortfalls"].reindex(columns=[*PLACE, "month"])
    columns = [frame[name].where(frame[name].notna(), "").tolist() for name in PLACE]
    months = frozenset(plan.months)
    for key, month in zip(zip(*columns, strict=True), frame["month"].tolist(), strict=True):
        if month in months:
            yield key, month


def _full(plan: PlanOfBook) -> Iterator[tuple[BindingKey, dt.date]]:
    """Yield where and when all beds, or all DOL fitted out, are in use."""
    by = ["location", "month"]
    places = plan.tables["places"].groupby(by, sort=False).agg({"places": "sum", "beds": "max"})
    yield from _used_up(BEDS, places["places"], places["beds"])
    dol = plan.tables.get("dol")
    if dol is not None and not dol.empty:
        parts = dol.groupby(by, sort=False)[["in_use", "prepared"]].sum()
        yield from _used_up(PREPARED, parts["in_use"], parts["prepared"])


def _used_up(rule: str, used: pd.Series, limit: pd.Series) -> Iterator[tuple[BindingKey, dt.date]]:
    whole = (limit > 0) & (used >= WHOLLY * limit)
    for location, month in used.index[whole].tolist():
        yield (rule, location, "", ""), month


def _known(plan: PlanOfBook, key: BindingKey, off: frozenset[str]) -> bool:
    rule, location, *_ = key
    there = location in plan.locations or not location or ";" in location
    return there and rule not in off


@cache
def _told(months: frozenset[dt.date]) -> Text:
    """Return months in words, those that follow one another taken together."""
    if not months:
        return message("compare.binds_not").both
    runs: list[list[dt.date]] = []
    ordered = sorted(months)
    for before, each in pairwise([None, *ordered]):
        if each is not None and before is not None and each == later(before, 1):
            runs[-1].append(each)
        elif each is not None:
            runs.append([each])
    return Text(*(_spans(runs, language) for language in Language))


def _spans(runs: Sequence[Sequence[dt.date]], language: Language) -> str:
    spans = []
    for run in runs:
        first, last = (show_month(run[end], language) for end in (0, -1))
        key = "compare.paper.span"
        told = message(key, first=first, last=last).text(language)
        spans.append(first if len(run) == 1 else told)
    return ", ".join(spans)
