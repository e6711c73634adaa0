"""A plan as one schema for other programs: facts with plan and scenario, and dimensions.

A fact is a result table with, before its own columns, which plan and scenario it is of, so that
facts of several plans can be put under one another. Dimensions hold what codes stand for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.core.display_names import called
from planner.core.errors import UnusableInputError
from planner.core.joined_ids import JOINER
from planner.core.texts import Language, message, show
from planner.files.data_package import Field, Reference, Resource
from planner.input.column import Column, ColumnType
from planner.result.dimensions import DIMENSIONS, OF_PLAN, PLAN, SCENARIO, dimensions
from planner.result.plan_of_book import PlanOfBook
from planner.result.small_numbers import Counts, WithheldCount, withheld
from planner.sheets.result_tables import RESULT_TABLES, Decision

ROW = Field("row", "integer", "Rij / Row", "Nummer binnen het plan / Number within the plan")
# The facts, each with the columns that tell its rows apart within a plan. Where what tells them
# apart may be empty, as the location of a shortfall of a province, a row has a number.
FACTS: Mapping[str, tuple[str, ...]] = {
    "placement": ("location", "group", "kind", "month"),
    "places": ("location", "kind", "month"),
    "dol": ("location", "month"),
    "demand": ("group", "month"),
    "runoff": ("month",),
    "moves": ("location", "group", "month"),
    "decisions": ("location", "decision", "month"),
    "shortfalls": (ROW.name,),
    "levels": ("name",),
    "costs": (ROW.name,),
}
# Columns whose cells may hold several codes: the table that has them one by one.
_SEVERAL = {
    "moves": ("to", "moves_to"),
    "shortfalls": ("location", "shortfalls_locations"),
    "differences": ("location", "differences_locations"),
}
DECIMALS = 6  # what is beyond is rounding
_TYPES = {ColumnType.NUMBER: "number", ColumnType.MONTH: "date", ColumnType.YES_NO: "boolean"}


def package_of(plan: PlanOfBook, *others: PlanOfBook) -> tuple[Resource, ...]:
    """Return the facts of plans in the numbers that are shown, and their dimensions.

    Facts of several plans stand under one another, told apart by plan and scenario. Raises
    `UnusableInputError` where two are of the same input and scenario, or where a code stands for
    something else in another plan: then one table cannot say what it stands for.
    """
    plans = (plan, *others)
    _all_different(plans)
    return _under_one_another([_package_of(each) for each in plans])


def _all_different(plans: Sequence[PlanOfBook]) -> None:
    known = [(each.plan.fingerprint, each.scenario) for each in plans]
    for at, each in enumerate(plans):
        if known[at] in known[:at]:
            twice = called(each.scenario)
            raise UnusableInputError(message("export.same_plan", file=each.book.name, plan=twice))


def _under_one_another(packages: Sequence[Sequence[Resource]]) -> tuple[Resource, ...]:
    names = dict.fromkeys(each.name for package in packages for each in package)
    return tuple(
        _together([each for package in packages for each in package if each.name == name])
        for name in names
    )


def _package_of(plan: PlanOfBook) -> tuple[Resource, ...]:
    shown = plan.shown()
    facts = [each for key in FACTS if key in shown.tables for each in apart(_fact(shown, key))]
    return (*facts, *dimensions(shown, facts))


def _together(parts: Sequence[Resource]) -> Resource:
    """Return a table of several plans as one: rows of facts, codes of dimensions once each."""
    first = parts[0]
    if len(parts) == 1:
        return first
    frame = pd.concat([each.frame for each in parts], ignore_index=True)
    if not {*OF_PLAN} <= {*first.key}:
        frame = _said(frame.drop_duplicates(ignore_index=True), list(first.key))
        doubled = frame[frame.duplicated(list(first.key))]
        if not doubled.empty:
            code = ", ".join(str(doubled.iloc[0][key]) for key in first.key)
            raise UnusableInputError(message("export.differs", table=first.name, code=code))
    return replace(first, frame=frame)


def _said(codes: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return codes without those of which nothing is said where another row says what they are.

    What is withheld of a location of one plan is so of every plan, also of those that have none.
    """
    more = [each for each in codes.columns if each not in key]
    if not more:
        return codes
    silent = codes[more].isna().all(axis=1)
    known = set(codes.loc[~silent, key].itertuples(index=False, name=None))
    told = [each in known for each in codes[key].itertuples(index=False, name=None)]
    return codes[~(silent & pd.Series(told, index=codes.index))]


def published(least: int, *plans: PlanOfBook) -> tuple[Resource, ...]:
    """Return what may leave the house: people by place and group, none below `least` told.

    With the totals by place, by group and by month. A cell that is withheld is empty and says so;
    some of those are withheld so that the others cannot be worked out from the totals, and what is
    withheld of one plan is of each, for much is the same in them. Tables that tell of people in
    another way are left out. Decisions and dimensions stay. Errors as for `package_of`.
    """
    _all_different(plans)
    shown = [each.shown() for each in plans]
    counted = [_counts(each) for each in shown]
    tallies: list[dict[str, list[dict[str, object]]]] = [
        {name: [] for name in _TALLIES} for _ in plans
    ]
    for month in sorted({month for counts in counted for month in counts}):
        having = [at for at, counts in enumerate(counted) if month in counts]
        told = withheld(least, *(counted[at][month] for at in having))
        for at, cells in zip(having, told, strict=True):
            for cell in cells:
                tallies[at][_tally_of(cell)].append({"month": month, **_place(cell)})
    return _under_one_another(
        [_published(each, least, own) for each, own in zip(shown, tallies, strict=True)]
    )


def _counts(plan: PlanOfBook) -> dict[dt.date, Counts]:
    """Return the people of a plan by month, place and group."""
    found: dict[dt.date, dict[tuple[tuple[str, str], str], float]] = {}
    frame = plan.tables["placement"]
    columns = (frame[key].tolist() for key in ("month", "location", "kind", "group", "people"))
    for month, location, kind, group, people in zip(*columns, strict=True):
        counts = found.setdefault(month, {})
        at = ((str(location), str(kind)), str(group))
        counts[at] = counts.get(at, 0.0) + float(people)
    return {month: dict(counts) for month, counts in found.items()}


def _published(
    shown: PlanOfBook, least: int, tallies: Mapping[str, list[dict[str, object]]]
) -> tuple[Resource, ...]:
    fact = _fact(shown, "placement")
    people = next(each for each in fact.fields if each.name == "people")
    hidden = Field(
        "withheld", "boolean", "Weggelaten / Withheld",
        f"Leeg, opdat geen aantal onder {least} te herleiden is / "
        f"Empty, so that no count below {least} can be worked out",
    )  # fmt: skip
    by_name = {each.name: each for each in fact.fields}
    facts = []
    for name, key in _TALLIES.items():
        fields = (*(by_name[each] for each in (*OF_PLAN, *key)), people, hidden)
        frame = pd.DataFrame(tallies[name], columns=[*key, "people", "withheld"])
        facts.append(_with_plan(shown, name, fact.title, fields, frame, key))
    # What a decision costs follows from how many live there.
    facts.append(_without(_fact(shown, "decisions"), "cost"))
    return (*facts, *dimensions(shown, facts))


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
    fields = [field_of(each) for each in columns]
    if key == "decisions":
        own["unit"] = [DECISION_UNITS[str(each)] for each in own["decision"]]
        fields.append(field_of(RESULT_TABLES["shortfalls"].column("unit")))
    if FACTS[key] == (ROW.name,):
        own.insert(0, ROW.name, range(1, len(own) + 1))
        fields.insert(0, ROW)
    title = f"{declared.title.nl} / {declared.title.en}"
    return _with_plan(plan, key, title, (PLAN, SCENARIO, *fields), own, FACTS[key])


def apart(fact: Resource) -> Iterator[Resource]:
    """Yield a fact, and a table of its own for a column that may hold several codes in a cell.

    A column that tells rows apart nowhere goes there whole; a location stays where it is one.
    """
    column, name = _SEVERAL.get(fact.name, ("", ""))
    if not column:
        yield fact
        return
    cells = fact.frame[column].fillna("")
    lists = [str(each).split(JOINER) if each else [] for each in cells]
    several = fact.frame[[*fact.key]].copy()
    several[column] = lists
    if column == "to":
        yield _without(fact, column)
    else:
        single = fact.frame.copy()
        single[column] = [each[0] if len(each) == 1 else None for each in lists]
        yield replace(fact, frame=single)
        several = several[[len(each) > 1 for each in lists]]
    frame = several.explode(column).dropna(subset=[column]).reset_index(drop=True)
    of = (*fact.key, column)
    fields = tuple(each for name in of for each in fact.fields if each.name == name)
    references = (
        Reference(OF_PLAN, "plans"), Reference(fact.key, fact.name),
        *(each for each in fact.references if each.fields == (column,)),
    )  # fmt: skip
    yield Resource(name, fact.title, fields, frame, of, references)


def _without(fact: Resource, name: str) -> Resource:
    fields = tuple(each for each in fact.fields if each.name != name)
    names = [each.name for each in fields]
    kept = tuple(each for each in fact.references if {*each.fields} <= {*names})
    return replace(fact, fields=fields, frame=fact.frame[names], references=kept)


DECISION_UNITS: Mapping[str, str] = {
    each.value: "places" if each is Decision.PREPARE_DOL else "share of the location"
    for each in Decision
}


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
    references = [Reference(OF_PLAN, "plans")]
    references += [
        Reference((each.name,), *DIMENSIONS[each.name])
        for each in fields
        if each.name in DIMENSIONS
    ]
    if name == "levels":
        references.append(Reference(("name",), "priorities", ("level",)))
    elif any(each.name == "level" for each in fields):
        references.append(Reference(("level",), "priorities"))
    frame = frame[[each.name for each in fields]]
    return Resource(name, title, fields, frame, (*OF_PLAN, *key), tuple(references))


def field_of(column: Column) -> Field:
    """Return a column of a sheet as a field; a number without a unit has its own in each row."""
    title = f"{column.title.nl} / {column.title.en}"
    kind = _TYPES.get(column.holds, "string")
    unit = column.unit
    if kind == "number" and not unit:
        unit = "as the field unit says"
    said = f"{column.meaning.nl} / {column.meaning.en}"
    return Field(column.key, kind, title, said, unit)


def _plain(column: Column, cells: pd.Series) -> pd.Series:
    if column.holds is ColumnType.NUMBER:
        return cells.astype(float).round(DECIMALS)
    values = [
        None
        if each is None or each is pd.NaT or (isinstance(each, float) and pd.isna(each))
        else each
        if isinstance(each, bool | dt.date)
        else str(show(each, Language.EN))
        for each in cells.tolist()
    ]
    return pd.Series(values, dtype=object)
