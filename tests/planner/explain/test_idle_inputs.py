"""What is given and has no effect is said on the first page, and not as a departure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.core.texts import Language
from planner.input.case import Case
from planner.input.parameters import supplied
from planner.result.departures import parameters_changed
from planner.result.idle_inputs import idle_notes
from tests.arriving import arriving, stream


def of(**changed: Any) -> Case:
    made = arriving(stream("come", "men"), lives={"men": 100}, months=3, **changed)
    by_name = {name: each.parameter for name, each in supplied().items()}
    by_name |= {name: replace(by_name[name], value=value) for name, value in changed.items()}
    return replace(made, parameters=replace(made.parameters, by_name=by_name))


def forecast(case: Case) -> Case:
    given = {(group, month): 100.0 for group in case.groups for month in case.months}
    return replace(case, forecast=given)


def told(case: Case) -> str:
    return " ".join(each.text(Language.NL) for each in idle_notes(case))


def departed(case: Case) -> str:
    return " ".join(each.text(Language.NL) for each in parameters_changed(case))


def test_what_a_forecast_overrides_is_named_and_is_no_departure() -> None:
    case = forecast(of(take_back_months=5.0))

    for words in ("Instroom", "Stromen", "Terugname"):
        assert words in told(case)
    assert "Terugname" not in departed(case)


def test_what_counts_is_a_departure() -> None:
    case = of(take_back_months=5.0)

    assert not told(case)
    assert "Terugname" in departed(case)


def test_yearly_figures_do_nothing_beside_arrivals_of_the_sheet() -> None:
    case = of(season_01=0.5)

    assert "Seizoen januari" in told(case)
    assert "Seizoen januari" not in departed(case)
