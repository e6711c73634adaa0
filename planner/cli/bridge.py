"""The command that leads from an earlier forecast to a new need."""

from __future__ import annotations

import argparse
import datetime as dt

from planner import api
from planner.bridge import Bridge, words
from planner.bridge import bridge as bridge_of
from planner.cli.console import Console
from planner.core.errors import UnusableInputError
from planner.core.texts import message, month_words
from planner.files.compare_writer import write_comparison
from planner.files.json_file import write_json
from planner.input.several_books import of_both


def bridge(options: argparse.Namespace, console: Console) -> int:
    """Tell what made the need another, change by change; `UnusableInputError`."""
    book = api.open_workbook(options.input)
    if options.old is None:
        earlier = new = api.usable(book, options.scenario)
        if not new.decided and not new.production:
            raise UnusableInputError(message("bridge.nothing_before"))
    else:
        old = api.open_workbook(options.old)
        earlier, new = of_both(old, book, lambda each: api.usable(each, options.scenario))
    found = bridge_of(earlier, new)
    month = _month(options.month, found)
    if options.out is not None:
        write_comparison(options.out, words.sheets(found, month), (), (), (), console.language)
    if options.json_file is not None:
        write_json(options.json_file, words.record(found))
    for told in words.sentences(found, month):
        console.result(console.say(told))
    for path in (options.out, options.json_file):
        if path is not None:
            console.note("command.written", file=str(path))
    return 0


def _month(given: str | None, found: Bridge) -> dt.date:
    """Return the month asked for, without one the last of both; `UnusableInputError`.

    Where there is no earlier workbook, it is the last month that a decision is about, if any.
    """
    if given is None:
        about = [each for each in found.months if found.from_decision and found.decided(each)]
        return [*found.months, *about][-1]
    for month in found.months:
        if f"{month:%Y-%m}" == given:
            return month
    ends = {"first": month_words(found.months[0]), "last": month_words(found.months[-1])}
    raise UnusableInputError(message("bridge.month", given=given, **ends))
