"""The command line as a user calls it: what it writes, what it says, and its exit codes."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.result import verification
from planner.verify.breach import breach
from tests.shorter import shorter


def test_the_demo_writes_its_workbook_and_a_plan_that_holds(demo: Path) -> None:
    assert {"demo.xlsx", "plan.xlsx"} == {file.name for file in demo.glob("[!.]*")}
    assert 0 == run(["verify", str(demo / "plan.xlsx"), "--quiet"])


def test_the_input_sheets_of_a_plan_are_those_of_its_workbook(demo: Path) -> None:
    with (
        closing(openpyxl.load_workbook(demo / "demo.xlsx", read_only=True)) as before,
        closing(openpyxl.load_workbook(demo / "plan.xlsx", read_only=True)) as after,
    ):
        for sheet in before.worksheets:
            if sheet.sheet_state == "visible":
                rows = list(sheet.iter_rows(values_only=True))
                assert rows == list(after[sheet.title].iter_rows(values_only=True))


def test_a_scenario_is_planned_and_told_in_the_result_file(demo: Path, tmp_path: Path) -> None:
    target, record = tmp_path / "high.xlsx", tmp_path / "high.json"
    asked = [
        "plan",
        str(demo / "demo.xlsx"),
        "--out",
        str(target),
        "--scenario",
        "high",
        "--fractions",
    ]
    assert 0 == run([*asked, "--json", str(record), "--quiet"])
    made = json.loads(record.read_text(encoding="utf-8"))
    assert ("high", "optimal") == (made["scenario"], made["ending"])
    people = sum(each["people"] for each in made["tables"]["demand"])
    placed = sum(each["people"] for each in made["tables"]["placement"])
    assert pytest.approx(people) == placed + made["levels"][0]["value"]


def too_small(of: Path, record: Path, *how: str) -> int:
    """Return in how many months a plan has a DOL part in use below its smallest size."""
    asked = ["plan", str(of), "--json", str(record), *how]
    assert 0 == run([*asked, "--out", str(record.with_suffix(".xlsx")), "--quiet"])
    made = json.loads(record.read_text(encoding="utf-8"))
    locations = api.usable(api.open_workbook(of)).locations
    parts = [(locations[each["location"]], each["in_use"]) for each in made["tables"]["dol"]]
    assert parts
    return sum(1e-6 < used < (each.dol_min_section or 0) - 1e-6 for each, used in parts)


@pytest.mark.parametrize("months", [3, pytest.param(12, marks=pytest.mark.slow)])
def test_a_plan_can_be_carried_out_unless_parts_are_asked_for(months: int, tmp_path: Path) -> None:
    path = tmp_path / "demo.xlsx"
    api.save_book(path, shorter(api.open_demo("small"), months), Language.NL)
    assert 0 == too_small(path, tmp_path / "whole.json")
    assert 0 < too_small(path, tmp_path / "parts.json", "--fractions")


@pytest.mark.parametrize(("how", "whole"), [((), "true"), (("--fractions",), "false")])
def test_locations_are_whole_unless_parts_are_asked_for(
    tiny: Path, tmp_path: Path, how: tuple[str, ...], whole: str
) -> None:
    record = tmp_path / "plan.json"
    given = ["plan", str(tiny), "--out", str(tmp_path / "plan.xlsx"), "--json", str(record)]
    assert 0 == run([*given, *how, "--quiet"])
    assert whole == json.loads(record.read_text(encoding="utf-8"))["provenance"]["whole"]


def test_whole_and_fractions_exclude_each_other(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "plan.xlsx"
    asked = ["plan", str(demo / "demo.xlsx"), "--out", str(target), "--whole", "--fractions"]
    assert 2 == run(asked)
    assert "--fractions" in capsys.readouterr().err
    assert not target.exists()


def test_a_scenario_that_is_not_there_is_refused_and_nothing_is_written(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "plan.xlsx"
    asked = ["plan", str(demo / "demo.xlsx"), "--out", str(target), "--scenario", "no such"]
    assert 2 == run([*asked, "--language", "en"])
    assert "there is no scenario “no such”" in capsys.readouterr().err
    assert not target.exists()


def test_a_faulty_cell_ends_with_its_address_and_without_a_plan(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(demo / "demo.xlsx")
    book["Bezetting"].cell(5, 4, "#N/A")
    book.save(tmp_path / "faulty.xlsx")
    target = tmp_path / "plan.xlsx"
    assert 2 == run(["plan", str(tmp_path / "faulty.xlsx"), "--out", str(target)])
    assert "Bezetting!D5  fout" in capsys.readouterr().err
    assert not target.exists()
    assert 2 == run(["check", str(tmp_path / "faulty.xlsx")])
    assert "Bezetting!D5  fout" in capsys.readouterr().out


def test_remarks_are_told_beside_a_plan(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(tiny)
    book.create_sheet("Eigen notities")["A1"] = "bellen met de gemeente"
    book.save(tmp_path / "noted.xlsx")
    target = tmp_path / "plan.xlsx"
    assert 0 == run(["plan", str(tmp_path / "noted.xlsx"), "--out", str(target), "--fractions"])
    assert "Eigen notities" in capsys.readouterr().err
    with closing(openpyxl.load_workbook(target, read_only=True)) as planned:
        assert "Eigen notities" in planned.sheetnames


def test_a_time_limit_without_a_plan_ends_with_4_and_writes_none(
    demo: Path, tmp_path: Path
) -> None:
    target = tmp_path / "plan.xlsx"
    asked = ["plan", str(demo / "demo.xlsx"), "--out", str(target), "--time-limit", "0"]
    assert 4 == run([*asked, "--quiet"])
    assert not target.exists()


def test_a_plan_that_does_not_hold_is_not_written_and_the_program_says_so(
    tiny: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fault = breach("level_unknown", 1, level="cost")
    monkeypatch.setattr(verification, "verify", lambda *_given: (fault,))
    target = tmp_path / "plan.xlsx"
    asked = [
        "plan",
        str(tiny),
        "--out",
        str(target),
        "--language",
        "en",
        "--fractions",
    ]
    assert 1 == run(asked)
    assert "The program is at fault" in capsys.readouterr().err
    assert not target.exists()


def test_a_forged_figure_does_not_pass_verify(demo: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(demo / "plan.xlsx")
    sheet: Any = book["Plaatsing"]
    header = next(row for row in sheet.iter_rows(max_row=10) if row[0].value == "Locatie")
    people = next(each.column for each in header if each.value == "Personen")
    cell: Any = sheet.cell(5, people)
    cell.value += 1
    book.save(tmp_path / "forged.xlsx")
    assert 1 == run(["verify", str(tmp_path / "forged.xlsx"), "--quiet"])


def test_no_traceback_reaches_a_user(
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("something unforeseen")

    monkeypatch.setattr(api, "plan", fail)
    assert 1 == run(["plan", str(demo / "demo.xlsx"), "--out", str(tmp_path / "p.xlsx")])
    told = capsys.readouterr().err
    assert "something unforeseen" in told
    assert "Traceback" not in told
