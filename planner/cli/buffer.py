"""The command that puts a reserve of places beside emergency places."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from planner import api
from planner.buffer import buffer as buffer_of
from planner.buffer import words
from planner.cli.compare import asked_for, refuse_unknown
from planner.cli.console import Console, progress_words, stoppable
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message
from planner.core.whole_numbers import whole_number, whole_numbers
from planner.ensemble.verbs import plan_in
from planner.files.compare_writer import write_comparison
from planner.files.json_file import write_json
from planner.forecast.cohorts.arrivals import HIGH, LOW
from planner.input.book import Book
from planner.input.scenarios.scenario import MIDDLE
from planner.jobs import pool
from planner.result.plan import Plan

DONE, STOPPED = 0, 4


def buffer(options: argparse.Namespace, console: Console) -> int:
    """Plan the scenarios of a workbook, and tell what a reserve of several sizes comes to."""
    sizes, budget = _sizes(options.sizes), _budget(options.budget)
    book = api.open_workbook(options.input)
    try:
        plans = _plans(book, options, console)
    except CancelledError as stopped:
        console.finish()
        console.tell(console.say(stopped.told))
        return STOPPED
    console.finish()
    cases = [(api.usable(book, each.scenario or None), each) for each in plans]
    found = buffer_of(cases, sizes, budget)
    if options.out is not None:
        write_comparison(options.out, words.sheets(found), (), (), (), console.language)
    if options.json_file is not None:
        write_json(options.json_file, words.record(found))
    for told in words.sentences(found):
        console.result(console.say(told))
    for path in (options.out, options.json_file):
        if path is not None:
            console.note("command.written", file=str(path))
    return DONE


def _plans(book: Book, options: argparse.Namespace, console: Console) -> Sequence[Plan]:
    """Return a plan per scenario: the one in the workbook where it is of one, else made now.

    `CancelledError`; `UnusableInputError` where a scenario cannot be planned.
    """
    known = api.scenario_names(book)
    if options.scenarios:
        names = asked_for(options.scenarios, known)
        refuse_unknown(names, known)
    else:
        names = tuple(name for name in (LOW, MIDDLE, HIGH) if name in known) or known[:1]
    names = names or (MIDDLE,)
    for name in names:
        api.usable(book, name)
    whole = not options.fractions
    held = plan_in(options.input)
    found = {}
    if held is not None and held.whole == whole and held.scenario in names:
        found[held.scenario] = held
    asked = [name for name in names if name not in found]
    if not asked:
        return tuple(found.values())
    with stoppable() as cancel:
        ended = pool.plan_many(
            book,
            asked,
            whole=whole,
            progress=lambda at: console.show(
                f"{at.scenario}: {progress_words(at.progress, console.language)}"
            ),
            cancels=dict.fromkeys(asked, cancel),
            all_or_none=True,
        )
        pool.refuse_failures(ended)
        found |= {name: each.planned.plan for name, each in ended.items() if each.planned}
    if len(found) < len(names) or not all(each.found for each in found.values()):
        raise CancelledError
    return tuple(found[name] for name in names)


def _sizes(given: str | None) -> tuple[float, ...] | None:
    """Return sizes from a list with commas between; `UnusableInputError`."""
    if given is None:
        return None
    sizes = whole_numbers(given)
    if sizes is None:
        raise UnusableInputError(message("buffer.sizes", given=given))
    return sizes


def _budget(given: str | None) -> Mapping[int, float]:
    """Return a budget by year from `2026=1000000,2027=…`; `UnusableInputError`."""
    if given is None:
        return {}
    found: dict[int, float] = {}
    for part in given.split(","):
        year, _, euros = part.partition("=")
        of_year, amount = whole_number(year), whole_number(euros)
        if of_year is None or amount is None or of_year in found:
            raise UnusableInputError(message("buffer.budget", given=part))
        found[int(of_year)] = amount
    return found
