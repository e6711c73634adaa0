"""The first sheet of a comparison, and areas: what is read first, whole and by size."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from planner.cli.compare import based_on
from planner.compare.areas import SORTS, areas_theme
from planner.compare.beside_values import FigureVerdict
from planner.compare.comparison import compare
from planner.compare.first_page import first_page
from planner.compare.theme import plan_column
from planner.compare.verbs import PlanOfBook
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.report import build
from planner.report.comparison.pages import side_by_side, words
from planner.report.comparison.printed import Printed
from planner.report.fonts import UNKNOWN
from planner.report.paper import Paper
from tests.compared import EMOJI, NAMES
from tests.other_tables import with_tables
from tests.planner.compare.test_beside import cheaper
from tests.small_plan import small_book, small_plan

Plans = Mapping[str, PlanOfBook]


def test_the_first_sheet_begins_with_people_without_a_place_and_ends_with_the_cost(
    made: Plans, tmp_path: Path
) -> None:
    base, path = made[NAMES[0]], tmp_path / "naast elkaar.xlsx"
    build.save_comparison(path, compare([base, cheaper(base, 30.0, 2)]), Language.NL)
    book = openpyxl.load_workbook(path)
    assert "Naast elkaar" == book.sheetnames[0]
    rows = [[cell.value for cell in row] for row in book["Naast elkaar"].iter_rows()]
    header = next(at for at, row in enumerate(rows) if row[0] == "Wat")
    above = " ".join(str(row[0]) for row in rows[:header])
    assert "zuinig: Slechter dan de basis: meer mensen zonder plaats" in above
    assert "Weggelaten" in above
    listed = rows[header + 1 :]
    assert [
        f"mensen zonder plaats, {when}"
        for when in ("eerste maand", "ergste maand", "laatste maand", "alle maanden samen")
    ] == [row[0] for row in listed[:4]]
    # 30 people in each of the last two months: none in the first, 60 person-months in all.
    assert [0, 30, 30, 60] == [row[4] for row in listed[:4]]
    assert ["gelijk", "slechter", "slechter", "slechter"] == [row[5] for row in listed[:4]]
    assert "prioriteit: kosten" == listed[-1][0]
    assert -1_000_000 == listed[-1][4]
    assert "lager, maar meer mensen zonder plaats" == listed[-1][5]
    assert "beter" not in [row[5] for row in listed]
    assert "Gebieden" in book.sheetnames


def test_people_are_as_many_in_words_and_charts_as_on_the_first_sheet() -> None:
    # Figures of a plan in shares are shown as they are.
    said = {**small_plan().provenance, "whole": "true"}
    plan = PlanOfBook("middle", small_book(), replace(small_plan(), provenance=said))
    people = compare([plan, replace(plan, name="again")]).themes["people"].frame
    for number in range(2):
        column = people[plan_column(number)]
        assert column.tolist() == [float(round(each)) for each in column]


def test_the_same_stands_first_on_paper(made: Plans) -> None:
    base = made[NAMES[0]]
    paper = Paper("", "{page}")
    paper.page()
    side_by_side(paper, Printed(compare([base, cheaper(base, 30.0, 2)]), Language.EN))
    told = " ".join(str(each) for each in paper.blocks)
    assert told.index("people without a place, first month") < told.index("priority: cost")
    assert "-1,000,000 no gain" in told
    assert "No gain: lower, but more people without a place" in told
    assert "better" not in told


def test_what_stands_below_one_another_in_a_cell_has_no_box_between(
    made: Plans, tmp_path: Path
) -> None:
    plans = [made[NAMES[0]], cheaper(made[NAMES[0]], 30.0, 2), made[EMOJI]]
    paper = Paper("vergelijking", "{page}")
    paper.page()
    side_by_side(paper, Printed(compare(plans), Language.NL))
    paper.save(tmp_path / "naast.pdf", {"Title": "Naast elkaar"}, Language.NL.value)
    told = " ".join(page.extract_text() for page in PdfReader(tmp_path / "naast.pdf").pages)
    assert UNKNOWN not in told
    assert "+30 slechter" in " ".join(told.split())


def test_a_supplied_scenario_has_its_sentences_on_paper_too(made: Plans) -> None:
    paper = Paper("", "{page}")
    paper.page()
    words(paper, Printed(compare([made[NAMES[0]], replace(made[EMOJI], name="high")]), Language.NL))
    (points,) = [each["texts"] for each in paper.blocks if each["kind"] == "points"]
    assert points


def test_every_figure_is_whole_but_a_percentage(made: Plans) -> None:
    page = first_page(compare(tuple(made.values())))
    for line in page.lines:
        if not line.unit.en.startswith("%"):
            assert all(each == round(each) for each in line.figures)
            assert all(each is None or each == round(each) for each in line.more)


def test_plans_of_other_months_have_no_differences_on_the_first_page(made: Plans) -> None:
    base = made[NAMES[0]]
    later = {
        key: frame[frame["month"] != base.months[0]] if "month" in frame else frame
        for key, frame in base.tables.items()
    }
    page = first_page(compare([base, with_tables(base, later, name="later")]))
    assert {None} == {more for line in page.lines for more in line.more}
    assert {FigureVerdict.OTHER} == {each for line in page.lines for each in line.verdicts}


def test_areas_are_provinces_municipalities_and_regions_largest_first(made: Plans) -> None:
    theme = areas_theme([made[NAMES[0]], made[EMOJI]])
    frame = theme.differing
    assert not frame.empty
    assert list(dict.fromkeys(theme.frame["sort"])) == [
        each for each in SORTS if each in set(theme.frame["sort"])
    ]
    for _, own in frame.groupby("sort", sort=False):
        sizes = own["difference_1"].abs().tolist()
        assert sorted(sizes, reverse=True) == sizes
        assert all(each >= 1 for each in sizes)


def test_people_of_an_area_are_those_at_its_locations(made: Plans) -> None:
    plan = made[NAMES[0]]
    frame = areas_theme([plan, made[EMOJI]]).frame
    last = plan.tables["placement"]
    people = last[last["month"] == plan.months[-1]]
    for sort in ("province", "municipality"):
        own = frame[(frame["sort"] == sort) & (frame["what"] == "people")]
        # Each area is rounded by itself.
        assert own["plan_0"].sum() == pytest.approx(people["people"].sum(), abs=len(own) / 2)


def test_any_plan_can_be_the_base() -> None:
    assert ("b", "a", "c") == based_on(("a", "b", "c"), 2)
    assert ("a", "b", "c") == based_on(("a", "b", "c"), 1)
    for wrong in (0, 4, -1):
        with pytest.raises(UnusableInputError):
            based_on(("a", "b", "c"), wrong)
