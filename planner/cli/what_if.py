"""The commands that ask a plan one question after another: what-if, sweep."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from planner import api
from planner.cli.console import Console, stoppable
from planner.core.errors import CancelledError, Severity, UnusableInputError
from planner.core.texts import message, say
from planner.explain.wording.answers import NO_GAIN
from planner.files.json_file import write_json
from planner.files.sweep_book import SweepColumn, write_sweep
from planner.input.edit_lines import EditLine
from planner.model.rules.rule import Level
from planner.sheets.units import figure_words
from planner.whatif.edit_lines import read_edits
from planner.whatif.levers import lever_named
from planner.whatif.session import Answer, LevelChange, NoAnswerError, WhatIf
from planner.whatif.sizes import Peak
from planner.whatif.sweep import Sweep, SweepStep, narrowed, sweep, value_words, values_between

DONE, UNUSABLE, STOPPED = 0, 2, 4


def what_if(options: argparse.Namespace, console: Console) -> int:
    """Plan once, apply edits one by one, and print what each changes and how long it took.

    An edit that cannot be used is told and leaves everything as it was: 2 where there is one.
    """
    lines = read_edits(options.edits)
    book = api.open_workbook(options.input)
    code = DONE
    records: list[Mapping[str, object]] = []
    with stoppable() as cancel:
        try:
            asking = WhatIf(book, options.scenario, cancel=cancel, progress=console.progress)
            console.finish()
            console.note("what_if.cold", seconds=asking.cold_s)
            for number, line in enumerate(lines, start=1):
                console.show(console.say(message("what_if.asking", number=number, edit=str(line))))
                try:
                    coming = _Coming(number, asking, console)
                    answer = asking.ask([line], cancel=cancel, settled=coming)
                except (UnusableInputError, NoAnswerError) as refused:
                    _tell_refused(refused, console)
                    code = UNUSABLE
                    records.append({"edit": _record(line), "ending": "refused"})
                    continue
                _tell(number, line, answer, console)
                records.append(_answered(line, answer))
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            code = STOPPED
        else:
            if options.json_file is not None:
                write_json(options.json_file, {"cold_s": asking.cold_s, "edits": records})
    return code


class _Coming:
    """Tells on a terminal what a level comes to, before the answer has been recomputed."""

    def __init__(self, number: int, asking: WhatIf, console: Console) -> None:
        self._number, self._console = number, console
        first = asking.first_levels
        self._before = {
            name: replace(first[name], before=value) for name, value in asking.levels.items()
        }

    def __call__(self, level: str, value: float) -> None:
        change = _change_words(replace(self._before[level], value=value), self._console)
        name = say(f"progress.level.{level}", self._console.language)
        told = message("what_if.coming", number=self._number, level=name, change=change)
        self._console.show(self._console.say(told))


def _tell_refused(refused: UnusableInputError | NoAnswerError, console: Console) -> None:
    console.finish()
    # A remark is of the workbook as it is, and refuses no edit.
    findings = refused.findings if isinstance(refused, UnusableInputError) else ()
    for finding in findings:
        if finding.severity is Severity.ERROR:
            console.tell(finding.line(console.language))
    console.tell(console.say(refused.told))


def _tell(number: int, line: EditLine, answer: Answer, console: Console) -> None:
    """Print an edit, how it was answered, and every level that it changes."""
    console.finish()
    way = say(f"what_if.way.{answer.way.value}", console.language)
    told = message("what_if.answer", number=number, edit=str(line), seconds=answer.seconds, way=way)
    console.result(console.say(told))
    changes = list(_changed(answer.levels, console))
    for each in changes or [say("what_if.nothing", console.language)]:
        console.result(f"   {each}")


def _changed(levels: Mapping[str, LevelChange], console: Console) -> Iterator[str]:
    """Yield the levels that are told as others; what is no gain beside more without a place."""
    unplaced = levels[Level.UNPLACED.value]
    more = _change_words(unplaced, console) if _rises(unplaced, console) else ""
    for name, each in levels.items():
        before, now, _ = _amounts(each, console)
        if before == now:
            continue
        title = say(f"progress.level.{name}", console.language)
        told = f"{title}: {_change_words(each, console)}"
        if more and each.value < each.before and name in NO_GAIN:
            told = say("what_if.no_gain", console.language, words=told, unplaced=more)
        yield told


def _rises(each: LevelChange, console: Console) -> bool:
    before, now, _ = _amounts(each, console)
    return before != now and each.value > each.before


def _amounts(each: LevelChange, console: Console) -> tuple[str, str, str]:
    """Return what a level comes to before and after an edit as it is told, and its unit."""
    before, _ = figure_words(each.before, each.unit, console.language)
    return (before, *figure_words(each.value, each.unit, console.language))


def _change_words(each: LevelChange, console: Console) -> str:
    before, now, unit = _amounts(each, console)
    return f"{before} → {now} {unit}"


def _record(line: EditLine) -> Mapping[str, object]:
    return {"table": line.table, "key": line.key, "column": line.column, "value": line.value}


def _answered(line: EditLine, answer: Answer) -> Mapping[str, object]:
    return {
        "edit": _record(line),
        "first_s": answer.first_s,
        "seconds": answer.seconds,
        "verified_s": answer.verified_s,
        "way": answer.way.value,
        "ending": "optimal",
        "levels": [
            {"name": name, "unit": each.unit, "value": each.value, "before": each.before}
            for name, each in answer.levels.items()
        ],
        "measures": {
            name: {"unit": each.unit, "value": each.value, "before": each.before}
            for name, each in answer.measures.items()
        },
    }


def sweep_command(options: argparse.Namespace, console: Console) -> int:
    """Move one lever by steps and write what the sizes come to at each."""
    lever = lever_named(options.what)
    values = values_between(options.first, options.last, options.steps)
    book = api.open_workbook(options.input)
    with stoppable() as cancel:
        try:
            asking = WhatIf(book, options.scenario, cancel=cancel, progress=console.progress)
            found = sweep(asking, lever, values, cancel=cancel, underway=_Underway(console, values))
            console.show(console.say(message("sweep.narrowing")))
            found = narrowed(asking, found, cancel=cancel)
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    console.finish()
    _write_sweep(options.out, found, console)
    if options.json_file is not None:
        write_json(options.json_file, _sweep_record(options.what, found))
    for step in found.steps:
        console.result(_step_words(step, console))
    for told in found.breaks():
        console.result(console.say(told))
    console.note("command.written", file=str(options.out))
    return UNUSABLE if all(step.refused for step in found.steps) else DONE


class _Underway:
    """Tells which step is being worked out."""

    def __init__(self, console: Console, values: tuple[float, ...]) -> None:
        self._console, self._count = console, len(values)

    def __call__(self, number: int, value: float) -> None:
        told = message("sweep.underway", number=number, count=self._count, value=value_words(value))
        self._console.show(self._console.say(told))


def _step_words(step: SweepStep, console: Console) -> str:
    if step.sizes is None:
        told = message("sweep.step_refused", value=value_words(step.value), reason=step.refused)
    else:
        told = message(
            "sweep.step",
            value=value_words(step.value),
            without_place=round(step.sizes.without_place.amount),
            emergency=round(step.sizes.emergency.amount),
            dol=round(step.sizes.dol_places.amount),
        )
    return console.say(told)


_PEAKS = ("without_place", "emergency", "dol_people", "dol_places")


def _write_sweep(path: Path, found: Sweep, console: Console) -> None:
    sizes = [step.sizes for step in found.steps]
    peaks: dict[str, list[Peak | None]] = {
        name: [None if each is None else getattr(each, name) for each in sizes] for name in _PEAKS
    }
    columns = [
        SweepColumn(found.lever.title, tuple(step.value for step in found.steps)),
        *(
            SweepColumn(
                message(f"sweep.column.{name}").both,
                tuple(None if each is None else round(each.amount, 6) for each in peaks[name]),
                drawn=True,
            )
            for name in _PEAKS
        ),
        *(
            SweepColumn(
                message(f"sweep.month.{name}").both,
                tuple(None if each is None else each.month for each in peaks[name]),
            )
            for name in _PEAKS
        ),
        SweepColumn(
            message("sweep.column.cost").both,
            tuple(None if each is None else each.cost for each in sizes),
        ),
        SweepColumn(
            message("sweep.column.refused").both, tuple(step.refused for step in found.steps)
        ),
    ]
    first, last = found.steps[0].value, found.steps[-1].value
    title = message(
        "sweep.title", what=found.lever.title, first=value_words(first), last=value_words(last)
    ).both
    notes = (message("sweep.note"), *found.breaks())
    write_sweep(path, title, columns, notes, console.language)


def _sweep_record(what: str, found: Sweep) -> Mapping[str, object]:
    return {
        "what": what,
        "unit": found.lever.unit,
        "breaks": [told.both.en for told in found.breaks()],
        "steps": [
            {
                "value": step.value,
                **{name: _peak_record(step, name) for name in _PEAKS},
                "cost": None if step.sizes is None else step.sizes.cost,
                "seconds": step.seconds,
                "refused": None if step.refused is None else step.refused.both.en,
            }
            for step in found.steps
        ],
    }


def _peak_record(step: SweepStep, name: str) -> Mapping[str, object] | None:
    if step.sizes is None:
        return None
    peak: Peak = getattr(step.sizes, name)
    return {
        "amount": peak.amount,
        "month": None if peak.month is None else peak.month.isoformat(),
    }
