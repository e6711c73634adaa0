"""Every figure shown is the sum of the parts it is said to be made of, down to rows and cells."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from typing import TYPE_CHECKING

import pytest

from planner.api import open_demo
from planner.core.task_control import TaskControl
from planner.explain.plan_explainer import PlanExplainer
from planner.input.edits import AddRow, apply
from planner.planning import PlanOptions, solved_plan
from planner.result import sentences
from planner.result.checks import CHECKS
from planner.result.queries import OF_RULE, SUM, AskCells, Behind, Figure, RowShown, Sum
from planner.result.sums import SUMS
from tests.tables import table_rows
from ui.results.figures import main_figures

if TYPE_CHECKING:
    from collections.abc import Iterator


CLOSE = 1e-6


@cache
def questions() -> PlanExplainer:
    found = PlanExplainer.about(solved_plan(open_demo("small"), options=PlanOptions(trials=0)))
    assert found is not None
    return found


def behind(figure: Figure, about: PlanExplainer | None = None) -> Behind:
    found = (about or questions()).answer(AskCells(figure), TaskControl())
    assert isinstance(found, Behind)
    return found


def added(figure: Figure) -> Sum:
    found = behind(figure).added
    assert found is not None
    return found


def total(found: Sum) -> float:
    return math.fsum(part.amount for part in found.parts)


def figures() -> Iterator[tuple[Figure, float]]:
    """Yield every figure of the overview, the summary and the measures, with its value."""
    plan = questions().solved_plan.plan
    for each in main_figures(plan, None):
        yield each.figure, each.value
    for level in plan.levels:
        yield Figure("levels", level=level.name), level.value
    for row in table_rows(sentences.summary(plan)):
        if isinstance(row.value, float):
            yield Figure("summary", sort=row.subject.nl), row.value
    for name, quantity in plan.measures.items():
        yield Figure("measures", sort=name), quantity.value


def walked(figure: Figure) -> Iterator[Sum]:
    """Yield a sum and, down to the last row, the sums of its parts."""
    found = behind(figure).added
    if found is not None:
        yield found
        for part in found.parts:
            if part.figure is not None:
                yield from walked(part.figure)


def test_the_parts_of_every_figure_add_up_to_it() -> None:
    told = list(figures())
    assert len(told) > 30
    for figure, value in told:
        found = added(figure)
        assert value == pytest.approx(found.total, rel=CLOSE, abs=CLOSE)
        assert value == pytest.approx(total(found), rel=CLOSE, abs=CLOSE), figure
        sizes = [abs(part.amount) for part in found.parts if not part.count]
        assert sorted(sizes, reverse=True) == sizes


@pytest.mark.parametrize("level", ["protected", "emergency", "dublin", "cost", "change"])
def test_parts_of_parts_add_up_too_and_end_at_rows_with_cells(level: str) -> None:
    figure = Figure("levels", level=level)
    depth = 0
    while (found := behind(figure)).added is not None:
        assert found.added.total == pytest.approx(total(found.added), rel=CLOSE, abs=CLOSE)
        following = found.added.parts[0].figure
        assert following is not None
        assert following != figure
        figure, depth = following, depth + 1
    assert 1 <= depth
    places = [cell.place for rule in found.rules for cell in rule.cells]
    places += [cell.place for cell in found.cells]
    assert any(places)


def test_what_is_not_shown_by_itself_is_one_line() -> None:
    parts = added(Figure("levels", level="cost", rule="cost_places")).parts
    assert 13 == len(parts)
    assert "samen" in parts[-1].about.nl
    assert parts[-1].count > 1
    assert parts[-1].figure is None


def test_the_cost_of_places_leads_to_the_price_of_a_bed_there() -> None:
    found = behind(Figure("levels", level="cost", rule="cost_places", location="L15"))
    assert {"cost_per_bed_month"} == {cell.column for cell in found.cells}
    assert all(cell.place.startswith("Locaties!") for cell in found.cells)


def test_people_in_emergency_lead_to_the_row_of_their_placement() -> None:
    month = dt.date(2026, 7, 1)
    figure = Figure(SUM, sort="emergency", month=month)
    while figure.table == SUM:
        following = added(figure).parts[0].figure
        assert following is not None
        figure = following
    assert "placement" == figure.table
    assert month == figure.month
    assert "people_within_places" in {row.figure.rule for row in _rows(behind(figure))}
    reported = behind(Figure("reporting", month=month)).added
    assert reported is not None
    assert SUMS["emergency"].total(questions().solved_plan.plan.tables, month) == reported.total


def _rows(found: Behind) -> list[RowShown]:
    return [row for rule in found.rules for row in rule.rows]


def test_the_largest_arrears_lead_to_the_rows_that_bind() -> None:
    figure = added(Figure("levels", level="provinces_worst")).parts[0].figure
    assert Figure(OF_RULE, rule="province_worst") == figure
    assert 0.0 == pytest.approx(behind(figure).rules[0].rows[0].room, abs=1e-4)


def test_a_figure_of_nought_and_what_is_no_figure_say_so() -> None:
    nought = behind(Figure("levels", level="unplaced"))
    assert nought.told is not None
    assert "nul" in nought.told.both.nl
    told = behind(Figure("summary", sort="Nagerekend")).told
    assert told is not None
    assert "geen cijfer" in told.both.nl


# Held against sheets that are empty in these books; `test_checks_beside` has them.
OF_OTHER_SHEETS = {"arrivals_as_forecast", "places_as_decided"}


def checked(about: PlanExplainer) -> None:
    """Hold every row of the checks against what it is said to be reckoned from."""
    table = about.solved_plan.plan.tables["checks"]
    names = {check.name for check in CHECKS}
    assert names - OF_OTHER_SHEETS <= set(table["check"])
    for row in table_rows(table):
        month = row.month if isinstance(row.month, dt.date) else None
        figure = Figure("checks", sort=row.check, month=month, subject=row.title.nl)
        found = behind(figure, about)
        assert found.told is not None
        assert row.title.nl == found.told.both.nl
        if row.check not in names or math.isnan(row.value):
            assert found.added is None
            continue
        assert found.cells
        assert found.added is not None
        assert row.value == pytest.approx(found.added.total)
        if found.added.parts:
            assert row.value == pytest.approx(total(found.added), rel=CLOSE)
        elif row.value:
            assert row.check in {"dol_by_stay", "information"}  # a product, and rounded up


def test_every_check_leads_to_what_it_is_reckoned_from() -> None:
    checked(questions())


@cache
def arriving() -> PlanExplainer:
    """The small demo with people who arrive at the border and elsewhere."""
    book = open_demo("small")
    months = sorted(set(book.frame("forecast")["month"]))
    rows = [
        {"scenario": "middle", "month": month, "stream": stream, "people": people + at}
        for stream, people in (("border", 31), ("asylum", 240))
        for at, month in enumerate(months)
    ]
    edits = [AddRow("inflow", 900 + at, row) for at, row in enumerate(rows)]
    made = solved_plan(apply(book, edits)[0], options=PlanOptions(trials=0))
    found = PlanExplainer.about(made)
    assert found is not None
    return found


def test_checks_on_arrivals_lead_to_the_cells_of_those_months_alone() -> None:
    checked(arriving())
    month = dt.date(2026, 9, 1)
    table = arriving().solved_plan.plan.tables["checks"]
    assert not table[table["check"] == "border_places"]["value"].isna().all()
    for check, months in (("needs_assessment", {9}), ("border_places", {9, 8, 7})):
        found = behind(Figure("checks", sort=check, month=month), arriving())
        cells = [each for each in found.cells if each.table == "inflow"]
        assert cells
        frame = arriving().solved_plan.book.frame("inflow")
        named = {frame["month"][each.row].month for each in cells if each.row is not None}
        assert named <= months
        assert 9 in named


def test_a_product_of_parameters_names_those_two_and_no_other() -> None:
    table = questions().solved_plan.plan.tables["checks"]
    high = table[table["check"] == "dol_by_stay"].iloc[1]
    found = behind(Figure("checks", sort="dol_by_stay", subject=high.title.nl))
    assert 2 == len(found.cells)
