"""The commands about demand: forecast, from arrivals to people, and look-back."""

from __future__ import annotations

import argparse

from planner import api
from planner.cli.console import Console
from planner.cli.kinds import as_kind_of
from planner.core.display_names import called
from planner.core.texts import Language, message, show_number
from planner.forecast import accuracy, calibration, demand_forecast
from planner.forecast.cohorts.uncertainty import LookedAt
from planner.forecast.past_errors import read_past_errors

_FOREMOST = 3
_SMALL = 10.0


def forecast(options: argparse.Namespace, console: Console) -> int:
    """Compute people per group, month and scenario, and write them with the book."""
    book = api.open_workbook(options.input)
    past = None if options.track_record is None else read_past_errors(options.track_record)
    made = demand_forecast.forecast(book, options.scenario, past)
    fitted = calibration.calibrate(book, options.scenario) if options.calibrate else None
    beside = () if fitted is None else calibration.calibration_sheets(fitted)
    book = as_kind_of(options.out, book, console)
    demand_forecast.save_forecast(options.out, book, made, console.language, beside)
    for note in made.notes:
        console.result(console.say(note))
    if not console.quiet:
        for each in made.scenarios:
            _tell(each, console)
    if fitted is not None:
        _tell_fit(fitted, console)
    console.note("command.written", file=str(options.out))
    return 0


def _tell(each: demand_forecast.ScenarioForecast, console: Console) -> None:
    """Print the figures of a scenario with their bands, and what DOL hangs on most."""
    console.note("forecast.scenario", name=called(each.name))
    for outcome in LookedAt:
        people, low, high = demand_forecast.outcome_figure(each, outcome)
        numbers = {
            name: show_number(value, console.language, 0)
            for name, value in (("people", people), ("low", low), ("high", high))
        }
        console.note(f"forecast.figure.{outcome.value}", **numbers)
    swings = [swing for swing in each.swings if swing.outcome is LookedAt.DOL]
    for swing in swings[:_FOREMOST]:
        moved = show_number(swing.size, console.language, 0)
        console.note(
            "forecast.hangs_on", input=demand_forecast.uncertain_input_text(swing.knob), moved=moved
        )


def _tell_fit(fitted: calibration.Calibration, console: Console) -> None:
    """Print what the counts tell of each input, and of which they tell nothing and why."""
    key = "calibration.offered" if fitted.inputs else "calibration.nothing_told"
    console.note(key, scenario=called(fitted.scenario))
    for each in fitted.inputs:
        ends = {"before": each.before, "value": each.value, "low": each.low, "high": each.high}
        shown = {name: _figures(value, console.language) for name, value in ends.items()}
        cell = each.cell or message("calibration.supplied")
        console.note("calibration.input", input=each.title, cell=cell, **shown)
    for told in (*fitted.notes, *calibration.quality(fitted), *fitted.refused):
        console.result(console.say(told))


def _figures(value: float, language: Language) -> str:
    """Return a fitted value with about four figures."""
    return show_number(value, language, 3 if abs(value) < _SMALL else 1)


def look_back(options: argparse.Namespace, console: Console) -> int:
    """Compare an old forecast with later counts, and write that with the later book."""
    old, later = (api.open_workbook(path) for path in (options.old, options.later))
    found = accuracy.look_back(old, later, options.scenario)
    later = as_kind_of(options.out, later, console)
    accuracy.save_look_back(options.out, later, found, console.language)
    for note in found.notes:
        console.result(console.say(note))
    for row in found.summary.to_dict("records"):
        error = show_number(float(row["mean_absolute"]), console.language, 0)
        mean = float(row["mean_error"])
        lean = "even" if round(abs(mean)) == 0 else "high" if mean > 0 else "low"
        leans = message(f"look_back.{lean}", error=round(abs(mean)))
        percent = show_number(100 * float(row["relative"]), console.language, 1)
        fields = {"scenario": called(row["scenario"]), "group": called(row["group"])}
        console.note("look_back.group", **fields, error=error, percent=percent, leans=leans)
    console.note("command.written", file=str(options.out))
    return 0
