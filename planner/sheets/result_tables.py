"""The result sheets: one declaration that the writer and the reader share.

The keys are those of the result file; the titles are what stands in the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.texts import Text
from planner.input.column import Column, ColumnType
from planner.input.kinds import Listed, PlaceKind, Standing
from planner.sheets.result_table import ResultTable, result_column

TEXT, IDENTIFIER, CHOICE = ColumnType.TEXT, ColumnType.IDENTIFIER, ColumnType.CHOICE
NUMBER, MONTH, YES_NO, ANY = (
    ColumnType.NUMBER,
    ColumnType.MONTH,
    ColumnType.YES_NO,
    ColumnType.ANY,
)


class LevelName(Listed):
    """The levels of priority by the name they have in results."""

    UNPLACED = "unplaced", "zonder plaats", "without a place"
    PROTECTED = "protected", "beschermde groepen", "protected groups"
    SHARED = "shared", "gelijk verdeeld", "shared evenly"
    NORM = "norm", "norm en plafonds", "norm and ceilings"
    EMERGENCY = "emergency", "noodopvang", "emergency reception"
    DUBLIN = "dublin", "Dublin", "Dublin"
    RESERVE = "reserve", "reserve en personeel", "reserve and staff"
    PROVINCES_WORST = (
        "provinces_worst",
        "grootste achterstand provincie",
        "largest arrears of a province",
    )
    PROVINCES = "provinces", "taken van provincies", "province tasks"
    MOVES = "moves", "verhuizingen", "moves"
    COST = "cost", "kosten", "cost"
    CHANGE = "change", "wijzigingen en nieuw DOL", "changes and new DOL"


class Decision(Listed):
    """What can be decided about a location."""

    OPEN = "open", "openen", "open"
    EXTEND = "extend", "verlengen", "extend"
    CLOSE_EARLY = "close_early", "eerder sluiten", "close early"
    PREPARE_DOL = "prepare_dol", "DOL inrichten", "fit out DOL"


class ReportQuestion(Listed):
    """The five questions of 23-06-2026, in their order."""

    CAPACITY = "capacity", "opvangcapaciteit", "reception capacity"
    SCHOOL = "school", "onderwijs", "education"
    CARE = "care", "zorg", "health care"
    NEEDS = "needs", "bijzondere opvangbehoeften", "special reception needs"
    GUARDIANS = "guardians", "vertegenwoordigers", "representatives"


def _of_children(key: str, nl: str, en: str) -> Column:
    return result_column(key, nl, en, NUMBER)


def _of_area(key: str, nl: str, en: str, unit: str) -> Column:
    return result_column(key, nl, en, NUMBER, unit=unit)


_PROVINCE = result_column("province", "Provincie", "Province", IDENTIFIER)
_MUNICIPALITY = result_column("municipality", "Gemeente", "Municipality", IDENTIFIER)
_BEFORE_COST = (
    result_column("locations", "Locaties", "Locations", NUMBER),
    _of_area("beds_first", "Bedden, begin", "Beds, start", "beds"),
    _of_area("beds_last", "Bedden, eind", "Beds, end", "beds"),
    _of_area("people_first", "Mensen, begin", "People, start", "persons"),
    _of_area("people_last", "Mensen, eind", "People, end", "persons"),
    _of_area("emergency", "Noodopvang, meest", "Emergency, most", "persons"),
    _of_area("dol", "DOL, meest", "DOL, most", "places"),
    _of_area("task", "Taak", "Task", "places"),
)
_BEHIND_COST = (
    result_column("decided", "Te besluiten", "To decide", TEXT),
    result_column("short", "Wat tekortschiet", "What falls short", TEXT),
)
_OF_AREAS = (
    *_BEFORE_COST,
    _of_area("cost", "Plankosten", "Plan cost", "euro"),
    *_BEHIND_COST,
)
_LOCATION = result_column("location", "Locatie", "Location", IDENTIFIER)
_GROUP = result_column("group", "Groep", "Group", IDENTIFIER)
_KIND = result_column("kind", "Soort", "Kind", CHOICE, choices=PlaceKind)
_MONTH = result_column("month", "Maand", "Month", MONTH)
_PEOPLE = result_column("people", "Personen", "People", NUMBER, unit="persons")
_TO = result_column("to", "Naar", "To", TEXT, optional=True)
_RULE = result_column("rule", "Regel", "Rule", IDENTIFIER)
_RULE_TITLE = result_column("rule_title", "Regel in woorden", "Rule in words", TEXT, optional=True)
_LEVEL = result_column("level", "Niveau", "Level", CHOICE, choices=LevelName)
_STANDING = result_column(
    "standing", "Berust op", "Rests on", CHOICE, choices=Standing, optional=True
)
_SOURCE = result_column("source", "Bron", "Source", TEXT)
_UNIT = result_column("unit", "Eenheid", "Unit", TEXT)
_VALUE = result_column("value", "Waarde", "Value", NUMBER)
_SENTENCE = result_column("sentence", "Uitleg", "Explanation", TEXT)


def _optional(column: Column) -> Column:
    """Return a column as one that a sheet may leave out."""
    return result_column(
        column.key,
        column.title.nl,
        column.title.en,
        column.holds,
        unit=column.unit,
        choices=column.choices,
        optional=True,
    )


_DECLARED = (
    ResultTable(
        "summary",
        Text("Samenvatting", "Summary"),
        Text("Wat het plan in het kort zegt", "What the plan says in short"),
        (
            result_column("subject", "Onderwerp", "Subject", TEXT),
            result_column("value", "Waarde", "Value", ANY),
            _UNIT,
        ),
    ),
    ResultTable(
        "levels",
        Text("Niveaus", "Levels"),
        Text("De prioriteiten in volgorde, met hun uitkomst", "The priorities in order, solved"),
        (result_column("name", "Niveau", "Level", CHOICE, choices=LevelName), _UNIT, _VALUE),
    ),
    ResultTable(
        "measures",
        Text("Maten", "Measures"),
        Text("Kerncijfers van het plan", "Key figures of the plan"),
        (
            result_column("name", "Maat", "Measure", IDENTIFIER),
            result_column("title", "Omschrijving", "Description", TEXT, optional=True),
            _VALUE,
            _UNIT,
        ),
    ),
    ResultTable(
        "runoff",
        Text("Verloop", "Run-off"),
        Text(
            "Bedden in contract zonder besluiten, bedden nodig bij de norm, en wat ontbreekt",
            "Beds in contract without decisions, beds needed at the norm, and what is missing",
        ),
        (
            _MONTH,
            result_column(
                "portfolio_beds", "Capaciteit portefeuille", "Portfolio", NUMBER, unit="beds"
            ),
            result_column("needed_beds", "Benodigd", "Needed", NUMBER, unit="beds"),
            result_column("shortage", "Tekort", "Shortage", NUMBER, unit="beds"),
        ),
    ),
    ResultTable(
        "demand",
        Text("Vraag", "Demand"),
        Text("Personen voor wie een plaats nodig is", "People who need a place"),
        (_GROUP, _MONTH, _PEOPLE),
    ),
    ResultTable(
        "places",
        Text("Plaatsen", "Places"),
        Text("Plaatsen in gebruik, per soort", "Places in use, by kind"),
        (
            _LOCATION,
            _KIND,
            _MONTH,
            result_column("places", "Plaatsen in gebruik", "Places in use", NUMBER, unit="places"),
            result_column("beds", "Bedden in contract", "Beds in contract", NUMBER, unit="beds"),
        ),
    ),
    ResultTable(
        "placement",
        Text("Plaatsing", "Placement"),
        Text("Wie waar woont, per maand", "Who lives where, by month"),
        (_LOCATION, _GROUP, _KIND, _MONTH, _PEOPLE),
    ),
    ResultTable(
        "dol",
        Text("DOL", "DOL"),
        Text("De Dublinonderdaklocaties", "The Dublin shelter parts"),
        (
            _LOCATION,
            _MONTH,
            result_column("prepared", "Ingericht", "Prepared", NUMBER, unit="places"),
            result_column("in_use", "In gebruik", "In use", NUMBER, unit="places"),
            _PEOPLE,
            result_column("idle", "Onbezet", "Idle", NUMBER, unit="places"),
            result_column(
                "regular",
                "Regulier op DOL-bed",
                "Regular on DOL bed",
                NUMBER,
                unit="persons",
                optional=True,
            ),
            result_column(
                "empty", "Leeg DOL-bed", "Empty DOL bed", NUMBER, unit="beds", optional=True
            ),
        ),
    ),
    ResultTable(
        "shortfalls",
        Text("Tekorten", "Shortfalls"),
        Text("Waar het plan tekortschiet, met de bron", "Where the plan falls short, with source"),
        (
            _RULE,
            _RULE_TITLE,
            _LEVEL,
            _STANDING,
            _SOURCE,
            _LOCATION,
            _KIND,
            result_column("province", "Provincie", "Province", IDENTIFIER),
            result_column("region", "Regio", "Region", IDENTIFIER),
            _GROUP,
            _MONTH,
            result_column("amount", "Omvang", "Amount", NUMBER),
            _UNIT,
        ),
    ),
    ResultTable(
        "moves",
        Text("Verplaatsingen", "Moves"),
        Text("Wie verhuist", "Who moves"),
        (_LOCATION, _GROUP, _MONTH, _PEOPLE, _TO),
    ),
    ResultTable(
        "decisions",
        Text("Besluiten", "Decisions"),
        Text("Wat er besloten moet worden", "What has to be decided"),
        (
            _LOCATION,
            result_column("decision", "Besluit", "Decision", CHOICE, choices=Decision),
            result_column(
                "before", "Uiterlijk besluiten", "Decide by", ColumnType.DATE, optional=True
            ),
            _MONTH,
            _VALUE,
            result_column(
                "cost", "Kosten in het plan", "Cost in the plan", NUMBER, unit="euro", optional=True
            ),
            result_column("taken", "Al besloten", "Decided already", TEXT, optional=True),
        ),
    ),
    ResultTable(
        "areas",
        Text("Provincies en gemeenten", "Provinces and municipalities"),
        Text(
            "Beide op een blad, zoals een ouder plan ze heeft; leeg = de hele provincie",
            "Both on one sheet, as an older plan has them; empty = the whole province",
        ),
        (
            _PROVINCE,
            _MUNICIPALITY,
            *_BEFORE_COST,
            _of_area("cost", "Kosten in het plan", "Cost in the plan", "euro"),
            *_BEHIND_COST,
        ),
    ),
    ResultTable(
        "by_province",
        Text("Per provincie", "By province"),
        Text("Wat het plan voor elke provincie betekent", "What the plan means for each province"),
        (_PROVINCE, *_OF_AREAS),
    ),
    ResultTable(
        "by_municipality",
        Text("Per gemeente", "By municipality"),
        Text(
            "Wat het plan voor elke gemeente betekent", "What the plan means for each municipality"
        ),
        (_MUNICIPALITY, _PROVINCE, *_OF_AREAS),
    ),
    ResultTable(
        "explanation",
        Text("Verklaring", "Explanation"),
        Text("Waarom het plan zo is", "Why the plan is as it is"),
        (
            result_column("part", "Onderdeel", "Part", TEXT, optional=True),
            _SENTENCE,
            *map(_optional, (_RULE, _RULE_TITLE, _LEVEL, _STANDING, _SOURCE)),
            *map(_optional, (_LOCATION, _KIND, _GROUP, _MONTH)),
            result_column("province", "Provincie", "Province", IDENTIFIER, optional=True),
            result_column("region", "Regio", "Region", IDENTIFIER, optional=True),
            result_column("used", "Gebruikt", "Used", NUMBER, optional=True),
            result_column("limit", "Grens", "Limit", NUMBER, optional=True),
            result_column("room", "Ruimte", "Room", NUMBER, optional=True),
            _optional(_UNIT),
            result_column("users", "Wie gebruikt het", "Who uses it", TEXT, optional=True),
            result_column("worth", "Eén eenheid meer", "One unit more", NUMBER, optional=True),
            result_column("worth_unit", "Eenheid ervan", "Unit of that", TEXT, optional=True),
            result_column("up_to", "Geldt tot en met", "Holds up to", NUMBER, optional=True),
            result_column("confirmed", "Nagerekend", "Solved again", YES_NO, optional=True),
            result_column("cause", "Oorzaak", "Cause", TEXT, optional=True),
            result_column("cells", "Cellen", "Cells", TEXT, optional=True),
            result_column("edits", "Te proberen als", "To be tried as", TEXT, optional=True),
        ),
    ),
    ResultTable(
        "checks",
        Text("Controles", "Checks"),
        Text("Wat geen besluit verandert", "What no decision changes"),
        (
            result_column("check", "Controle", "Check", IDENTIFIER),
            result_column("title", "Omschrijving", "Description", TEXT, optional=True),
            _SOURCE,
            _MONTH,
            _VALUE,
            result_column("limit", "Grens", "Limit", NUMBER),
            _UNIT,
            result_column("holds", "Voldaan", "Holds", YES_NO),
            result_column("why", "Waarom niet bekend", "Why not known", TEXT, optional=True),
        ),
    ),
    ResultTable(
        "questions",
        Text("Vijf vragen", "Five questions"),
        Text(
            "De vijf vragen van 23-06-2026: het antwoord, de cijfers per maand, wat ontbreekt",
            "The five questions of 23-06-2026: the answer, figures by month, what is missing",
        ),
        (
            result_column("question", "Vraag", "ReportQuestion", CHOICE, choices=ReportQuestion),
            _MONTH,
            result_column("figure", "Cijfer", "Figure", TEXT),
            _VALUE,
            result_column("limit", "Grens", "Limit", NUMBER),
            _UNIT,
            result_column("holds", "Voldaan", "Holds", YES_NO),
            result_column("why", "Toelichting of wat ontbreekt", "Why, or what is missing", TEXT),
        ),
    ),
    ResultTable(
        "children",
        Text("Kinderen", "Children"),
        Text(
            "Per maand; van gezinnen alleen schoolgaande kinderen, jongere zijn niet apart bekend",
            "By month; of families only children at school, younger ones are not known apart",
        ),
        (
            _MONTH,
            _of_children("minors", "Alleenstaande minderjarigen", "Unaccompanied minors"),
            _of_children("minors_places", "Amv-plaatsen in gebruik", "Minors' places in use"),
            _of_children("minors_elsewhere", "Daarvan elders", "Of them elsewhere"),
            _of_children("pupils", "Leerlingen", "Pupils"),
            _of_children("seats", "Schoolplaatsen waar zij wonen", "School seats where they live"),
            _of_children("no_seat", "Zonder schoolplaats", "Without a school seat"),
            _of_children("seats_unknown", "Schoolplaats niet bekend", "School seat not known"),
            _of_children("guardians_needed", "Voogden nodig", "Guardians needed"),
            _of_children("guardians", "Voogden beschikbaar", "Guardians there are"),
            _of_children(
                "moved", "Verhuisd in groepen met leerlingen", "Moved in groups with pupils"
            ),
            _of_children(
                "in_emergency", "Kinderen in noodopvang", "Children in emergency reception"
            ),
        ),
    ),
    ResultTable(
        "costs",
        Text("Kosten", "Costs"),
        Text(
            "Per jaar, soort plaats, provincie en gemeente; wat niet meetelt staat apart",
            "By year, kind of place, province and municipality; what is not counted stands apart",
        ),
        (
            result_column("year", "Jaar", "Year", IDENTIFIER),
            result_column("line", "Post", "Line", IDENTIFIER),
            result_column("title", "Omschrijving", "Description", TEXT, optional=True),
            _KIND,
            result_column("province", "Provincie", "Province", IDENTIFIER),
            result_column("municipality", "Gemeente", "Municipality", IDENTIFIER),
            result_column("amount", "Bedrag", "Amount", NUMBER, unit="euro"),
            result_column("counted", "Telt mee", "Counted", YES_NO),
            result_column("why", "Waarom niet bekend", "Why not known", TEXT, optional=True),
        ),
    ),
    ResultTable(
        "reporting",
        Text("Meldmomenten", "Moments to report Art 20(10)"),
        Text(
            "Begin en einde van noodopvang, te melden (artikel 20, lid 10, en artikel 32, lid 2)",
            "When emergency reception begins and ends, to be reported (Arts. 20(10) and 32(2))",
        ),
        (
            _MONTH,
            result_column("moment", "Moment", "Moment", TEXT),
            result_column(
                "people",
                "Asielverzoekers in noodopvang",
                "Applicants in emergency reception",
                NUMBER,
                unit="persons",
                optional=True,
            ),
            result_column("locations", "Locaties", "Locations", NUMBER, optional=True),
            result_column(
                "others",
                "Anderen in noodopvang",
                "Others in emergency reception",
                NUMBER,
                unit="persons",
                optional=True,
            ),
            result_column(
                "needed_beds", "Bedden nodig", "Beds needed", NUMBER, unit="beds", optional=True
            ),
            result_column(
                "normal_beds",
                "Normaal beschikbaar",
                "Normally available",
                NUMBER,
                unit="beds",
                optional=True,
            ),
            _SOURCE,
        ),
    ),
    ResultTable(
        "provenance",
        Text("Verantwoording", "Provenance"),
        Text("Hoe dit plan tot stand kwam", "How this plan came about"),
        (
            result_column("subject", "Onderwerp", "Subject", TEXT),
            result_column("value", "Waarde", "Value", TEXT),
            result_column("words", "In woorden", "In words", TEXT, optional=True),
        ),
    ),
)

RESULT_TABLES: Mapping[str, ResultTable] = {each.key: each for each in _DECLARED}

# Every sentence of a plan's sheets in both languages, so that a report can be in either. It is
# written to a hidden sheet; the window has the texts themselves.
WORDS = ResultTable(
    "words",
    Text("_opvangplan_nl_en", "_opvangplan_nl_en"),
    Text("De zinnen van dit plan in beide talen", "The sentences of this plan in both languages"),
    (
        result_column("nl", "Nederlands", "Nederlands", TEXT),
        result_column("en", "English", "English", TEXT),
    ),
)

# What a plan's workbook keeps of its making, packed, on a hidden sheet.
RECORD = ResultTable(
    "record",
    Text("_opvangplan_vastgelegd", "_opvangplan_record"),
    Text("Wat bij het plannen is vastgelegd", "What was recorded when planning"),
    (result_column("part", "Deel", "Part", TEXT),),
)
HIDDEN = (WORDS, RECORD)
# Sheets that a reader has elsewhere: on the first sheet, or by location and by area. They are there
# for other programs and for who looks a figure up, and can be made visible.
TOLD_ELSEWHERE = ("summary", "runoff", "levels", "measures", "demand", "places")
