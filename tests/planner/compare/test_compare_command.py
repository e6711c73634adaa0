"""The command as a user calls it, and the workbook that it writes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.cli.compare import asked_for
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.parameters import supplied
from planner.result.plan import Plan
from tests.compared import DIGITS, EMOJI, LONG, NAMES


@pytest.fixture(name="written", scope="module")
def comparison_written(files: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("comparison") / "compare.xlsx"
    given = ["compare", *map(str, files), "--out", str(target), "--language", "en", "--quiet"]
    assert 0 == run(given)
    return target


def test_everything_goes_to_one_workbook_with_words_first(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert ["Side by side", "Comparison"] == book.sheetnames[:2]
    assert {"Inputs", "Levels", "Decisions", "Cost", "Changes", "Charts"} <= set(book.sheetnames)
    told = [
        row[1] for row in book["Comparison"].iter_rows(min_row=4 + len(NAMES), values_only=True)
    ]
    assert any("at the first level that differs" in str(each) for each in told)


def test_any_of_the_plans_is_the_base(files: tuple[Path, ...], tmp_path: Path) -> None:
    target = tmp_path / "compare.xlsx"
    given = ["compare", *map(str, files[:2]), "--out", str(target), "--language", "en", "--quiet"]
    assert 0 == run([*given, "--base", "2"])
    sheet = openpyxl.load_workbook(target)["Side by side"]
    titles = [cell.value for row in sheet.iter_rows() for cell in row]
    assert f"base: {EMOJI}" in titles
    assert 2 == run([*given, "--base", "3"])


@pytest.mark.parametrize("name", NAMES[1:])
def test_names_survive_the_export_as_they_are(written: Path, name: str) -> None:
    book = openpyxl.load_workbook(written)
    titles = [row[0].value for row in book["Comparison"].iter_rows(min_row=4 + len(NAMES))]
    assert name in titles
    assert all(isinstance(each, str) for each in titles)
    for sheet in ("Inputs", "Levels", "Cost", "Places"):
        headers = [each.value for each in book[sheet][3]]
        assert name in headers
        assert f"difference: {name}" in headers


def test_a_row_of_the_input_goes_by_its_name_with_its_key_apart(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)["Inputs"]
    titles = [each.value for each in sheet[3]]
    rows = [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(4, values_only=True)]
    named: dict[Any, Any] = {each["Key"]: each["Row"] for each in rows}
    assert supplied()["reserve_places"].title.en == named["reserve_places"]
    assert named["L15"].startswith("L15 ")


def test_names_survive_the_workbook_of_the_input_and_the_result_file(
    book: Book, plans: Mapping[str, Plan], tmp_path: Path
) -> None:
    api.save_book(tmp_path / "input.xlsx", book, Language.EN)
    assert set(NAMES) <= set(api.scenario_names(api.open_workbook(tmp_path / "input.xlsx")))
    for name, plan in plans.items():
        api.save_result(tmp_path / "plan.json", plan)
        record = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
        assert name == record["scenario"]


def test_no_chart_is_cut_where_a_page_ends(written: Path) -> None:
    page = openpyxl.load_workbook(written)["Charts"]
    # Eight charts in four rows of twenty lines each; two rows to a page.
    assert [40] == [each.id for each in page.row_breaks.brk]


def test_the_charts_are_native_ones(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        charts = [each for each in archive.namelist() if each.startswith("xl/charts/chart")]
        texts = [archive.read(each).decode() for each in charts]
    # Five by month and what the difference in cost consists of for every plan beside the base.
    assert 5 + len(NAMES) - 1 == len(charts)
    assert len(NAMES) - 1 == sum('val="stacked"' in each for each in texts)
    # Lines begin at nought; so do bars, which a least value would cut.
    assert 5 == sum('<c:min val="0"/>' in each.replace('"0.0"', '"0"') for each in texts)
    assert 5 == sum("<c:min " in each for each in texts)


def test_a_plan_beside_itself_gives_sheets_without_rows(
    files: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "same.xlsx"
    given = ["compare", str(files[0]), str(files[0]), "--out", str(target), "--language", "en"]
    assert 0 == run(given)
    assert "Differs nowhere" in capsys.readouterr().out
    book = openpyxl.load_workbook(target)
    for sheet in ("Inputs", "Levels", "Decisions", "Places", "Changes"):
        assert 3 == book[sheet].max_row


@pytest.mark.parametrize(("count", "told"), [(1, "not 1"), (7, "not 7")])
def test_too_few_and_too_many_plans_are_refused(
    files: tuple[Path, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    count: int,
    told: str,
) -> None:
    target = tmp_path / "refused.xlsx"
    given = [*map(str, [files[0]] * count), "--out", str(target), "--language", "en"]
    assert 2 == run(["compare", *given])
    assert told in capsys.readouterr().err
    assert not target.exists()


def test_scenarios_of_one_workbook_are_planned_and_compared_with_regret(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "input.xlsx", tmp_path / "compare.xlsx"
    api.save_book(source, book, Language.NL)
    given = ["compare", str(source), "--scenarios", f"middle,{EMOJI}", "--out", str(target)]
    assert 0 == run([*given, "--regret", "--contributions"])

    assert "dan geven de besluiten uit " in capsys.readouterr().out
    made = openpyxl.load_workbook(target)
    parts = [row[3] for row in made["Bijdragen"].iter_rows(min_row=4, values_only=True)]
    assert {"Hele verschil", "Alleen samen"} < set(parts)
    rows = list(made["Spijt"].iter_rows(values_only=True))
    glance = list(made["Spijtmatrix"].iter_rows(values_only=True))
    assert ["geen spijt"] * 2 == [glance[-2][1], glance[-1][2]]
    pairs = [row[:2] for row in rows if row[0] in {"midden", EMOJI}]
    assert [(one, two) for one in ("midden", EMOJI) for two in ("midden", EMOJI)] == pairs


def test_an_unknown_scenario_is_refused_before_anything_is_planned(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "input.xlsx", tmp_path / "compare.xlsx"
    api.save_book(source, book, Language.NL)
    given = ["compare", str(source), "--out", str(target), "--scenarios", "middle,no such"]
    assert 2 == run([*given, "--language", "en"])
    assert "no such" in capsys.readouterr().err
    assert not target.exists()


def test_names_with_commas_of_their_own_are_understood() -> None:
    assert ("a, b", DIGITS, "new") == asked_for(f"a, b,{DIGITS}, new,", ("a, b", DIGITS, LONG))
