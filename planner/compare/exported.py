"""What differs between plans, for other programs: figures and inputs, each against the base.

Figures of all subjects stand in one table, told apart by `subject` and `name`; what they are of
stands in columns of its own, empty where it does not apply.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

import pandas as pd

from planner.compare.areas import AREAS, SORTS
from planner.compare.comparison import Comparison, compare
from planner.compare.inputs import INPUTS
from planner.compare.theme import ComparedTheme, difference_column, plan_column
from planner.core.texts import Language, Text, show
from planner.files.data_package import Field, Reference, Resource
from planner.input.location import Location
from planner.result import PlanOfBook
from planner.result.dimensions import DIMENSIONS, OF_PLAN, PLAN, SCENARIO
from planner.result.schema import DECIMALS, DECISION_UNITS, ROW, apart, field_of
from planner.sheets.result_tables import RESULT_TABLES

_BASE = Field("base", "string", "Basis / Base", "Kenmerk van de basis / Fingerprint of the base")
_BASE_SCENARIO = Field(
    "base_scenario", "string", "Scenario van de basis / Scenario of the base",
    "Scenario van het plan waarmee vergeleken is / Scenario of the plan compared with",
)  # fmt: skip
_OF = (PLAN, SCENARIO, ROW, _BASE, _BASE_SCENARIO)
# Of which place and month a figure is: columns of result sheets.
_PLACES = ("rule", "location", "kind", "province", "municipality", "region", "month")
_UNIT = RESULT_TABLES["shortfalls"].column("unit")
# Parts of the cost are measures too; inputs and which rules bind are no figures.
_NO_FIGURES = frozenset({"cost", INPUTS, "rules", "rules_places"})
_NAMES = {"places": ("places.places", "places"), "occupancy": ("placement.people", "persons")}


def differences(base: PlanOfBook, others: Sequence[PlanOfBook]) -> tuple[Resource, ...]:
    """Return the figures and the cells of the input in which plans differ from the base.

    Each plan is compared with the base alone. Nothing where there is no other.
    """
    if not others:
        return ()
    made = [compare((base.shown(), each.shown())) for each in others]
    figures = _resource(
        "differences", "Verschillen / Differences",
        [
            *(_text(*each) for each in (
                ("subject", "Onderwerp", "Subject"), ("name", "Wat", "What"),
            )),
            *(field_of(RESULT_TABLES[_HOME.get(each, "shortfalls")].column(each))
              for each in _PLACES),
            *(Field(key, "number", title, title, "as the field unit says") for key, title in (
                ("base_value", "Basis / Base"), ("value", "Dit plan / This plan"),
                ("difference", "Verschil / Difference"),
            )),
            field_of(_UNIT),
        ],
        [(each, list(_figures(each))) for each in made],
    )  # fmt: skip
    inputs = _resource(
        "input_differences", "Verschillen in de invoer / Differences in the input",
        [
            _text(*each) for each in (
                ("table", "Tabel", "Table"), ("key", "Sleutel", "Key"),
                ("column", "Kolom", "Column"), ("base_value", "Basis", "Base"),
                ("value", "Dit plan", "This plan"),
            )
        ],
        [(each, list(_inputs(each.themes[INPUTS]))) for each in made],
    )  # fmt: skip
    return (*apart(figures), inputs)


_HOME = {"municipality": "costs"}


def _text(key: str, nl: str, en: str) -> Field:
    return Field(key, "string", f"{nl} / {en}", f"{nl} / {en}")


def _resource(
    name: str,
    title: str,
    fields: Sequence[Field],
    told: Sequence[tuple[Comparison, list[dict[str, object]]]],
) -> Resource:
    """Return the rows of comparisons as a table, each with both plans and a number."""
    rows = []
    for made, found in told:
        base, other = made.plans
        of = {
            PLAN.name: other.plan.fingerprint, SCENARIO.name: other.scenario,
            _BASE.name: base.plan.fingerprint, _BASE_SCENARIO.name: base.scenario,
        }  # fmt: skip
        rows += [{**of, ROW.name: at, **row} for at, row in enumerate(found, 1)]
    whole = (*_OF, *fields)
    frame = pd.DataFrame(rows, columns=[each.name for each in whole])
    references = [
        Reference(OF_PLAN, "plans"),
        Reference((_BASE.name, _BASE_SCENARIO.name), "plans", OF_PLAN),
        *(Reference((each.name,), *DIMENSIONS[each.name]) for each in whole
          if each.name in DIMENSIONS),
    ]  # fmt: skip
    return Resource(name, title, whole, frame, (*OF_PLAN, ROW.name), tuple(references))


def _figures(made: Comparison) -> Iterator[dict[str, object]]:
    for theme in made.themes.values():
        if theme.key in _NO_FIGURES:
            continue
        rows = theme.frame[theme.differs(1)].to_dict("records")
        areas = _areas(made) if theme.key == AREAS else {}
        for row in rows:
            told: dict[str, object] = {each: row[each] or None for each in theme.keys}
            name, unit = _named(theme, row)
            if theme.key == AREAS:
                told = areas[row["sort"], row["area"]]
            yield {
                **{each: value for each, value in told.items() if each in _PLACES},
                "subject": theme.key, "name": name, "unit": unit,
                "base_value": round(row[plan_column(0)], DECIMALS),
                "value": round(row[plan_column(1)], DECIMALS),
                "difference": round(row[difference_column(1)], DECIMALS),
            }  # fmt: skip


def _named(theme: ComparedTheme, row: Mapping[Hashable, object]) -> tuple[str, str]:
    """Return what a figure is called, by its table and column, and its unit."""
    if theme.key in _NAMES:
        return _NAMES[theme.key]
    if theme.key == "decisions":
        return str(row["decision"]), DECISION_UNITS[str(row["decision"])]
    if "series" in row:
        table, _, column = str(row["series"]).partition(".")
        own = "persons" if theme.key == "people" else RESULT_TABLES[table].column(column).unit
        return str(row["series"]), own
    name = next((str(row[each]) for each in ("name", "what") if each in row), "shortfalls.amount")
    return name, str(show(row["unit"], Language.EN))


def _areas(made: Comparison) -> dict[tuple[str, str], dict[str, object]]:
    """Return the columns that each area fills, by its sort and how it is called there."""
    sites: list[Location] = [site for plan in made.plans for site in plan.sites.values()]
    found: dict[tuple[str, str], dict[str, object]] = {}
    for site in sites:
        for sort, called in SORTS.items():
            own: dict[str, object] = {sort: getattr(site, sort)}
            if sort == "municipality":
                own["province"] = site.province or None
            found[sort, called(site)] = own
    return found


def _inputs(theme: ComparedTheme) -> Iterator[dict[str, object]]:
    for row in theme.differing.to_dict("records"):
        values = {"base_value": row[plan_column(0)], "value": row[plan_column(1)]}
        yield {
            "table": row["table_key"], "key": row["key"], "column": row["column_key"],
            **{each: _written(value) for each, value in values.items()},
        }  # fmt: skip


def _written(value: object) -> str | None:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return None
    return value.en if isinstance(value, Text) else str(value)
