"""Rows of Scenarios that add a location or another row, or drop one, and faults in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.core.errors import Severity
from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.input.book import Book, RawValue
from planner.input.case import parse
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import AddRow, apply, next_row
from planner.input.scenarios.phrases import Phrase, SaidChange, row_of
from planner.input.scenarios.scenario import with_scenario
from planner.input.scenarios.shown import shown_scenarios
from planner.input.scenarios.subjects import subjects_of
from planner.input.scenarios.tried import tried_change
from planner.input.typed import read_tables

Row = tuple[str, str, str, RawValue | None]
NL = Language.NL
LIKE_L03: Row = ("Locaties", "N01", "nieuw", "zoals L03; 300 bedden; vanaf jan 2027")


@pytest.fixture(scope="module")
def demo() -> Book:
    return read_seed_book("demo_small")


def saying(book: Book, *rows: Row, scenario: str = "what", active: str | None = None) -> Book:
    first = next_row(book, "scenarios")
    names = ("table", "key", "column", "value")
    edits = [
        AddRow(
            "scenarios",
            first + at,
            {"scenario": scenario, "active": active, **dict(zip(names, each, strict=True))},
        )
        for at, each in enumerate(rows)
    ]
    return apply(book, edits)[0]


def locations(book: Book) -> dict[str, dict[str, Any]]:
    rows = book.frame("locations").to_dict("records")
    return {each["id"]: {str(key): value for key, value in each.items()} for each in rows}


def under(book: Book, *rows: Row) -> Book:
    said = saying(book, *rows)
    assert [] == errors(said)
    return with_scenario(said, read_tables(said)[0], "what")[0]


def errors(book: Book) -> list[tuple[str, str, str]]:
    """Return where each error of the scenario stands, and its words with the advice."""
    return [
        (each.sheet, each.column, f"{each.what.text(NL)}; {each.todo.text(NL)}")
        for each in parse(book, "what").findings
        if each.severity is Severity.ERROR
    ]


def test_a_location_like_another_has_its_cells_and_none_of_its_contract(demo: Book) -> None:
    after = locations(under(demo, LIKE_L03))

    model, new = after["L03"], after["N01"]
    assert (300, dt.date(2027, 1, 1)) == (new["beds"], new["open_from"])
    for name in ("province", "school_seats", "staff_fte", "cost_per_bed_month"):
        assert model[name] == new[name]
    for name in ("open_until", "extendable_until", "dol_prepared", "name"):
        assert new[name] is None


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        ("azc; Bedden: 120; t/m dec 2027", {"beds": 120, "open_until": dt.date(2027, 12, 31)}),
        ("azc, 120 beds, province Groningen", {"beds": 120, "province": "Groningen"}),
        ("like L01; status = kandidaat; 80 plaatsen", {"beds": 80, "status": "candidate"}),
    ],
)
def test_a_new_location_is_said_in_parts(
    demo: Book, value: str, cells: dict[str, RawValue]
) -> None:
    new = locations(under(demo, ("Locations", "N02", "new", value)))["N02"]

    assert cells == {name: new[name] for name in cells}


def test_later_rows_change_the_new_location(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Locaties", "N01", "Bedden", "+10 %"),
        ("locations", "N01", "name", "Proef"),
        ("Locaties", "provincie Groningen", "Schoolplaatsen", 7),
    )
    new = locations(under(demo, LIKE_L03, *rows))["N01"]

    # A tenth more of 300; and the province has the new location too.
    assert (330, "Proef", 7) == (new["beds"], new["name"], new["school_seats"])


def test_a_case_is_planned_with_a_location_more_and_with_one_less(demo: Book) -> None:
    more = parse(saying(demo, LIKE_L03), "what").case
    less = parse(saying(demo, ("Locaties", "L20", "vervalt", None)), "what").case
    whole = parse(demo, "middle").case

    assert more is not None
    assert less is not None
    assert whole is not None
    assert {"N01"} == set(more.locations) - set(whole.locations)
    assert {"L20"} == set(whole.locations) - set(less.locations)


def test_rows_of_other_sheets_are_added_and_dropped(demo: Book) -> None:
    rows: tuple[Row, ...] = (
        ("Voorkeuren", "gezinnen|L03", "nieuw", "Kosten per persoon per maand: 12"),
        ("Voorkeuren", "families|L03", "Kosten per persoon per maand", "x2"),
    )
    book = under(demo, *rows)
    (added,) = (
        each
        for each in book.frame("preferences").to_dict("records")
        if (each["group"], each["location"]) == ("families", "L03")
    )
    assert 24 == added["cost_per_person_month"]

    without = under(demo, *rows, ("Voorkeuren", "*|L03", "vervalt", None))
    assert "L03" not in set(without.frame("preferences")["location"])


def test_what_only_says_something_of_a_location_goes_with_it_and_that_is_said(demo: Book) -> None:
    cells: dict[str, RawValue | None] = {
        "group": "families",
        "location": "L20",
        "cost_per_person_month": 12,
    }
    book = apply(demo, [AddRow("preferences", next_row(demo, "preferences"), cells)])[0]
    said = saying(book, ("Locaties", "L20", "vervalt", None))

    told = {each.what.key: each for each in parse(said, "what").findings}
    assert "1 rij van andere bladen met die naam vervalt mee" in told[
        "scenario.gone_along"
    ].what.text(NL)
    changed = with_scenario(said, read_tables(said)[0], "what")[0]
    assert "L20" not in set(changed.frame("preferences")["location"])


@pytest.mark.parametrize(
    ("rows", "column", "said"),
    [
        ((("Locaties", "L03", "nieuw", "zoals L01"),), "key", "staat al op Locaties (Locaties!A5)"),
        ((LIKE_L03, ("Locaties", "N01", "erbij", "zoals L01")), "key", "een eerdere rij"),
        ((("Locaties", "N0*", "nieuw", "zoals L01"),), "key", "niet precies één nieuwe rij"),
        ((("Locaties", "N01", "nieuw", "zoals L99"),), "value", "L99"),
        ((("Locaties", "N01", "nieuw", "zoals *"),), "value", "past op 20 rijen"),
        ((("Locaties", "N01", "nieuw", "heel groot"),), "value", "heel groot"),
        ((("Locaties", "N01", "nieuw", "azc; Beden: 3"),), "value", "het kan zijn: Bedden"),
        ((("Locaties", "N01", "nieuw", "azc; Bedden: -3"),), "value", "-3"),
        ((("Locaties", "N01", "nieuw", "300 bedden"),), "value", "moet ingevuld zijn"),
        ((("Locaties", "L99", "vervalt", None),), "key", "L99"),
        ((("Locaties", "L03", "vervalt", None),), "key", "met een dag als zij dichtgaat"),
        (
            (("Locaties", "L20", "vervalt", None), ("Locaties", "L20", "Bedden", 3)),
            "key",
            "in dit scenario van Locaties vervallen",
        ),
        ((("Locaties", "N01", "Bedden", 3),), "key", "N01"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_changes_nothing(
    demo: Book, rows: tuple[Row, ...], column: str, said: str
) -> None:
    book = saying(demo, *rows)
    found = errors(book)

    assert {"Scenarios"} == {sheet for sheet, _, _ in found}
    assert any(column == each and said in words for _, each, words in found), found
    assert parse(book, "what").case is None


def test_a_location_that_a_fixed_decision_names_cannot_be_dropped_before_that_is(
    demo: Book,
) -> None:
    cells: dict[str, RawValue | None] = {
        "location": "L20",
        "decision": "openen",
        "month": dt.date(2026, 10, 1),
    }
    cells |= {"value": 1, "who": "COA", "why": "raadsbesluit"}
    book = apply(demo, [AddRow("pins", next_row(demo, "pins"), cells)])[0]
    drop: Row = ("Locaties", "L20", "vervalt", None)

    found = errors(saying(book, drop))
    assert any("Vastgelegd!A2" in said for _, _, said in found), found
    assert [] == errors(saying(book, ("Vastgelegd", "L20|*|*", "vervalt", None), drop))


def test_a_row_that_does_not_count_adds_and_drops_nothing(demo: Book) -> None:
    book = saying(demo, ("Locaties", "L20", "vervalt", None), active="no")

    assert [] == errors(saying(book, ("Locaties", "L20", "Bedden", 400)))


def test_what_one_scenario_adds_another_does_not_know(demo: Book) -> None:
    other = saying(demo, LIKE_L03, scenario="other")
    ((_, _, said),) = errors(saying(other, ("Locaties", "N01", "Bedden", 3)))

    assert "N01" in said


def test_the_page_of_scenarios_knows_what_an_earlier_row_added(demo: Book) -> None:
    book = saying(demo, LIKE_L03, ("Locaties", "N01", "Bedden", 250))
    (what,) = (each for each in shown_scenarios(book, {}).scenarios if each.name == "what")

    assert [None, None] == [each.fault for each in what.changes]


@pytest.mark.parametrize("language", Language)
def test_the_phrases_for_a_location_more_and_less_say_their_cells(
    demo: Book, language: Language
) -> None:
    subjects = subjects_of(read_tables(demo)[0])
    assert "N01" == subjects.new_location
    change = SaidChange(Phrase.ADDED, "L03", dt.date(2027, 1, 1), 300, new=subjects.new_location)
    more = tried_change(demo, row_of(change, "what", language))
    less = tried_change(demo, row_of(SaidChange(Phrase.DROPPED, "L20"), "what", language))

    assert (None, None) == (more.fault, less.fault)
    said = {each.address[2]: each.value for each in more.cells}
    assert (300, dt.date(2027, 1, 1)) == (said["beds"], said["open_from"])
    assert [("locations", "L20", "id", "L20", None)] == [
        (*each.address, each.base, each.value) for each in less.cells
    ]


def test_an_edit_of_one_cell_of_a_sentence_goes_below_it_and_not_into_it(demo: Book) -> None:
    book = saying(demo, LIKE_L03)
    line = EditLine("locations", "N01", "beds", 250)
    edited = apply(book, edits_in(book, "what", [line]))[0]

    case = parse(edited, "what").case
    assert case is not None
    assert 250 == case.locations["N01"].beds
