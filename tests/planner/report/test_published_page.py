"""What of a plan, or of plans side by side, may leave the house on paper and as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from planner import api
from planner.cli.line import run
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.edits import AddRow, apply, next_row
from planner.report.paper import Paper
from planner.report.published_page import PublishedPages
from planner.result import PlanOfBook, load_plan
from planner.result.schema import published


def tables(path: Path, *, long: bool, least: int) -> list[list[list[str]]]:
    """Return the rows of each table on the page."""
    paper = Paper("", "{page} {pages}")
    PublishedPages(least, long=long)(paper, load_plan(path).shown(), Language.EN)
    return [list(each["rows"]) for each in paper.blocks if each["kind"] == "table"]


def test_the_page_tells_what_the_files_tell_and_a_dash_for_the_rest(plan_file: Path) -> None:
    plan = load_plan(plan_file)
    # Of two locations and one group everybody is in a cell with a total: all below 2,000 go.
    frames = {each.name: each.frame for each in published(2000, plan)}
    assert frames["placement_by_group"]["withheld"].any()

    rows = [row for rows in tables(plan_file, long=True, least=2000) for row in rows]
    counts = [cell for row in rows for cell in row[2:] if cell.strip()]
    assert "\N{EN DASH}" in counts


def test_plans_of_which_one_has_a_location_more_go_side_by_side(plan_file: Path) -> None:
    book = read_workbook(plan_file)
    first = next_row(book, "scenarios")
    cells = {"scenario": "more", "table": "Locaties", "key": "N01", "column": "nieuw"}
    like = str(book.frame("locations")["id"].iloc[0])
    added = AddRow("scenarios", first, {**cells, "value": f"zoals {like}"})
    wider = apply(book, [added])[0]
    plan = PlanOfBook("more", wider, api.plan(wider, "more"))
    assert "N01" in set(plan.tables["placement"]["location"])

    found = {each.name: each.frame for each in published(5000, load_plan(plan_file), plan)}
    locations = found["locations"]
    assert 1 == (locations["location"] == "N01").sum()
    assert locations["type"].notna().all()


@pytest.mark.parametrize("ending", ["pdf", "odt"])
def test_the_command_writes_it_without_costs(plan_file: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    assert 0 == run(["report", str(plan_file), "--out", str(out), "--small-numbers"])
    if ending == "pdf":
        words = " ".join(page.extract_text() for page in PdfReader(out).pages)
        assert "onder 5" in words
        assert "mln" not in words


@pytest.mark.parametrize(
    "more", [["--letter"], ["--province", "Utrecht"], ["--small-numbers", "0"]]
)
def test_what_cannot_go_with_it_is_refused(
    plan_file: Path, tmp_path: Path, more: list[str]
) -> None:
    out = tmp_path / "out.pdf"
    assert 2 == run(["report", str(plan_file), "--out", str(out), "--small-numbers", *more])
    assert not out.exists()
