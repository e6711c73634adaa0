"""A plan as one schema for other programs: facts with plan and scenario, and dimensions.

A fact is a result table with, before its own columns, which plan and scenario it is of, so that
facts of several plans can be put under one another. Dimensions hold what codes stand for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.core.display_names import called
from planner.core.errors import UnusableInputError
from planner.core.texts import Language, message, show
from planner.files.data_package import Field, Reference, Resource
from planner.input.column import Column, ColumnType
from planner.input.kinds import PlaceKind
from planner.model.rules.rule import Rule
from planner.result.plan_of_book import PlanOfBook
from planner.result.register import register
from planner.result.small_numbers import WithheldCount, withheld
from planner.sheets.result_tables import RESULT_TABLES, LevelName

_PLAN = Field("plan", "string", "Plan", "Kenmerk van de invoer / Fingerprint of the input")
_SCENARIO = Field("scenario", "string", "Scenario", "Scenario van het plan / Scenario of the plan")
_OF = ("plan", "scenario")
# The facts, each with the columns that tell its rows apart within a plan; none where none do.
FACTS: Mapping[str, tuple[str, ...]] = {
    "placement": ("location", "group", "kind", "month"),
    "places": ("location", "kind", "month"),
    "dol": ("location", "month"),
    "demand": ("group", "month"),
    "runoff": ("month",),
    "moves": (),
    "decisions": ("location", "decision", "month"),
    "shortfalls": (),
    "levels": ("name",),
    "costs": (),
}
# What a column of codes refers to: the dimension, by that column's name.
_DIMENSIONS = {
    "location": "locations",
    "group": "groups",
    "kind": "kinds",
    "month": "months",
    "rule": "rules",
    "province": "provinces",
    "municipality": "municipalities",
}
_TYPES = {ColumnType.NUMBER: "number", ColumnType.MONTH: "date", ColumnType.YES_NO: "boolean"}


def package_of(plan: PlanOfBook, *others: PlanOfBook) -> tuple[Resource, ...]:
    """Return the facts of plans in the numbers that are shown, and their dimensions.

    Facts of several plans stand under one another, told apart by plan and scenario. Raises
    `UnusableInputError` where two are of the same input and scenario, or where a code stands for
    something else in another plan: then one table cannot say what it stands for.
    """
    plans = (plan, *others)
    known = [(each.plan.fingerprint, each.scenario) for each in plans]
    for at, each in enumerate(plans):
        if known[at] in known[:at]:
            twice = called(each.scenario)
            raise UnusableInputError(message("export.same_plan", file=each.book.name, plan=twice))
    packages = [_package_of(each) for each in plans]
    names = dict.fromkeys(each.name for package in packages for each in package)
    return tuple(
        _together([each for package in packages for each in package if each.name == name])
        for name in names
    )


def _package_of(plan: PlanOfBook) -> tuple[Resource, ...]:
    shown = plan.shown()
    facts = [_fact(shown, key) for key in FACTS if key in shown.tables]
    return (*facts, *_dimensions(shown, facts))


def _together(parts: Sequence[Resource]) -> Resource:
    """Return a table of several plans as one: rows of facts, codes of dimensions once each."""
    first = parts[0]
    if len(parts) == 1:
        return first
    frame = pd.concat([each.frame for each in parts], ignore_index=True)
    if first.name not in FACTS:
        frame = frame.drop_duplicates(ignore_index=True)
        doubled = frame[frame.duplicated(list(first.key))]
        if not doubled.empty:
            code = ", ".join(str(doubled.iloc[0][key]) for key in first.key)
            raise UnusableInputError(message("export.differs", table=first.name, code=code))
    return replace(first, frame=frame)


def published(plan: PlanOfBook, least: int) -> tuple[Resource, ...]:
    """Return what may leave the house: people by place and group, none below `least` told.

    With the totals by place, by group and by month. A cell that is withheld is empty and says so;
    some of those are withheld so that the others cannot be worked out from the totals. Tables that
    tell of people in another way are left out. Decisions and dimensions stay.
    """
    shown = plan.shown()
    fact = _fact(shown, "placement")
    tallies: dict[str, list[dict[str, object]]] = {name: [] for name in _TALLIES}
    for month, rows in fact.frame.groupby("month", sort=True):
        counts: dict[tuple[tuple[str, str], str], float] = {}
        columns = (rows[key].tolist() for key in ("location", "kind", "group", "people"))
        for location, kind, group, people in zip(*columns, strict=True):
            at = ((str(location), str(kind)), str(group))
            counts[at] = counts.get(at, 0.0) + float(people)
        for cell in withheld(counts, least):
            tallies[_tally_of(cell)].append({"month": month, **_place(cell)})
    people = next(each for each in fact.fields if each.name == "people")
    hidden = Field(
        "withheld", "boolean", "Weggelaten / Withheld",
        f"Leeg, opdat geen aantal onder {least} te herleiden is / "
        f"Empty, so that no count below {least} can be worked out",
    )  # fmt: skip
    by_name = {each.name: each for each in fact.fields}
    facts = []
    for name, key in _TALLIES.items():
        fields = (*(by_name[each] for each in (*_OF, *key)), people, hidden)
        frame = pd.DataFrame(tallies[name], columns=[*key, "people", "withheld"])
        facts.append(_with_plan(shown, name, fact.title, fields, frame, key))
    # What a decision costs follows from how many live there.
    facts.append(_without(_fact(shown, "decisions"), "cost"))
    return (*facts, *_dimensions(shown, facts))


_TALLIES: Mapping[str, tuple[str, ...]] = {
    "placement": ("location", "kind", "group", "month"),
    "placement_by_place": ("location", "kind", "month"),
    "placement_by_group": ("group", "month"),
    "placement_by_month": ("month",),
}


def _tally_of(cell: WithheldCount) -> str:
    if cell.row is not None:
        return "placement" if cell.column is not None else "placement_by_place"
    return "placement_by_group" if cell.column is not None else "placement_by_month"


def _place(cell: WithheldCount) -> dict[str, object]:
    of: dict[str, object] = {"people": cell.value, "withheld": cell.value is None}
    if cell.row is not None:
        of["location"], of["kind"] = cell.row
    if cell.column is not None:
        of["group"] = cell.column
    return of


def _fact(plan: PlanOfBook, key: str) -> Resource:
    """Return a result table as a fact, with the plan and scenario that it is of."""
    declared = RESULT_TABLES[key]
    frame = plan.tables[key]
    columns = [each for each in declared.columns if each.key in frame.columns]
    own = pd.DataFrame({each.key: _plain(each, frame[each.key]) for each in columns})
    fields = (_PLAN, _SCENARIO, *(_field(each) for each in columns))
    title = f"{declared.title.nl} / {declared.title.en}"
    return _with_plan(plan, key, title, fields, own, FACTS[key])


def _without(fact: Resource, name: str) -> Resource:
    fields = tuple(each for each in fact.fields if each.name != name)
    return replace(fact, fields=fields, frame=fact.frame[[each.name for each in fields]])


def _with_plan(  # noqa: PLR0913, PLR0917 - a fact has these parts
    plan: PlanOfBook,
    name: str,
    title: str,
    fields: tuple[Field, ...],
    frame: pd.DataFrame,
    key: tuple[str, ...],
) -> Resource:
    frame = frame.reset_index(drop=True)
    frame.insert(0, "plan", plan.plan.fingerprint)
    frame.insert(1, "scenario", plan.scenario)
    references = [Reference(_OF, "plans")]
    references += [
        Reference((each.name,), _DIMENSIONS[each.name])
        for each in fields
        if each.name in _DIMENSIONS
    ]
    if name == "levels":
        references.append(Reference(("name",), "priorities", ("level",)))
    elif any(each.name == "level" for each in fields):
        references.append(Reference(("level",), "priorities"))
    frame = frame[[each.name for each in fields]]
    return Resource(name, title, fields, frame, (*_OF, *key) if key else (), tuple(references))


def _field(column: Column) -> Field:
    title = f"{column.title.nl} / {column.title.en}"
    kind = _TYPES.get(column.holds, "string")
    unit = column.unit
    if kind == "number" and not unit:
        # Of rows that each have their own, or of a decision: a share opened or extended, or places.
        unit = "share or places" if column.key == "value" else "as the field unit says"
    said = f"{column.meaning.nl} / {column.meaning.en}"
    return Field(column.key, kind, title, said, unit)


def _plain(column: Column, cells: pd.Series) -> pd.Series:
    if column.holds is ColumnType.NUMBER:
        return cells.astype(float)
    values = [
        None
        if each is None or each is pd.NaT or (isinstance(each, float) and pd.isna(each))
        else each
        if isinstance(each, bool | dt.date)
        else str(show(each, Language.EN))
        for each in cells.tolist()
    ]
    return pd.Series(values, dtype=object)


def _dimensions(plan: PlanOfBook, facts: Sequence[Resource]) -> tuple[Resource, ...]:
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
        for name in sorted({*sites, *used("location")})
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
        _dimension("plans", _OF, (("made", "Gemaakt", "Made"),), plans),
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
    known = {"plan": _PLAN, "scenario": _SCENARIO}
    said = "Code waarnaar verwezen wordt / Code that is referred to"
    fields = [known.get(each, Field(each, "string", each, said)) for each in key]
    fields += [Field(each, "string", f"{nl} / {en}", f"{nl} / {en}") for each, nl, en in more]
    frame = pd.DataFrame(list(rows), columns=[each.name for each in fields], dtype=object)
    return Resource(name, name, tuple(fields), frame, key)
