"""What a plan says first: rules switched off, and parameters other than supplied."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.core.texts import Language, Message
from planner.input.case import Case
from planner.input.parameters import Parameters, supplied
from planner.input.settings import Parameter
from planner.result.departures import LINES, choices_made, parameters_changed
from planner.result.idle_inputs import idle_notes
from tests.rules.cases import case

FEW = 7  # lines: they stand above the summary, which must stay in sight
AS_SUPPLIED = {name: each.parameter for name, each in supplied().items()}


def departures(of: Case) -> list[Message]:
    return [*choices_made(of), *parameters_changed(of)]


def of(**changed: Parameter) -> Case:
    return replace(case(), parameters=Parameters({**AS_SUPPLIED, **changed}))


def told(of: Case, language: Language = Language.EN) -> list[str]:
    return [each.text(language) for each in departures(of)]


def test_nothing_is_told_of_a_case_as_supplied() -> None:
    assert [] == told(of())


def test_another_value_is_told_with_the_supplied_one() -> None:
    changed = of(occupancy_norm=replace(AS_SUPPLIED["occupancy_norm"], value=0.96))

    assert ["Other than supplied: Occupancy norm: 0.96 (supplied 0.91)."] == told(changed)
    assert ["Afwijkend van de standaardwaarden: Bezettingsnorm: 0,96 (standaard 0,91)."] == told(
        changed, Language.NL
    )


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        (dt.date(2026, 8, 1), None, "0.91, valid from 1 Aug 2026 (supplied 0.91, always valid)"),
        (None, dt.date(2027, 1, 31), "0.91, valid until 31 Jan 2027 (supplied"),
        (dt.date(2026, 8, 1), dt.date(2027, 1, 31), "0.91, valid from 1 Aug 2026 until 31 Jan"),
    ],
)
def test_another_validity_is_told_too(
    begin: dt.date | None, end: dt.date | None, words: str
) -> None:
    norm = replace(AS_SUPPLIED["occupancy_norm"], valid_from=begin, valid_until=end)

    (line,) = told(of(occupancy_norm=norm))

    assert words in line


def test_an_emptied_parameter_is_told_as_empty() -> None:
    emptied = of(dol_band_low=replace(AS_SUPPLIED["dol_band_low"], value=None))

    assert ["Other than supplied: DOL band, low: empty (supplied 1,200)."] == told(emptied)


def test_rules_that_are_off_come_first_with_those_that_go_with_them() -> None:
    off = Parameter(parameter="rule_province_task", value=0.0, valid_from=None, valid_until=None)
    norm = replace(AS_SUPPLIED["occupancy_norm"], value=0.96)

    first, second = departures(of(rule_province_task=off, occupancy_norm=norm))

    assert (
        "Switched off, and so not counted: Largest arrears of a province (province_worst), "
        "Task of the province (province_task)."
    ) == first.text(Language.EN)
    assert "plan.parameters_changed" == second.key


def test_a_switch_that_is_on_is_no_departure() -> None:
    on = Parameter(parameter="rule_moves", value=1.0, valid_from=None, valid_until=None)

    assert [] == told(of(rule_moves=on))


def test_however_many_differ_they_take_few_lines_and_none_is_left_out() -> None:
    numbers = {
        name: replace(each, value=each.value + 1)
        for name, each in AS_SUPPLIED.items()
        if isinstance(each.value, float)
    }

    changed = of(**numbers)
    # What has no effect is told apart.
    lines = told(changed) + [each.text(Language.EN) for each in idle_notes(changed)]

    assert len(lines) <= FEW
    apart = {name for name in numbers if name.startswith("priority_")}
    assert not [
        name
        for name in {*numbers} - apart
        if not any(supplied()[name].title.en in s for s in lines)
    ]


def test_up_to_four_have_a_line_each_and_more_stand_together_by_what_they_are_about() -> None:
    band = {
        name: replace(AS_SUPPLIED[name], value=7.0)
        for name in ("dol_band_low", "dol_band_high", "dol_growth_per_month", "occupancy_norm")
    }
    more = {**band, "reserve_places": replace(AS_SUPPLIED["reserve_places"], value=7.0)}

    assert LINES == len(told(of(**band)))
    grouped = told(of(**more))
    assert [3, 1, 1] == sorted((line.count(": 7 (") for line in grouped), reverse=True)


def test_another_order_of_the_levels_is_told_as_an_order() -> None:
    moved = of(priority_dublin=replace(AS_SUPPLIED["priority_dublin"], value=3.5))

    order = (
        "Another order of the levels than supplied: without a place, protected groups, shared "
        "evenly, norm and ceilings, Dublin, emergency reception, reserve and staff, largest "
        "arrears of a province, province tasks, moves, cost, changes and new DOL."
    )
    assert [order] == told(moved)
    same = of(priority_dublin=replace(AS_SUPPLIED["priority_dublin"], value=5.5))
    assert [] == told(same)


def test_the_forecast_that_is_asked_for_is_named() -> None:
    asked = of(forecast_scenario=replace(AS_SUPPLIED["forecast_scenario"], value="high"))

    assert ["Reckoned with the forecast “high”."] == told(asked)
