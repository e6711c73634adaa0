"""`opvangplan why`: figures, rows, cells, wishes and priorities, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from planner.cli import run
from planner.core.texts import month_words
from planner.explain.remedies.by_kind import REMEDIES
from planner.explain.workbook_plan import solved_workbook
from planner.input.book import column_letters
from planner.result import load_plan
from planner.result.named_figure import named_figure
from planner.result.tables import result_tables


@pytest.fixture(name="plan", scope="module")
def plan_file(demo: Path) -> Path:
    return demo / "plan.xlsx"


def asked(plan: Path, *how: str, record: Path | None = None) -> int:
    more = [] if record is None else ["--json", str(record)]
    return run(["why", str(plan), *how, *more])


def test_a_plan_of_a_workbook_is_solved_again_as_its_sheets_say(plan: Path) -> None:
    loaded = load_plan(plan)
    worked = solved_workbook(loaded)
    assert worked.solution is not None
    again = result_tables(worked.problem, worked.solution.values)
    for table in ("placement", "places", "moves", "decisions", "dol"):
        for column in again[table].columns:
            shown, told = again[table][column].tolist(), loaded.tables[table][column].tolist()
            if again[table][column].dtype == float:
                assert shown == pytest.approx(told, abs=1e-9), (table, column)
            else:
                assert shown == told, (table, column)
    for level, shown_level in zip(worked.solution.levels, loaded.plan.levels, strict=True):
        assert level.value == pytest.approx(shown_level.value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ["emergency", "noodopvang", "Emergency reception"])
def test_a_level_goes_by_its_name_in_either_language(plan: Path, name: str) -> None:
    assert "noodopvang" == named_figure(load_plan(plan), name).title.nl


def test_a_level_is_told_with_its_parts_and_reasons(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "why.json"
    assert 0 == asked(plan, "emergency", record=record)
    told = json.loads(record.read_text(encoding="utf-8"))["why"]
    level = next(each for each in load_plan(plan).plan.levels if each.name == "emergency")
    assert level.value == told["value"]
    assert level.value == pytest.approx(sum(each["amount"] for each in told["parts"]))
    assert told["reasons"]
    assert "why PLAN" not in capsys.readouterr().out


def test_what_falls_short_somewhere_is_told_with_what_would_help(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = load_plan(plan).tables["shortfalls"]
    row = short[short["rule"] == "staff"].iloc[0]
    record = tmp_path / "why.json"
    name = f"shortfalls|staff|{row['region']}|{row['month']:%Y-%m}"
    assert 0 == asked(plan, name, record=record)
    told = json.loads(record.read_text(encoding="utf-8"))["why"]
    assert list(REMEDIES) == [each["kind"] for each in told["remedies"]]
    assert told["reasons"]
    assert "Personeel" in capsys.readouterr().out


def test_a_cell_of_a_result_sheet_is_the_figure_of_its_row(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(plan, read_only=True)
    rows = list(book["Plaatsing"].iter_rows(values_only=True))
    book.close()
    header = next(n for n, row in enumerate(rows) if row[0] == "Locatie")
    at, people = header + 2, rows[header].index("Personen")
    shown = rows[at - 1]
    record = tmp_path / "why.json"
    assert 0 == asked(plan, f"Plaatsing!{column_letters(people + 1)}{at}", record=record)
    told = json.loads(record.read_text(encoding="utf-8"))["why"]
    assert shown[people] == pytest.approx(told["value"])
    assert "Iedereen heeft een plaats" in {each["title"]["nl"] for each in told["rules"]}
    assert any("Locaties!" in (cell["place"] or "") for r in told["rules"] for cell in r["cells"])
    assert str(shown[0]) in capsys.readouterr().out


def test_one_of_a_unit_is_told_as_one(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = openpyxl.load_workbook(plan, read_only=True)["Plaatsing"]
    cells = (each for row in sheet.iter_rows(min_col=5) for each in row)
    one = next(each for each in cells if each.value == 1)

    assert 0 == asked(plan, f"Plaatsing!{one.coordinate}")

    assert "1 persoon\n" in capsys.readouterr().out


def test_a_decision_is_told_in_places_or_percents(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = openpyxl.load_workbook(plan, read_only=True)["Besluiten"]
    rows = [*enumerate(sheet.iter_rows(values_only=True), start=1)]
    for decided, told in (("verlengen", ": 100 %\n"), ("DOL inrichten", " plaatsen\n")):
        row = next(number for number, cells in rows if decided in cells)
        assert 0 == asked(plan, f"Besluiten!A{row}")
        first, _, _ = capsys.readouterr().out.partition("  ")
        assert first.endswith(told), first


def test_a_row_goes_by_what_it_is_about(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = load_plan(plan).tables["dol"].iloc[0]
    month = month_words(row["month"]).nl
    assert 0 == asked(plan, f"dol|{row['location']}|{month}")
    assert f"DOL · {row['location']} · {month}" in capsys.readouterr().out


def test_a_cell_of_the_input_tells_what_rests_on_it(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == asked(plan, "locations|L03|beds")
    assert "Plaatsen binnen de bedden" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("Tekorten!A1", "tekst"),
        ("Tekorten!B90000", "leeg"),
        ("Locaties!B3", "tekst"),
        ("Locaties!AZ900", "leeg"),
        ("Nergens!A1", "geen blad"),
        ("Samenvatting!A5", "tekst"),
        ("Verantwoording!B4", "niet bijgehouden"),
        ("hoeveelheid", "geen niveau"),
        ("shortfalls|L99", "geen rij"),
        ("placement|L03", "past op"),
        ("locations|L03", "zo heet een cel"),
        ("nothing|L03", "geen blad"),
    ],
)
def test_what_is_no_figure_is_a_sentence_and_not_usable(
    plan: Path, figure: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(plan, figure)
    said = capsys.readouterr()
    assert told in said.err
    assert "" == said.out
    assert 2 == run(["why", str(plan), figure, "--language", "en"])
    assert "{" not in capsys.readouterr().err


def test_nothing_asked_is_not_usable(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == asked(plan)
    assert "--wish" in capsys.readouterr().err


def test_a_workbook_without_a_plan_and_a_time_without_end_are_not_usable(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == run(["why", str(plan.with_name("demo.xlsx")), "emergency"])
    assert "geen plan" in capsys.readouterr().err
    assert 2 == run(["why", str(plan.with_name("gone.xlsx")), "emergency"])
    assert capsys.readouterr().err
    assert 2 == asked(plan, "--wish", "niemand in tenten", "--time-limit", "-1")
    assert "tijdslimiet" in capsys.readouterr().err


def test_a_plan_whose_input_was_changed_is_not_explained(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.xlsx"
    book = openpyxl.load_workbook(plan)
    book["Locaties"]["J5"] = book["Locaties"]["J5"].value + 1
    book.save(changed)
    assert 2 == asked(changed, "emergency")
    assert "gewijzigd" in capsys.readouterr().err


def test_a_wish_that_the_plan_grants_costs_nothing(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "wish.json"
    assert 0 == asked(plan, "--wish", "ten hoogste 100000 in noodopvang", record=record)
    told = json.loads(record.read_text(encoding="utf-8"))["wish"]
    assert all(each["before"] == each["after"] for each in told["levels"])
    assert "voldoet er al aan" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wish", ["L99 dicht", "maak het beter", "locations,L99,beds,10", "locations,L03,beds,many"]
)
def test_a_wish_that_is_not_known_is_a_sentence_and_not_usable(
    plan: Path, wish: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(plan, "--wish", wish)
    assert capsys.readouterr().err.strip()


def test_the_price_of_the_order_is_told_per_level(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "order.json"
    assert 0 == asked(plan, "--priorities", record=record)
    told = json.loads(record.read_text(encoding="utf-8"))["priorities"]
    levels = {each.name: each.value for each in load_plan(plan).plan.levels}
    for each in told:
        assert each["given"] == pytest.approx(0.01 * levels[each["level"]])
        assert [] == each["unknown"]
        order = list(levels)
        assert all(order.index(name) > order.index(each["level"]) for name in each["gains"])
    assert "toegeven levert" in capsys.readouterr().out


def test_an_order_that_the_plan_has_already_is_said(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(plan, "--priorities", "norm,emergency")
    assert "al heeft" in capsys.readouterr().err
    assert 2 == asked(plan, "--priorities", "kosten")
    assert "geen prioriteit" in capsys.readouterr().err


def test_a_dol_part_is_told_why_there_and_where_it_could_be_as_well(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == asked(plan, "dol|L04")
    told = capsys.readouterr().out
    # Its 83 places are more than the 60, 80 and 60 that can be DOL at the three others.
    unfit = told.partition("Het past niet, of niet in elke maand: ")[2].partition(".")[0]
    assert ["L03", "L05", "L20"] == re.findall(r"L\d\d", unfit)
    assert "zo min mogelijk delen" in told


def test_what_ends_the_shortfalls_of_a_rule_that_falls_short_nowhere_is_refused(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == asked(plan, "--cost", "max_people")
    assert "max_people" in capsys.readouterr().err
