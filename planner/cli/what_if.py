"""The commands that ask a plan one question after another: what-if."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from planner import api
from planner.cli.console import Console, stoppable
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message, say
from planner.files.json_file import write_json
from planner.files.units import figure_words
from planner.whatif.edit_lines import EditLine, read_edits
from planner.whatif.session import Answer, LevelChange, NoAnswerError, WhatIf

DONE, UNUSABLE, STOPPED = 0, 2, 4
# Below this part of a level nothing has changed that anybody could read.
_SAME = 1e-6


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
                    answer = asking.ask([line], cancel=cancel)
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


def _tell_refused(refused: UnusableInputError | NoAnswerError, console: Console) -> None:
    console.finish()
    for finding in refused.findings if isinstance(refused, UnusableInputError) else ():
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
    for name, each in levels.items():
        if abs(each.value - each.before) <= _SAME * max(1.0, abs(each.before)):
            continue
        before, _ = figure_words(each.before, each.unit, console.language)
        now, unit = figure_words(each.value, each.unit, console.language)
        level = say(f"progress.level.{name}", console.language)
        yield f"{level}: {before} → {now} {unit}"


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
