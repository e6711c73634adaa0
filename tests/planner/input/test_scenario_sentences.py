"""Rows of Scenarios as a planner says them: close, later, ten per cent more, a period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.input.book import Book, RawValue
from planner.input.case import parse
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import AddRow, SetCell, apply, next_row
from planner.input.scenarios.scenario import with_scenario
from planner.input.typed import read_tables
from planner.result.plan_of_book import PlanOfBook
from tests.small_plan import small_plan

Row = tuple[str, str, str, RawValue | None]
NL = Language.NL


@pytest.fixture(scope="module")
def demo() -> Book:
    """Return the small demo with a forecast of two groups in the middle scenario."""
    book = read_seed_book("demo_small")
    months = [dt.date(2026, each, 1) for each in range(7, 13)]
    rows = [
        ("middle", month, group, 100) for month in months for group in ("families", "single_men")
    ]
    edits = [
        AddRow(
            "forecast",
            next_row(book, "forecast") + at,
            dict(zip(("scenario", "month", "group", "people"), each, strict=True)),
        )
        for at, each in enumerate(rows)
    ]
    return apply(book, edits)[0]


def saying(book: Book, *rows: Row, scenario: str = "what") -> Book:
    """Return a book whose sheet Scenarios says these rows more."""
    first = next_row(book, "scenarios")
    edits = [
        AddRow(
            "scenarios",
            first + at,
            {"scenario": scenario, "table": table, "key": key, "column": column, "value": value},
        )
        for at, (table, key, column, value) in enumerate(rows)
    ]
    return apply(book, edits)[0]


def under(book: Book, *rows: Row) -> Book:
    said = saying(book, *rows)
    changed, findings = with_scenario(said, read_tables(said)[0], "what")
    assert [] == [each.line(Language.EN) for each in findings]
    return changed


def location(book: Book, code: str) -> dict[str, Any]:
    rows = book.frame("locations").to_dict("records")
    return next({str(key): each[key] for key in each} for each in rows if each["id"] == code)


def people(book: Book) -> dict[tuple[dt.date, str], float]:
    return {
        (each["month"], each["group"]): each["people"]
        for each in book.frame("forecast").to_dict("records")
    }


def told(book: Book, *rows: Row) -> list[tuple[str, str, str]]:
    """Return what is found on the sheet Scenarios: which sort, its column, its words and advice."""
    findings = parse(saying(book, *rows), "what").findings
    return [
        (
            each.what.key,
            each.column,
            f"{each.what.text(Language.NL)}; {each.todo.text(Language.NL)}",
        )
        for each in findings
        if each.table == "scenarios" and each.what.key.startswith(("scenario.", "finding.edit"))
    ]


@pytest.mark.parametrize("column", ["sluiten", "close", "Dicht vanaf"])
@pytest.mark.parametrize("day", [dt.date(2027, 1, 1), "1-1-2027", "jan 2027"])
def test_closing_a_location_takes_its_extension_along_and_says_so(
    demo: Book, column: str, day: RawValue
) -> None:
    before = location(demo, "L16")
    assert before["extendable_until"] is not None

    after = location(under(demo, ("Locaties", "L16", column, day)), "L16")

    assert (dt.date(2026, 12, 31), None) == (after["open_until"], after["extendable_until"])
    (said,) = told(demo, ("Locaties", "L16", column, day))
    assert "scenario.closes" == said[0]
    assert "vervalt mee" in said[2]


def test_ending_a_contract_earlier_says_that_the_plan_may_extend_it(demo: Book) -> None:
    row = ("Locaties", "L16", "Open tot en met", dt.date(2026, 12, 31))

    (said,) = told(demo, row)
    assert "scenario.extendable" == said[0]
    assert [] == told(demo, row, ("Locaties", "L16", "Verlengbaar tot en met", None))


@pytest.mark.parametrize(
    "value", ["2 maanden later", "+2 maanden", "two months later", "twee maanden later"]
)
def test_opening_two_months_later_moves_the_date_that_stands(demo: Book, value: str) -> None:
    first = location(demo, "L20")["open_from"]
    moved = first.month - 1 + 2

    after = location(under(demo, ("Locaties", "L20", "Open vanaf", value)), "L20")

    assert dt.date(first.year + moved // 12, moved % 12 + 1, first.day) == after["open_from"]


@pytest.mark.parametrize("value", ["+10 %", "+10%", "\u00d71,1", "x 1,1", "maal 1,1", "10 % meer"])
@pytest.mark.parametrize("key", ["middle|*|families", "midden|*|gezinnen", "middle||families"])
def test_a_group_gets_ten_per_cent_more_in_every_month(demo: Book, key: str, value: str) -> None:
    after = people(under(demo, ("Prognose", key, "Personen", value)))

    assert {110.0} == {count for (_, group), count in after.items() if group == "families"}
    assert {100} == {count for (_, group), count in after.items() if group == "single_men"}


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("vanaf okt 2026", (10, 11, 12)),
        ("from Oct 2026", (10, 11, 12)),
        ("t/m aug 2026", (7, 8)),
        ("aug 2026 - sep 2026", (8, 9)),
        ("aug 2026 t/m sep 2026", (8, 9)),
        ("Jul 2026", (7,)),
        ("jul 2026", (7,)),
        ("2026-07", (7,)),
        ("1-7-2026", (7,)),
        ("2026-07-01", (7,)),
    ],
)
def test_a_period_in_a_key_is_read_as_in_a_sheet(
    demo: Book, period: str, months: tuple[int, ...]
) -> None:
    after = people(under(demo, ("Prognose", f"middle|{period}|families", "Personen", "-50 %")))

    halved = {month.month for (month, group), count in after.items() if count == 50}
    assert set(months) == halved


def test_a_province_names_all_its_locations(demo: Book) -> None:
    inside = [
        each
        for each in demo.frame("locations").to_dict("records")
        if each["province"] == "Gelderland"
    ]
    assert len(inside) > 1

    changed = under(demo, ("Locaties", "provincie Gelderland", "Bedden", "-10 %"))

    for each in demo.frame("locations").to_dict("records"):
        expected = round(each["beds"] * 0.9) if each["province"] == "Gelderland" else each["beds"]
        assert expected == location(changed, each["id"])["beds"]


def test_a_location_may_be_called_by_its_name(demo: Book) -> None:
    changed = under(demo, ("Locaties", "Demo col Veenkamp", "Bedden", 10))

    assert 10 == location(changed, "L01")["beds"]


@pytest.mark.parametrize("period", ["okt 2026", "vanaf okt 2026"])
def test_a_parameter_for_a_time_is_multiplied_from_a_month(demo: Book, period: str) -> None:
    key = f"dublin_accepted_share|{period}"
    changed = under(demo, ("Parameters", key, "Waarde", "\u00d7 1,2"))

    october = dt.date(2026, 10, 1)
    rows = [
        each["value"]
        for each in changed.frame("parameters").to_dict("records")
        if (each["parameter"], each["valid_from"]) == ("dublin_accepted_share", october)
    ]
    assert [pytest.approx(0.18 * 1.2)] == rows


def test_a_parameter_for_a_period_begins_and_ends_with_it(demo: Book) -> None:
    for period in ("okt 2026 - dec 2026", "okt 2026|dec 2026", "okt 2026 t/m dec 2026"):
        changed = under(
            demo, ("Parameters", f"dol_growth_per_month|{period}", "Waarde", "20 % minder")
        )
        rows = [
            (each["valid_from"], each["valid_until"], each["value"])
            for each in changed.frame("parameters").to_dict("records")
            if each["parameter"] == "dol_growth_per_month" and each["valid_until"] is not None
        ]
        # Twelve a month, and a fifth less is 9.6.
        assert [(dt.date(2026, 10, 1), dt.date(2026, 12, 31), pytest.approx(9.6))] == rows
    (said,) = told(demo, ("Parameters", "dol_growth_per_month|t/m dec 2026", "Waarde", 5))
    assert "scenario.no_begin" == said[0]


def test_a_sheet_without_rows_is_named_and_where_the_arrivals_stand(demo: Book) -> None:
    empty = demo.with_table(replace(demo.tables["forecast"], frame=demo.frame("forecast")[:0]))
    (said,) = told(empty, ("Prognose", "midden|vanaf okt 2026|gezinnen", "Personen", "+10 %"))
    assert ("scenario.no_rows", "table") == said[:2]
    assert "Instroom" in said[2]


def test_the_stay_of_a_group_is_multiplied(demo: Book) -> None:
    stays = stays_of(demo)

    changed = under(demo, ("Groepen", "Dublin alleenstaand", "Verblijfsduur", "\u00d71,2"))

    after = stays_of(changed)
    assert pytest.approx(stays["dublin_single"] * 1.2) == after["dublin_single"]


def stays_of(book: Book) -> dict[str, float]:
    return {each.group: each.stay_months for each in read_tables(book)[0].records("groups")}


def test_a_change_sees_what_the_rows_before_it_made(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Locaties", "L01", "Bedden", 100),
        ("Locaties", "L01", "Bedden", "+10 %"),
        ("Locaties", "L01", "Bedden", "\u00d72"),
    )

    assert 220 == location(under(demo, *rows), "L01")["beds"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("Locatis", "L01", "Bedden", 1), "table", ("Locatis", "Locaties")),
        (("Locaties", "L01", "Beden", 1), "column", ("Beden", "Bedden")),
        (("Locaties", "L99", "Bedden", 1), "key", ("L99",)),
        (
            ("Prognose", "middle|families", "Personen", 1),
            "key",
            ("2", "3", "Scenario", "Maand", "Groep"),
        ),
        (("Prognose", "middle|jul 2026|familie", "Personen", 1), "key", ("familie", "gezinnen")),
        (("Prognose", "middle|juli|families", "Personen", 1), "key", ("juli", "jul 2026")),
        (("Prognose", "middle|jan 2031|families", "Personen", 1), "key", ("past op geen rij",)),
        (
            ("Locaties", "provincie Gelderlant", "Bedden", "+1 %"),
            "key",
            ("Gelderlant", "Gelderland"),
        ),
        (
            ("Groepen", "families|vanaf okt 2026", "Verblijfsduur", "\u00d71,2"),
            "key",
            ("Groepen", "vanaf okt 2026", "Prognose", "Fasen"),
        ),
        (("Groepen", "families|okt 2026", "Verblijfsduur", 9), "key", ("Groepen", "okt 2026")),
        (("Locaties", "L01|L02", "Bedden", 1), "key", ("2", "1", "Locatiecode")),
        (("Locaties", "L01", "Naam", "+10 %"), "value", ("Naam",)),
        (("Locaties", "L01", "sluiten", "gauw"), "value", ("gauw",)),
        (("Parameters", "dol_growth_per_maand", "Waarde", 1), "key", ("dol_growth_per_month",)),
        (("Prognose", "middle|*|families", "Personen", "\u00d71.200"), "value", ("1.200",)),
    ],
)
def test_an_error_says_which_part_is_wrong_and_what_it_could_be(
    demo: Book, row: Row, column: str, words: tuple[str, ...]
) -> None:
    (said,) = told(demo, row)

    assert column == said[1]
    for word in words:
        assert word in said[2]


def test_what_if_follows_the_same_sentences(demo: Book) -> None:
    lines = [EditLine("Prognose", "middle|vanaf dec 2026|families", "Personen", "+10 %")]

    (edit,) = edits_in(demo, "middle", lines)

    assert isinstance(edit, SetCell)
    assert pytest.approx(110) == edit.value


OCTOBER, DECEMBER = dt.date(2026, 10, 1), dt.date(2026, 12, 31)


def added(book: Book, name: str, *rows: Row) -> list[dict[str, Any]]:
    """Return the records that a table has more under rows of Scenarios, as far as told apart."""
    before = read_tables(book)[0].records(name)
    return [
        {key: getattr(each, key) for key in ("group", "stage", "valid_from", "valid_until")}
        | {"figure": each.stay_months if name == "stages" else each.share}
        for each in read_tables(under(book, *rows))[0].records(name)
        if each not in before
    ]


@pytest.mark.parametrize(
    ("key", "value", "until", "stay"),
    [
        # The group's own stay is 3.35 months: the stage gives none.
        ("transfer|dublin_single|vanaf okt 2026", "\u00d71,2", None, 4.02),
        ("transfer|Dublin alleenstaand|from Oct 2026", "+20 %", None, 4.02),
        ("transfer|dublin_single|okt 2026 - dec 2026", 5, DECEMBER, 5),
        ("transfer|dublin_single|2026-10-01", 5, None, 5),
        ("transfer|dublin_single|2026-10-01|2026-12-31", 5, DECEMBER, 5),
    ],
)
def test_a_stay_for_a_time_is_a_row_beside_the_one_that_holds_throughout(
    demo: Book, key: str, value: RawValue, until: dt.date | None, stay: float
) -> None:
    (row,) = added(demo, "stages", ("Fasen", key, "Verblijfsduur", value))

    assert ("dublin_single", "transfer") == (row["group"], row["stage"])
    assert (OCTOBER, until) == (row["valid_from"], row["valid_until"])
    assert pytest.approx(stay) == row["figure"]
    assert [] == told(demo, ("Fasen", key, "Verblijfsduur", value))


def test_a_stay_for_a_time_sees_what_the_rows_before_it_made(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Groepen", "dublin_single", "Verblijfsduur", 4),
        ("Fasen", "*|dublin_single|vanaf okt 2026", "Verblijfsduur", "\u00d71,5"),
        ("Fasen", "transfer|dublin_single|vanaf okt 2026", "Verblijfsduur", "\u00d72"),
    )

    found = {each["stage"]: each["figure"] for each in added(demo, "stages", *rows)}

    assert {"transfer": 12, "returned": 6, "transfer_prison": 6} == found


def test_a_share_for_a_time_is_a_row_of_its_own(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Stromen", "border|families|vanaf okt 2026", "Aandeel", "+10 %"),
        ("Stromen", "border|single_men|vanaf okt 2026", "Aandeel", 0.67),
    )

    found = added(demo, "streams", *rows)

    assert {"families": 0.33, "single_men": 0.67} == {
        each["group"]: round(each["figure"], 9) for each in found
    }
    assert {OCTOBER} == {each["valid_from"] for each in found}


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (
            ("Fasen", "procedure|families|vanaf okt 2026", "Verblijfsduur", "\u00d71,2"),
            "key",
            ("regular_decision_months|2026-10-01",),
        ),
        (
            ("Fasen", "transfer|dublin_single|t/m okt 2026", "Verblijfsduur", 4),
            "key",
            ("eerste maand", "okt 2026 - dec 2026"),
        ),
        (("Fasen", "transfer|dublin_single|vanaf okt 2026", "Verblijfsduur", "veel"), "value", ()),
        (("Fasen", "vanaf okt 2026", "Verblijfsduur", 4), "key", ("Fase", "Groep")),
    ],
)
def test_a_change_for_a_time_that_would_not_count_is_refused(
    demo: Book, row: Row, column: str, words: tuple[str, ...]
) -> None:
    findings = parse(saying(demo, row), "what").findings
    (said,) = [each for each in findings if each.table == "scenarios" and "fout" in each.line(NL)]

    assert column == said.column
    for word in words:
        assert word in said.line(NL)


def test_a_row_that_holds_for_a_part_of_the_period_is_not_passed_over(demo: Book) -> None:
    book = under(demo, ("Fasen", "transfer|dublin_single|vanaf nov 2026", "Verblijfsduur", 4))

    (said,) = told(book, ("Fasen", "transfer|dublin_single|vanaf okt 2026", "Verblijfsduur", 5))
    assert "scenario.dated_rows" == said[0]
    later = ("Fasen", "transfer|dublin_single|vanaf nov 2026", "Verblijfsduur", "+50 %")
    assert [6] == [each["figure"] for each in added(book, "stages", later)]


def test_the_dates_of_an_added_row_stay_where_the_sheet_has_no_column_for_them(demo: Book) -> None:
    sheet = demo.tables["parameters"]
    undated = demo.with_table(sheet.with_frame(sheet.frame.drop(columns=["valid_from"])))

    changed = under(undated, ("Parameters", "dublin_accepted_share|okt 2026", "Waarde", 0.4321))

    rows = changed.frame("parameters").to_dict("records")
    assert [OCTOBER] == [each["valid_from"] for each in rows if each["value"] == 0.4321]


def test_the_input_of_a_plan_is_the_one_that_its_scenario_says(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Locaties", "provincie Gelderland", "Bedden", "-10 %"),
        ("Locaties", "L16", "sluiten", "1-1-2027"),
    )
    plan = replace(small_plan(), scenario="what")

    planned = PlanOfBook("what", saying(demo, *rows), plan)

    # L04 has 520 beds in the input.
    assert 468 == planned.sites["L04"].beds
    assert (dt.date(2026, 12, 31), None) == (
        planned.sites["L16"].open_until,
        planned.sites["L16"].extendable_until,
    )
