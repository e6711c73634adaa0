"""A comparison on paper: what is on it, that names survive, and that figures are those compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from planner import api
from planner.cli import run
from planner.compare import verbs
from planner.compare.comparison import UNPLACED
from planner.compare.verbs import Comparison, PlanOfBook
from planner.core.display_names import called
from planner.core.texts import Language, say, show_number
from planner.input.book import Book
from planner.input.parameters import supplied
from planner.report.charts import Waterfall
from planner.report.comparison import drawings
from planner.report.comparison.pages import main_figures
from planner.report.comparison.printed import Printed
from planner.report.comparison.writing import inputs, pages_of, print_comparison, print_section
from planner.report.fonts import known
from planner.report.paper import Paper
from tests.compared import DIGITS, LONG, NAMES
from tests.planner.compare.test_beside import cheaper
from tests.planner.report.test_tagged import faults
from tests.tables import drawn_pages


@pytest.fixture(name="comparison", scope="module")
def comparison_of_all(made: Mapping[str, PlanOfBook]) -> Comparison:
    return verbs.compare(tuple(made.values()))


def _words(printed: Printed, pages: Sequence[object] | None = None) -> str:
    """Return everything that is printed as one text, lines joined."""
    paper = Paper("", "{page}")
    for print_pages in pages or pages_of(printed):
        paper.page()
        print_pages(paper, printed)  # type: ignore[operator] # as `pages_of` gives them
    texts = [text for figure in drawn_pages(paper) for text in figure.findobj(match=_is_text)]
    return " ".join(text.get_text() for text in texts)  # type: ignore[attr-defined] # a text


def _is_text(artist: object) -> bool:
    return hasattr(artist, "get_text") and bool(artist.get_text())


@pytest.mark.parametrize("language", list(Language))
def test_every_subject_is_printed(comparison: Comparison, language: Language) -> None:
    told = _words(Printed(comparison, language))
    titles = ("title", "by_month", "map", "shortfalls", "cost", "changes")
    missing = [key for key in titles if say(f"compare.paper.{key}", language) not in told]
    assert [] == missing


def test_the_answer_takes_one_page_and_the_annex_begins_on_the_next(
    made: Mapping[str, PlanOfBook], tmp_path: Path
) -> None:
    base = made["middle"]
    plans = [base, cheaper(base, 30.0, 2), replace(made[DIGITS], name="derde")]
    pages = print_comparison(tmp_path / "c.pdf", Printed(verbs.compare(plans), Language.NL))
    told = [page.extract_text() for page in PdfReader(tmp_path / "c.pdf").pages]
    assert len(told) == pages
    assert "mensen zonder plaats, ergste maand" in told[0]
    assert "prioriteit: kosten (euro)" in told[0]
    assert "Bijlage: wat verschilt, en waar" in told[1]
    assert not any("Bijlage: wat" in each for each in (told[0], *told[2:]))
    assert [] == faults(tmp_path / "c.pdf", Language.NL)


def test_people_without_a_place_are_drawn_in_every_month(made: Mapping[str, PlanOfBook]) -> None:
    base = made["middle"]
    frame = verbs.compare([base, cheaper(base, 30.0, 2)]).themes["people"].frame
    own = frame[frame["series"] == UNPLACED]
    assert list(base.months) == own["month"].tolist()
    # 30 people in each of the last two months, and nobody before.
    assert [0.0] * (len(own) - 2) + [30.0, 30.0] == own["difference_1"].tolist()


def test_the_parts_of_a_difference_in_cost_are_drawn_from_nought() -> None:
    axes = Paper("", "{page}").drawing(100.0)
    # -10 and +3 come to -7: everything between -10 and 0 has to be on the axis.
    drawings.steps(
        axes, Waterfall(("basis", 0.0), [("a", -10.0), ("b", 3.0)], ("1", -7.0)), Language.NL
    )
    low, high = axes.get_xlim()
    assert low < -10 < 0 < high


def test_names_stand_whole_on_the_first_page(comparison: Comparison) -> None:
    printed = Printed(comparison, Language.NL)
    told = _words(printed, [pages_of(printed)[0]]).replace(" ", "")
    for name in NAMES:
        assert known(called(name).nl).replace(" ", "") in told


def test_two_names_that_begin_alike_stay_apart(made: Mapping[str, PlanOfBook]) -> None:
    alike = [replace(made[LONG], name=f"{LONG} {end}") for end in ("een", "twee")]
    printed = Printed(verbs.compare([made["middle"], *alike]), Language.NL)
    heads = printed.heads()
    assert len(set(heads)) == len(heads)


def test_a_figure_on_paper_is_the_one_compared(comparison: Comparison) -> None:
    cost: Any = comparison.themes["levels"].frame.set_index("name").loc["cost"]
    told = _words(Printed(comparison, Language.NL), [main_figures])
    for at in (1, 3):
        assert show_number(float(cost[f"plan_{at}"]), Language.NL, 0) in told
        less = float(cost[f"difference_{at}"])
        sign = "+" if less > 0 else ""
        assert f"{sign}{show_number(less, Language.NL, 0)}" in told


def test_rows_of_the_input_are_printed_as_people_say(
    made: Mapping[str, PlanOfBook], book: Book
) -> None:
    high = verbs.PlanOfBook("high", book, api.plan(book, "high", options=api.PlanOptions(trials=0)))
    for language, row in (
        (Language.NL, "okt 2026 · eerste aanvragen"),
        (Language.EN, "Oct 2026 · first applications"),
    ):
        told = _words(Printed(verbs.compare([made["middle"], high]), language), [inputs])
        assert row in told.replace("\n", " ")
        assert "|" not in told
        assert "2026-10-01" not in told


def test_a_plan_beside_itself_says_that_nothing_differs(made: Mapping[str, PlanOfBook]) -> None:
    twin = replace(made["middle"], name="tweeling")
    told = _words(Printed(verbs.compare([made["middle"], twin]), Language.NL))
    assert "Verschilt nergens van midden." in told
    assert say("compare.paper.map.equal", Language.NL) in told
    assert not re.search(r"[+]\d", told)


def test_regret_and_contributions_are_printed_where_they_were_computed(
    book: Book, comparison: Comparison
) -> None:
    matrix = verbs.regret(book, NAMES[:2])
    found = verbs.contributions(book, "middle", DIGITS)
    printed = Printed(comparison, Language.NL, matrix, (found,))
    assert len(pages_of(Printed(comparison, Language.NL))) + 2 == len(pages_of(printed))
    told = _words(printed, pages_of(printed)[-2:])
    assert supplied()["reserve_places"].title.nl in told
    assert "reserve_places" not in told
    assert say("compare.no_regret", Language.NL) in told


def test_a_short_section_goes_with_other_pages(comparison: Comparison) -> None:
    paper = Paper("", "{page}")
    paper.heading("ander")
    print_section(paper, Printed(comparison, Language.EN))
    assert len(drawn_pages(paper)) > 1


def test_the_command_writes_a_pdf_beside_the_workbook(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    book, paper = tmp_path / "c.xlsx", tmp_path / "c.pdf"
    given = ["compare", *map(str, files), "--out", str(book), "--report", str(paper), "--quiet"]
    assert 0 == run(given)
    assert b"%PDF" == paper.read_bytes()[:4]
    assert [paper, book] == sorted(tmp_path.iterdir())


def test_a_report_that_is_no_pdf_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["compare", "a.xlsx", "b.xlsx", "--out", str(tmp_path / "c.xlsx")]
    assert 2 == run([*given, "--report", str(tmp_path / "c.docx")])
    assert "c.docx" in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())
