"""The demand calculation as a verb of its own: a book in, people per group, month and scenario out.

Without the sheet Inflow, arrivals come from yearly parameters with seasonal weights. What the sheet
Forecast gives goes before what is computed, and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import fsum
from pathlib import Path

import numpy as np
import pandas as pd

from planner.core.display_names import called
from planner.core.errors import Severity, UnusableInputError
from planner.core.texts import Language, Message, Text, message
from planner.files.writing import write_workbook
from planner.forecast.cohorts.arrivals import HIGH, LOW
from planner.forecast.cohorts.intake import UncertainInput
from planner.forecast.cohorts.people_present import Computed, Origin, compute
from planner.forecast.cohorts.rows import key_of, rows_of
from planner.forecast.cohorts.shares import divided
from planner.forecast.cohorts.stays import Floats
from planner.forecast.cohorts.uncertainty import (
    ENOUGH,
    Bands,
    LookedAt,
    Swing,
    bands,
    outcomes,
    sensitivity,
)
from planner.forecast.past_errors import PastErrors
from planner.input.book import Book, TableSheet, empty_sheet
from planner.input.case import Case, parse
from planner.input.column import Column
from planner.input.edits import next_row
from planner.input.months import MONTHS_IN_YEAR
from planner.input.recognise import object_frame
from planner.input.records import table
from planner.input.scenarios.scenario import MIDDLE
from planner.input.supplied_streams import stream_source
from planner.input.typed import TypedTables, read_tables
from planner.sheets.forecast_tables import FORECAST_TABLES, WIDENED
from planner.sheets.result_sheets import ResultSheet


@dataclass(frozen=True)
class ScenarioForecast:
    """What the arrivals of a scenario come to, with bands and what they hang on."""

    computed: Computed
    bands: Bands
    swings: tuple[Swing, ...]

    @property
    def name(self) -> str:
        """The scenario."""
        return self.computed.case.scenario


@dataclass(frozen=True)
class DemandForecast:
    """The scenarios of a book, and what a reader must know before any figure."""

    scenarios: tuple[ScenarioForecast, ...]
    notes: tuple[Message, ...]


def forecast(
    book: Book, scenario: str | None = None, past: PastErrors | None = None
) -> DemandForecast:
    """Compute the people per group and month of a scenario, or of all.

    With `past` errors the bands are at least as wide as old forecasts were off, and that is told.
    `UnusableInputError` with all findings where the book cannot be used.
    """
    made = []
    for case in _cases(book, scenario):
        computed = compute(case)
        made.append(ScenarioForecast(computed, bands(computed, past=past), sensitivity(computed)))
    enough = (_enough(each) for each in made if each.bands.enough[ENOUGH[-1]] > 0)
    months = len(made[0].computed.case.months)
    widened = () if past is None else (past.told(WIDENED, months),)
    return DemandForecast(tuple(made), (*_notes(made[0].computed), *widened, *enough))


def _enough(each: ScenarioForecast) -> Message:
    """Return how many DOL places are enough in how many of the futures."""
    places = {f"in_{part}": count for part, count in each.bands.enough.items()}
    return message("forecast.dol_enough", scenario=called(each.name), **places)


def _cases(book: Book, scenario: str | None) -> Iterator[Case]:
    typed = read_tables(book)[0]
    names = _named(typed)
    if scenario is None and not names:
        # Nothing names a scenario: the middle one and the ends of the forecast's range.
        middle = usable_demand(book, None)
        yield from (replace(middle, scenario=name) for name in (LOW, MIDDLE, HIGH))
        return
    for name in (scenario,) if scenario is not None else names:
        yield usable_demand(book, name)


def _named(typed: TypedTables) -> tuple[str, ...]:
    """Return the scenarios that have arrivals or a forecast of their own."""
    rows = (each for key in ("inflow", "forecast") for each in typed.records(key))
    return tuple(dict.fromkeys(each.scenario for each in rows))


def usable_demand(book: Book, scenario: str | None) -> Case:
    """Return the case of a book; `UnusableInputError` with all findings where there is none."""
    parsed = parse(book, scenario)
    if parsed.case is None:
        errors = sum(each.severity is Severity.ERROR for each in parsed.findings)
        raise UnusableInputError(message("forecast.unusable", count=errors), parsed.findings)
    return parsed.case


def _notes(computed: Computed) -> Iterator[Message]:
    """Yield what must be known: where arrivals come from, and what the forecast replaces."""
    case = computed.case
    if not computed.coming.given:
        yield message("forecast.from_parameters")
    if not case.streams:
        yield message("plan.streams_supplied")
    if case.forecast:
        yield message("forecast.overridden")
    if not computed.intake.has_backlog:
        yield message("forecast.no_backlog")
    yield from _housing(computed)


def _housing(computed: Computed) -> Iterator[Message]:
    """Yield how many permit holders find a home in half a year, beside the municipalities' task."""
    task = computed.case.parameters.optional("housing_task_half_year")
    housed = [computed.movement.left[name].mean() for name in computed.intake.most]
    if task is not None and housed:
        half_year = fsum(housed) * MONTHS_IN_YEAR / 2
        yield message("forecast.housing", housed=float(round(half_year)), task=task)


def save_forecast(
    path: Path,
    book: Book,
    made: DemandForecast,
    language: Language,
    beside: Sequence[ResultSheet] = (),
) -> None:
    """Write the book with its sheet Forecast filled in, its result sheets and those beside it.

    `TargetInUseError` where the file cannot be put in its place.
    """
    sheets = (*forecast_sheets(made), *beside)
    write_workbook(path, with_forecast(book, made, language), sheets, language)


def with_forecast(book: Book, made: DemandForecast, language: Language) -> Book:
    """Return the book with what was computed on its sheet Forecast; what stood there stays."""
    declared = table("forecast")
    sheet = book.tables.get("forecast") or empty_sheet(declared, declared.title.in_(language))
    added = [
        {"scenario": each.name, "month": month, "group": group, "people": people}
        for each in made.scenarios
        for (group, month), people in _used(each.computed)
    ]
    if not added:
        return book
    return book.with_table(_with_rows(book, sheet, added))


def _with_rows(book: Book, sheet: TableSheet, added: Sequence[dict[str, object]]) -> TableSheet:
    """Return a sheet with rows below its last."""
    columns = [str(name) for name in sheet.frame.columns]
    first = next_row(book, "forecast")
    values = [[row.get(column) for column in columns] for row in added]
    below = object_frame(values, columns, range(first, first + len(added)))
    whole = below if sheet.frame.empty else pd.concat([sheet.frame, below])
    return sheet.with_frame(whole)


def _used(computed: Computed) -> Iterator[tuple[tuple[str, object], float]]:
    """Yield the numbers that the forecast does not give."""
    for (group, month), origin in computed.origins.items():
        if origin is Origin.COMPUTED:
            yield (group, month), computed.people(group, month)


def forecast_sheets(made: DemandForecast) -> tuple[ResultSheet, ...]:
    """Return the result sheets of a demand calculation."""
    rows = {
        "forecast_people": [row for each in made.scenarios for row in _people(each)],
        "forecast_totals": [row for each in made.scenarios for row in _totals(each)],
        "forecast_flows": [row for each in made.scenarios for row in _flows(each.computed)],
        "sensitivity": [row for each in made.scenarios for row in _sensitivity(each)],
        "forecast_inputs": list(_inputs(made.scenarios[0].computed)),
    }
    return tuple(
        ResultSheet(FORECAST_TABLES[key], _frame(FORECAST_TABLES[key].columns, each), made.notes)
        for key, each in rows.items()
    )


def _frame(columns: Sequence[Column], rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[each.key for each in columns])


def _people(each: ScenarioForecast) -> Iterator[tuple[object, ...]]:
    case = each.computed.case
    for (group, month), origin in each.computed.origins.items():
        told = each.computed.balance(group, month)
        used = case.forecast.get((group, month), told.start)
        around = each.bands.groups[group][:, case.months.index(month)].tolist()
        balance = (told.start, told.coming, told.going, told.end)
        yield each.name, month, group, used, origin.value, *balance, *around


def _totals(each: ScenarioForecast) -> Iterator[tuple[object, ...]]:
    for outcome, people in outcomes(each.computed).items():
        for at, month in enumerate(each.computed.case.months):
            around = each.bands.outcomes[outcome][:, at].tolist()
            yield each.name, month, outcome.value, float(people[0, at]), *around


def _flows(computed: Computed) -> Iterator[tuple[object, ...]]:
    """Yield who passes between groups, and who leaves reception, by month."""
    case = computed.case
    groups = {node.name: node.group for node in computed.network.nodes}
    passed: dict[tuple[object, object], list[float]] = {}
    moved = [
        ((groups.get(source, source), groups[target]), people)
        for (source, target), people in computed.movement.moved.items()
    ]
    for key, people in (*moved, *_left(computed)):
        before = passed.setdefault(key, [0.0] * len(case.months))
        passed[key] = [one + other for one, other in zip(before, people[0].tolist(), strict=True)]
    for (source, target), numbers in passed.items():
        if source != target and any(numbers):
            for month, number in zip(case.months, numbers, strict=True):
                yield case.scenario, month, source, target, number


def _left(computed: Computed) -> Iterator[tuple[tuple[str, Text], Floats]]:
    """Yield who leaves reception, by group: out of DOL by transfer or on their own."""
    away = message("forecast.leaves").both
    for node in computed.network.nodes:
        left = computed.movement.left[node.name]
        if not node.at_limit:
            yield (node.group, away), left
            continue
        ended = computed.movement.at_limit[node.name]
        going = (
            computed.movement.moved[flow.source, flow.target]
            for flow in computed.network.flows
            if flow.source == node.name and not flow.absconded
        )
        leavers = sum(going, start=left)
        early = np.maximum(leavers - ended, 0.0)
        brought = np.minimum(computed.movement.transferred[node.name], early)
        yield (node.group, message("forecast.transferred").both), brought
        yield (node.group, message("forecast.absconded").both), early - brought
        yield (node.group, away), np.maximum(left - early, 0.0)


def _sensitivity(each: ScenarioForecast) -> Iterator[tuple[object, ...]]:
    for outcome, swings in groupby(each.swings, key=lambda swing: swing.outcome):
        for rank, swing in enumerate(swings, start=1):
            ends = (swing.low, swing.high, swing.at_low, swing.at_high, swing.size)
            yield each.name, outcome.value, rank, uncertain_input_text(swing.knob), *ends


def uncertain_input_text(knob: UncertainInput) -> Text:
    """Return in words which input is varied."""
    kind, name = knob
    parts = [called(part) for part in name.split("|")]
    joined = Text(*(" > ".join(part.in_(each) for part in parts) for each in Language))
    return message(f"forecast.knob.{kind}", name=joined).both


def _inputs(computed: Computed) -> Iterator[tuple[object, ...]]:
    """Yield each row of Streams as it is used, with its source where it is a supplied one."""
    parts = divided(computed.network.shares, {})
    flows = {flow.row: flow for flow in computed.network.flows}
    supplied = not computed.case.streams
    for row in rows_of(computed.case):
        key = key_of(row)
        stay = flows[key].stay
        source = stream_source(row) if supplied else message("forecast.own_sheet").both
        share = float(parts[key][1, 0, -1])
        yield row.stream, row.group, share, stay.mean, stay.family.label, source


def outcome_figure(each: ScenarioForecast, outcome: LookedAt) -> tuple[float, float, float]:
    """Return an outcome and its 10 and 90 %: of DOL the highest month, of the others the last."""
    people = outcomes(each.computed)[outcome][0]
    at = int(people.argmax()) if outcome is LookedAt.DOL else -1
    around = each.bands.outcomes[outcome][:, at]
    return float(people[at]), float(around[0]), float(around[-1])
