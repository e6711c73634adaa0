"""The command that turns arrivals into people: forecast."""

from __future__ import annotations

import argparse

from planner import forecasting, workflow
from planner.cohorts.uncertainty import Outcome
from planner.commands.console import Console
from planner.texts import show_number

_FOREMOST = 3


def forecast(options: argparse.Namespace, console: Console) -> int:
    """Compute people per group, month and scenario, and write them with the book."""
    book = workflow.open_workbook(options.input)
    made = forecasting.forecast(book, options.scenario)
    forecasting.save_forecast(options.out, book, made, console.language)
    for note in made.notes:
        console.result(console.say(note))
    if not console.quiet:
        for each in made.scenarios:
            _tell(each, console)
    console.note("command.written", file=str(options.out))
    return 0


def _tell(each: forecasting.ScenarioForecast, console: Console) -> None:
    """Print the figures of a scenario with their bands, and what DOL hangs on most."""
    console.note("forecast.scenario", name=each.name)
    for outcome in Outcome:
        people, low, high = forecasting.outcome_figure(each, outcome)
        numbers = {
            name: show_number(value, console.language, 0)
            for name, value in (("people", people), ("low", low), ("high", high))
        }
        console.note(f"forecast.figure.{outcome.value}", **numbers)
    swings = [swing for swing in each.swings if swing.outcome is Outcome.DOL]
    for swing in swings[:_FOREMOST]:
        moved = show_number(swing.size, console.language, 0)
        console.note("forecast.hangs_on", input=forecasting.knob_text(swing.knob), moved=moved)
