"""The command that looks back on several old forecasts at once."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from planner import api
from planner.cli.console import Console
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.json_file import write_json
from planner.forecast import track_record as verbs
from planner.forecast.track_record_words import sentences


def track_record(options: argparse.Namespace, console: Console) -> int:
    """Compare old forecasts with later counts, by months ahead; `UnusableInputError`."""
    books = {name: api.open_workbook(path) for name, path in _named(options.olds).items()}
    counts = api.open_workbook(options.counts)
    found = verbs.track_record(books, counts, options.scenario)
    if options.out is not None:
        verbs.save_track_record(options.out, found, console.language)
    if options.json_file is not None:
        write_json(options.json_file, verbs.track_record_record(found))
    for told in sentences(found):
        console.result(console.say(told))
    for path in (options.out, options.json_file):
        if path is not None:
            console.note("command.written", file=str(path))
    return 0


def _named(paths: list[Path]) -> Mapping[str, Path]:
    """Return files by their names, or by where they are where two have the same name.

    `UnusableInputError` where one is given twice.
    """
    for at, path in enumerate(paths):
        if path.resolve() in {each.resolve() for each in paths[:at]}:
            raise UnusableInputError(message("track_record.same", one=str(path), other=str(path)))
    names = [path.name for path in paths]
    return {path.name if names.count(path.name) == 1 else str(path): path for path in paths}
