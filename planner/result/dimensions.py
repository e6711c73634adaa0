"""The dimensions of a plan's schema: what the codes in its facts stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.files.data_package import Field, Reference, Resource
from planner.input.kinds import PlaceKind
from planner.model.rules.rule import Rule
from planner.result.plan_of_book import PlanOfBook
from planner.result.register import register
from planner.sheets.result_tables import LevelName

PLAN = Field("plan", "string", "Plan", "Kenmerk van de invoer / Fingerprint of the input")
SCENARIO = Field("scenario", "string", "Scenario", "Scenario van het plan / Scenario of the plan")
OF_PLAN = ("plan", "scenario")
# What a column of codes refers to, by its name: the dimension, and the column there.
DIMENSIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "location": ("locations", ("location",)),
    "to": ("locations", ("location",)),
    "group": ("groups", ("group",)),
    "kind": ("kinds", ("kind",)),
    "month": ("months", ("month",)),
    "rule": ("rules", ("rule",)),
    "province": ("provinces", ("province",)),
    "municipality": ("municipalities", ("municipality",)),
}


def dimensions(plan: PlanOfBook, facts: Sequence[Resource]) -> tuple[Resource, ...]:
    """Return what the codes in the facts stand for; a code that the input lacks stands alone."""

    def used(column: str) -> list[str]:
        found = {
            str(value)
            for each in facts
            if column in each.frame.columns
            for value in each.frame[column].dropna().tolist()
        }
        return sorted(found)

    sites = plan.sites
    locations = [
        (
            name,
            *(
                (
                    site.name,
                    site.municipality,
                    site.province,
                    site.region,
                    str(site.type),
                    str(site.status),
                )
                if (site := sites.get(name)) is not None
                else (None,) * 6
            ),
        )
        for name in sorted({*sites, *used("location"), *used("to")})
    ]
    provinces = {*used("province"), *(str(each[3]) for each in locations if each[3])}
    towns = {*used("municipality"), *(str(each[2]) for each in locations if each[2])}
    groups = {str(each.group): each for each in plan.records("groups")}
    months = {
        value
        for each in facts
        if "month" in each.frame.columns
        for value in each.frame["month"].dropna().tolist()
    } | set(plan.months)
    rules = {each.rule.name: each.rule for each in register()}
    plans = [(plan.plan.fingerprint, plan.scenario, plan.provenance.get("made", ""))]
    grounds = [
        (each, str(groups[each].ground) if each in groups else None)
        for each in sorted({*groups, *used("group")})
    ]
    levels = [(str(each), each.label.nl, each.label.en) for each in LevelName]
    return (
        _dimension("plans", OF_PLAN, (("made", "Gemaakt", "Made"),), plans),
        replace(
            _dimension(
                "locations", ("location",),
                (
                    ("name", "Naam", "Name"), ("municipality", "Gemeente", "Municipality"),
                    ("province", "Provincie", "Province"), ("region", "Regio", "Region"),
                    ("type", "Type", "Type"), ("status", "Status", "Status"),
                ),
                [tuple(each or None for each in row) for row in locations],
            ),
            references=(
                Reference(("municipality",), "municipalities"),
                Reference(("province",), "provinces"),
            ),
        ),
        _dimension("provinces", ("province",), (), [(each,) for each in sorted(provinces)]),
        _dimension("municipalities", ("municipality",), (), [(each,) for each in sorted(towns)]),
        _dimension(
            "groups", ("group",), (("ground", "Rechtsgrond", "Ground"),),
            grounds,
        ),
        _titled("kinds", "kind", [(str(each), each.label.nl, each.label.en) for each in PlaceKind]),
        _titled("priorities", "level", levels),
        _months(months),
        _dimension(
            "rules", ("rule",),
            (
                ("title_nl", "Titel (nl)", "Title (nl)"), ("title_en", "Titel (en)", "Title (en)"),
                ("standing", "Berust op", "Rests on"), ("source", "Bron", "Source"),
                ("unit", "Eenheid", "Unit"),
            ),
            [_rule_row(name, rules) for name in sorted({*rules, *used("rule")})],
        ),
    )  # fmt: skip


def _rule_row(name: str, rules: Mapping[str, Rule]) -> tuple[str | None, ...]:
    rule = rules.get(name)
    if rule is None:
        return (name, *(None,) * 5)
    title = rule.title
    sources = "; ".join(each.label.en for each in rule.sources)
    standing, unit = str(rule.standing), str(rule.unit)
    return (name, title.nl, title.en, standing, sources or None, unit)


def _titled(name: str, key: str, rows: Iterable[tuple[str, str, str]]) -> Resource:
    columns = (("title_nl", "Titel (nl)", "Title (nl)"), ("title_en", "Titel (en)", "Title (en)"))
    return _dimension(name, (key,), columns, list(rows))


def _months(months: Iterable[dt.date]) -> Resource:
    rows = sorted(months)
    fields = (
        Field("month", "date", "Maand / Month", "Eerste dag van de maand / First day of the month"),
        Field("year", "number", "Jaar / Year", "Kalenderjaar / Calendar year", "year"),
        Field(
            "number", "number", "Nummer / Number", "1 tot en met 12 / 1 to 12", "month of the year"
        ),
    )
    frame = pd.DataFrame(
        {
            "month": rows,
            "year": [each.year for each in rows],
            "number": [each.month for each in rows],
        }
    )
    return Resource("months", "months", fields, frame, ("month",))


def _dimension(
    name: str,
    key: tuple[str, ...],
    more: Sequence[tuple[str, str, str]],
    rows: Sequence[tuple[object, ...]],
) -> Resource:
    known = {"plan": PLAN, "scenario": SCENARIO}
    said = "Code waarnaar verwezen wordt / Code that is referred to"
    fields = [known.get(each, Field(each, "string", each, said)) for each in key]
    fields += [Field(each, "string", f"{nl} / {en}", f"{nl} / {en}") for each, nl, en in more]
    frame = pd.DataFrame(list(rows), columns=[each.name for each in fields], dtype=object)
    return Resource(name, name, tuple(fields), frame, key)
