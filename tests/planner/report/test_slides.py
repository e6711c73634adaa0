"""A plan on five slides: titles, the figures of the plan, and words for who cannot see a chart."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Slides

from planner.cli import run
from planner.core.texts import Language
from planner.report.slides import write_slides
from planner.result import PlanOfBook, load_plan
from planner.result.main_figures import MainFigures


@pytest.fixture(scope="module")
def plan(plan_file: Path) -> PlanOfBook:
    return load_plan(plan_file)


@pytest.fixture(scope="module")
def slides(plan: PlanOfBook, tmp_path_factory: pytest.TempPathFactory) -> Slides:
    path = tmp_path_factory.mktemp("slides") / "plan.pptx"
    assert 5 == write_slides(plan, path, Language.NL)
    return Presentation(str(path))


def titles(slides: Slides) -> list[str]:
    found = (slide.shapes.title for slide in slides.slides)
    return [each.text_frame.text for each in found if each is not None]


def test_each_slide_has_a_title_of_its_own(slides: Slides) -> None:
    assert titles(slides) == [
        "Het antwoord",
        "Te besluiten",
        "Bedden en noodopvang",
        "DOL: plaatsen en wat nodig is",
        "Wat tekortschiet, met de slechtste maand",
    ]


def test_a_chart_holds_the_figures_of_the_plan_and_says_what_it_shows(
    slides: Slides, plan: PlanOfBook
) -> None:
    found = MainFigures.of(plan.shown().tables)
    (frame,) = (shape for shape in slides.slides[2].shapes if shape.has_chart)
    beds, needed, emergency = frame.chart.plots[0].series
    assert list(beds.values) == [round(each) for each in found.beds]
    assert list(needed.values) == [round(each) for each in found.beds_needed]
    assert list(emergency.values) == [round(each) for each in found.emergency]
    (words,) = frame.element.xpath(".//p:cNvPr/@descr")
    assert "Mensen in noodopvang" in words


def test_the_worst_month_stands_large_on_the_first_slide(slides: Slides, plan: PlanOfBook) -> None:
    worst = max(MainFigures.of(plan.shown().tables).without_place)
    assert worst > 0
    large = [
        run.text
        for shape in slides.slides[0].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size is not None and run.font.size.pt > 30
    ]
    assert f"{worst:.0f}" in large


def test_what_falls_short_names_its_source(slides: Slides) -> None:
    (frame,) = (shape for shape in slides.slides[4].shapes if shape.has_table)
    cells = [cell.text for row in frame.table.rows for cell in row.cells]
    assert any("2024/1346" in each for each in cells)


def test_the_file_names_nobody_but_the_program(plan: PlanOfBook, tmp_path: Path) -> None:
    path = tmp_path / "plan.pptx"
    write_slides(plan, path, Language.EN)
    assert titles(Presentation(str(path)))[0] == "The answer"
    with zipfile.ZipFile(path) as archive:
        about = archive.read("docProps/core.xml").decode()
    assert "Opvangplan" in about
    assert "Canny" not in about


@pytest.mark.parametrize("more", [["--long"], ["--letter"], ["--province", "Drenthe"]])
def test_slides_are_five_and_no_page_of_another_sort(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    path = tmp_path / "plan.pptx"
    assert 2 == run(["report", str(plan_file), "--out", str(path), *more])
    assert "vijf vaste dia's" in capsys.readouterr().err
    assert not path.exists()
