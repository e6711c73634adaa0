"""Changes that are said in sentences: the row they become, read back, and the cells they change."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.input.book import Book
from planner.input.edits import AddRow
from planner.input.scenarios.phrases import MonthSpan, Phrase, SaidChange, row_of
from planner.input.scenarios.scenario_edits import set_in
from planner.input.scenarios.subjects import subjects_of
from planner.input.scenarios.tried import TriedChange, tried_change
from planner.input.typed import read_tables

NL, EN = Language.NL, Language.EN
OCTOBER, MARCH = dt.date(2026, 10, 1), dt.date(2027, 3, 1)


@pytest.fixture(scope="module")
def demo() -> Book:
    return read_seed_book("demo_small")


def tried(book: Book, change: SaidChange, language: Language = NL) -> TriedChange:
    found = tried_change(book, row_of(change, "proef", language))
    assert found.fault is None, found.fault
    return found


def changed(found: TriedChange) -> list[tuple[str, str, str, object, object]]:
    return [(*each.address, each.base, each.value) for each in found.cells]


@pytest.mark.parametrize("language", [NL, EN])
def test_a_location_that_closes_loses_its_extension_too(demo: Book, language: Language) -> None:
    found = tried(demo, SaidChange(Phrase.CLOSES, "L14", OCTOBER), language)

    assert [
        ("locations", "L14", "open_until", dt.date(2026, 12, 31), dt.date(2026, 9, 30)),
        ("locations", "L14", "extendable_until", dt.date(2027, 12, 31), None),
    ] == changed(found)


def test_a_contract_lasts_until_the_end_of_its_month_and_an_opening_is_its_first_day(
    demo: Book,
) -> None:
    ends = tried(demo, SaidChange(Phrase.ENDS, "L15", MARCH))
    opens = tried(demo, SaidChange(Phrase.OPENS, "L20", MARCH))

    assert [dt.date(2027, 3, 31)] == [each.value for each in ends.cells]
    assert [(dt.date(2026, 10, 1), MARCH)] == [(each.base, each.value) for each in opens.cells]


@pytest.mark.parametrize("language", [NL, EN])
def test_beds_of_a_province_change_by_a_share(demo: Book, language: Language) -> None:
    about = {NL: "provincie Groningen", EN: "province Groningen"}[language]
    found = tried(demo, SaidChange(Phrase.BEDS_SHARE, about, amount=10), language)

    # L01 has 160, L03 530, L12 90 and L17 160 beds; a tenth more of each.
    wanted = {"L01": 176, "L03": 583, "L12": 99, "L17": 176}
    assert wanted == {each.address[1]: each.value for each in found.cells}


@pytest.mark.parametrize("language", [NL, EN])
def test_a_part_of_a_stream_and_a_stay_in_a_stage_change_for_a_time(
    demo: Book, language: Language
) -> None:
    subjects = subjects_of(read_tables(demo)[0])
    assert {Phrase.SHARE, Phrase.STAGE_STAY} <= set(subjects.phrases())
    period = MonthSpan(OCTOBER, MARCH)
    share = next(each for each in subjects.shares if each.startswith("border|single_men"))
    part = tried(demo, SaidChange(Phrase.SHARE, share, amount=60, period=period), language)
    stage = next(each for each in subjects.stage_stays if "unaccompanied_minors" in each)
    stay = tried(demo, SaidChange(Phrase.STAGE_STAY, stage, amount=50, period=period), language)

    # 70 % at the border are men; a minor's procedure of 6 months takes half as long again.
    ((_, key, column, _, value),) = changed(part)
    assert ("share", 0.6) == (column, value)
    assert key.endswith("2026-10-01|2027-03-31")
    assert [("stay_months", 9.0)] == [(each[2], each[4]) for each in changed(stay)]


@pytest.mark.parametrize("language", [NL, EN])
def test_arrivals_of_a_stream_change_for_a_time(demo: Book, language: Language) -> None:
    stream = subjects_of(read_tables(demo)[0]).streams[0]
    period = MonthSpan(OCTOBER, MARCH)
    change = SaidChange(Phrase.ARRIVALS, stream, amount=-50, period=period, forecast="middle")
    found = tried(demo, change, language)

    # October up to and with March are six months; half of what was expected in each.
    assert 6 == found.count
    assert {"middle"} == {each.address[1].split("|")[0] for each in found.cells}
    for each in found.cells:
        assert isinstance(each.base, int | float)
        assert each.value == pytest.approx(each.base / 2)


def test_everything_that_arrives_changes_where_no_month_is_said(demo: Book) -> None:
    rows = [each for each in read_tables(demo)[0].records("inflow") if each.scenario == "middle"]
    found = tried(demo, SaidChange(Phrase.ARRIVALS, "*", amount=10, forecast="middle"))

    assert len(rows) == found.count


def test_a_stay_gets_longer(demo: Book) -> None:
    found = tried(demo, SaidChange(Phrase.STAY, "dublin_single", amount=100))

    ((base, value),) = [(each.base, each.value) for each in found.cells]
    assert isinstance(base, int | float)
    assert value == pytest.approx(2 * base)


def test_a_stay_gets_longer_from_a_month_on(demo: Book) -> None:
    line = row_of(
        SaidChange(Phrase.STAY, "dublin_single", amount=20, period=MonthSpan(OCTOBER)), "proef", NL
    )
    assert ("Fasen", "*|Dublin alleenstaand|vanaf okt 2026") == (line.table, line.key)
    found = tried_change(demo, line)

    # The group's own stay, which every stage of it has that gives none.
    stays = {each.group: each.stay_months for each in read_tables(demo)[0].records("groups")}
    assert found.fault is None
    assert found.cells
    for each in found.cells:
        assert each.value == pytest.approx(1.2 * stays["dublin_single"])
    assert all(each.address[1].endswith("|2026-10-01") for each in found.cells)


def test_a_parameter_holds_for_a_time_only(demo: Book) -> None:
    period = MonthSpan(OCTOBER, MARCH)
    found = tried(demo, SaidChange(Phrase.PARAMETER, "occupancy_norm", amount=0.9, period=period))

    (cell,) = found.cells
    assert ("parameters", "occupancy_norm|2026-10-01|2027-03-31", "value") == cell.address
    assert 0.9 == cell.value


def test_what_cannot_be_says_why_and_changes_nothing(demo: Book) -> None:
    nowhere = tried_change(demo, row_of(SaidChange(Phrase.BEDS, "L99", amount=5), "proef", NL))
    empty, words = (
        tried_change(
            demo, row_of(SaidChange(Phrase.PARAMETER, "occupancy_norm", amount=value), "proef", NL)
        )
        for value in (None, "veel")
    )

    for each in (nowhere, empty, words):
        assert each.fault is not None
        assert () == each.cells


def test_the_same_change_said_again_takes_the_place_of_the_first(demo: Book) -> None:
    first = row_of(SaidChange(Phrase.STAY, "dublin_single", amount=10), "proef", NL)
    again = row_of(SaidChange(Phrase.STAY, "dublin_single", amount=20), "proef", NL)

    (edit,) = set_in(demo.tables.get("scenarios"), [first, again])

    assert isinstance(edit, AddRow)
    assert "+20 %" == edit.cells["value"]
