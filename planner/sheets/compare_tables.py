"""The sheets of a comparison: which columns each has, with one or two for every plan.

Plans are called as their users call them, so their names stand in headers and cells, never in the
names of sheets, which Excel keeps short and plain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.core.display_names import called
from planner.core.texts import Text, message
from planner.input.column import Column, ColumnType
from planner.input.kinds import PlaceKind
from planner.sheets.result_table import ResultTable, result_column
from planner.sheets.result_tables import Decision

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH, YES_NO, ANY = (
    ColumnType.NUMBER,
    ColumnType.MONTH,
    ColumnType.YES_NO,
    ColumnType.ANY,
)

# Which row of the input is meant, for other programs; people read its name.
ROW_KEY = "key"

_LOCATION = result_column("location", "Locatie", "Location", IDENTIFIER)
_LOCATION_NAME = result_column("location_name", "Naam", "Name", TEXT)
_KIND = result_column("kind", "Soort", "Kind", CHOICE, choices=PlaceKind)
_DECISION = result_column("decision", "Besluit", "Decision", CHOICE, choices=Decision)
_MONTH = result_column("month", "Maand", "Month", MONTH)
_RULE_TITLE = result_column("rule_title", "Regel", "Rule", TEXT)
_SOURCE = result_column("source", "Bron", "Source", TEXT)
_PROVINCE = result_column("province", "Provincie", "Province", IDENTIFIER)
_REGION = result_column("region", "Regio", "Region", IDENTIFIER)
_UNIT = result_column("unit", "Eenheid", "Unit", TEXT)
_TITLE = result_column("title", "Wat", "What", TEXT)
_SERIES = result_column("series", "Wat", "What", TEXT)
_PLAN = result_column("name", "Plan", "Plan", TEXT)


@dataclass(frozen=True)
class _Sheet:
    """A sheet of a comparison: its title, what it is about, and the columns before the plans'."""

    title: Text
    meaning: Text
    columns: tuple[Column, ...]
    holds: ColumnType = NUMBER
    differences: bool = True


_SHEETS: Mapping[str, _Sheet] = {
    "inputs": _Sheet(
        Text("Invoer", "Inputs"),
        Text("Cellen en regels van de invoer die verschillen", "Cells and rows that differ"),
        (
            result_column("table", "Tabel", "Table", TEXT),
            result_column("row_name", "Rij", "Row", TEXT),
            result_column("column", "Kolom", "Column", TEXT),
            result_column("sheet", "Blad", "Sheet", TEXT),
            result_column("cell", "Cel", "Cell", TEXT),
            result_column(ROW_KEY, "Sleutel", "Key", IDENTIFIER),
        ),
        ANY,
    ),
    "levels": _Sheet(
        Text("Niveaus", "Levels"),
        Text("Niveaus die verschillen, in hun volgorde", "Levels that differ, in their order"),
        (_TITLE, _UNIT),
    ),
    "measures": _Sheet(
        Text("Maten", "Measures"),
        Text("Kerncijfers die verschillen", "Key figures that differ"),
        (_TITLE, _UNIT),
    ),
    "cost": _Sheet(
        Text("Kosten", "Cost"),
        Text("Delen van de kosten die verschillen", "Parts of the cost that differ"),
        (_TITLE, _UNIT),
    ),
    "decisions": _Sheet(
        Text("Besluiten", "Decisions"),
        Text(
            "Besluiten die verschillen: deel van de locatie, of plaatsen ingericht",
            "Decisions that differ: part of the location, or places fitted out",
        ),
        (_LOCATION, _LOCATION_NAME, _DECISION, _MONTH),
    ),
    "runoff": _Sheet(
        Text("Verloop", "Run-off"),
        Text("Maanden waarin het verloop verschilt", "Months in which the run-off differs"),
        (_SERIES, _MONTH),
    ),
    "dol": _Sheet(
        Text("DOL", "DOL"),
        Text("Maanden waarin DOL verschilt", "Months in which DOL differs"),
        (_SERIES, _MONTH),
    ),
    "people": _Sheet(
        Text("Regulier en nood", "Regular and emergency"),
        Text(
            "Maanden waarin het aantal mensen in noodopvang of elders verschilt",
            "Months in which the people in emergency reception or elsewhere differ",
        ),
        (_SERIES, _MONTH),
    ),
    "areas": _Sheet(
        Text("Gebieden", "Areas"),
        Text(
            "Per provincie, gemeente en regio, grootste verschillen eerst",
            "By province, municipality and region, largest differences first",
        ),
        (
            result_column("sort_title", "Soort gebied", "Kind of area", TEXT),
            result_column("area", "Gebied", "Area", TEXT),
            _TITLE,
            _UNIT,
        ),
    ),
    "shortfalls_rule": _Sheet(
        Text("Tekorten per artikel", "Shortfalls by article"),
        Text("Tekorten over alle maanden, per regel", "Shortfalls of all months, by rule"),
        (_RULE_TITLE, _SOURCE, _UNIT),
    ),
    "shortfalls_province": _Sheet(
        Text("Tekorten per provincie", "Shortfalls by province"),
        Text("Tekorten over alle maanden, per provincie", "Shortfalls of all months, by province"),
        (_PROVINCE, _RULE_TITLE, _SOURCE, _UNIT),
    ),
    "shortfalls_location": _Sheet(
        Text("Tekorten per locatie", "Shortfalls by location"),
        Text("Tekorten over alle maanden, per locatie", "Shortfalls of all months, by location"),
        (_LOCATION, _LOCATION_NAME, _RULE_TITLE, _SOURCE, _UNIT),
    ),
    "rules": _Sheet(
        Text("Regels die knellen", "Rules that bind"),
        Text(
            "Regels die in het ene plan knellen en in het andere niet",
            "Rules that bind in one plan and not in another",
        ),
        (_RULE_TITLE, _SOURCE),
        YES_NO,
        differences=False,
    ),
    "rules_places": _Sheet(
        Text("Waar regels knellen", "Where rules bind"),
        Text(
            "Plekken waar een regel in het ene plan in andere maanden knelt dan in het andere",
            "Places where a rule binds in other months in one plan than in another",
        ),
        (_RULE_TITLE, _SOURCE, _LOCATION, _LOCATION_NAME, _PROVINCE, _REGION),
        TEXT,
        differences=False,
    ),
    "places": _Sheet(
        Text("Plaatsen", "Places"),
        Text("Plaatsen in gebruik die verschillen", "Places in use that differ"),
        (_LOCATION, _LOCATION_NAME, _KIND, _MONTH),
    ),
    "occupancy": _Sheet(
        Text("Mensen", "People"),
        Text("Aantallen mensen die verschillen", "Numbers of people that differ"),
        (_LOCATION, _LOCATION_NAME, _KIND, _MONTH),
    ),
}


def beside_table(names: Sequence[str]) -> ResultTable:
    """Return the first sheet for plans of these names, the base first."""
    base = message("compare.column.base", name=called(names[0])).both
    columns = [_named("plan_0", base, NUMBER)]
    for number, name in enumerate(names[1:], start=1):
        less = message("compare.column.difference", name=called(name)).both
        worth = message("compare.column.verdict", name=called(name)).both
        columns += [
            _named(f"plan_{number}", called(name), NUMBER),
            _named(f"difference_{number}", less, NUMBER),
            _named(f"verdict_{number}", worth, TEXT),
        ]
    return ResultTable(
        "beside",
        Text("Naast elkaar", "Side by side"),
        Text(
            "Mensen zonder plaats eerst, dan wat verder tekortkomt en elke prioriteit",
            "People without a place first, then what else lacks and each priority",
        ),
        (_TITLE, _UNIT, *columns),
    )


WORDS = ResultTable(
    "comparison",
    Text("Vergelijking", "Comparison"),
    Text("Wat verschilt, in woorden", "What differs, in words"),
    (_PLAN, result_column("sentence", "Wat verschilt", "What differs", TEXT)),
)

CHANGES = ResultTable(
    "changes",
    Text("Wijzigingen", "Changes"),
    Text("Was, wordt, omdat: van de basis naar elk plan", "Was, becomes, because: base to plan"),
    (
        _PLAN,
        _LOCATION,
        _LOCATION_NAME,
        _KIND,
        result_column("first", "Eerste maand", "First month", MONTH),
        result_column("last", "Laatste maand", "Last month", MONTH),
        result_column("was", "Was", "Was", NUMBER, unit="places"),
        result_column("becomes", "Wordt", "Becomes", NUMBER, unit="places"),
        result_column("because", "Omdat", "Because", TEXT),
    ),
)


def _regret_columns() -> Iterator[Column]:
    figures = (
        ("unplaced", "Zonder plaats", "Without a place", "person-months"),
        ("protected", "Beschermde groepen", "Protected groups", "person-months"),
        ("emergency", "In noodopvang", "In emergency", "person-months"),
        ("cost", "Kosten", "Cost", "euro"),
    )
    for key, nl, en, unit in figures:
        yield result_column(key, nl, en, NUMBER, unit=unit)
        yield result_column(
            f"regret_{key}", f"Spijt: {nl.lower()}", f"Regret: {en.lower()}", NUMBER, unit=unit
        )


REGRET = ResultTable(
    "regret",
    Text("Spijt", "Regret"),
    Text(
        "De besluiten van elk scenario, beproefd in elk ander",
        "The decisions of each scenario, tried in every other",
    ),
    (
        result_column("decisions_of", "Besluiten van", "Decisions of", TEXT),
        result_column("scenario", "Als dit gebeurt", "If this happens", TEXT),
        result_column(
            "first_title", "Eerste niveau dat verschilt", "First level that differs", TEXT
        ),
        result_column("first_regret", "Spijt daar", "Regret there", NUMBER),
        *_regret_columns(),
        result_column("departed", "Niet uitvoerbaar, in plaatsen", "Not feasible, places", NUMBER),
        result_column("without_use", "Besluiten zonder doel", "Decisions without use", NUMBER),
    ),
)


def glance_table(names: Sequence[str]) -> ResultTable:
    """Return the sheet of a regret matrix: decisions down, what happens across."""
    columns = [
        result_column(f"happens_{number}", called(name).nl, called(name).en, TEXT)
        for number, name in enumerate(names)
    ]
    return ResultTable(
        "regret_matrix",
        Text("Spijtmatrix", "Regret matrix"),
        Text(
            "Besluiten per rij, wat er gebeurt per kolom: het eerste niveau dat verschilt",
            "Decisions by row, what happens by column: the first level that differs",
        ),
        (result_column("decisions_of", "Besluiten van", "Decisions of", TEXT), *columns),
    )


CONTRIBUTIONS = ResultTable(
    "contributions",
    Text("Bijdragen", "Contributions"),
    Text(
        "Wat elke wijziging van een scenario bijdraagt aan het verschil met de basis",
        "What each edit of a scenario contributes to the difference from the base",
    ),
    (
        result_column("scenario", "Scenario", "Scenario", TEXT),
        _TITLE,
        _UNIT,
        result_column("factor", "Wijziging", "Edit", TEXT),
        result_column("alone", "Alleen deze", "This one alone", NUMBER),
        result_column("switched_off", "Zonder deze verloren", "Lost without it", NUMBER),
    ),
)


def comparison_table(key: str, names: Sequence[str]) -> ResultTable:
    """Return the sheet of a theme for plans of these names, the base first."""
    sheet = _SHEETS[key]
    base = message("compare.column.base", name=called(names[0])).both
    columns = [_named("plan_0", base, sheet.holds)]
    for number, name in enumerate(names[1:], start=1):
        columns.append(_named(f"plan_{number}", called(name), sheet.holds))
        if sheet.differences:
            less = message("compare.column.difference", name=called(name)).both
            columns.append(_named(f"difference_{number}", less, NUMBER))
    return ResultTable(key, sheet.title, sheet.meaning, (*sheet.columns, *columns))


def _named(key: str, title: Text, holds: ColumnType) -> Column:
    return result_column(key, title.nl, title.en, holds)


THEMES = tuple(_SHEETS)
