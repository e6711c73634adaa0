"""The command that plans for several scenarios at once."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from planner import api
from planner.api import PlanOptions
from planner.cli.compare import listed, refuse_unknown
from planner.cli.console import Console, stoppable
from planner.cli.kinds import as_kind_of
from planner.core.display_names import called
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message
from planner.files.json_file import write_json
from planner.files.losses import NotInPlaceError
from planner.robust import verbs

DONE, STOPPED = 0, 4
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def robust(options: argparse.Namespace, console: Console) -> int:
    """Plan for scenarios together, try the plan in sampled futures, and write both."""
    until = _month(options.common_until)
    if options.futures is not None and not 0 <= options.futures <= verbs.MOST_FUTURES:
        raise UnusableInputError(message("robust.futures.count", most=verbs.MOST_FUTURES))
    book = api.open_workbook(options.input)
    names = _scenarios(options.scenarios, api.scenario_names(book))
    weights = verbs.weights_of(options.weights, len(names))
    with stoppable() as cancel:
        try:
            found = verbs.plan_for_all(
                book,
                names,
                weights,
                until=until,
                worst=options.worst,
                options=PlanOptions(whole=not options.fractions, time_limit_s=options.time_limit),
                tell=lambda told: console.show(console.say(told)),
                progress=console.progress,
                cancel=cancel,
            )
            judged = _judged(found, options.futures, console, cancel)
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    console.finish()
    book = as_kind_of(options.out, book, console)
    try:
        verbs.save_robust(options.out, book, found, judged, console.language)
    except NotInPlaceError as fault:
        if options.out.exists():  # what it would lose is still there
            raise
        console.tell(console.say(fault.told))
        verbs.save_robust(options.out, book, found, judged, console.language, anew=True)
    if options.json_file is not None:
        write_json(options.json_file, verbs.record(found, judged))
    for told in verbs.sentences(found, judged):
        console.result(console.say(told))
    console.note("command.written", file=str(options.out))
    return DONE


def _scenarios(given: str, known: Sequence[str]) -> list[str]:
    """Return the scenarios that are asked for; `UnusableInputError` for none, or one twice."""
    names = listed(given, known)
    if not names:
        raise UnusableInputError(message("robust.scenarios.none", known=tuple(known)))
    if twice := tuple(called(each) for each, count in Counter(names).items() if count > 1):
        raise UnusableInputError(message("robust.scenarios.twice", twice=twice))
    refuse_unknown(names, known)
    return names


def _judged(
    found: verbs.Robust, asked: int | None, console: Console, cancel: api.CancelToken
) -> verbs.RobustVerdict | None:
    """Return what sampled futures say; None where none is asked for or nothing can be sampled."""
    count = verbs.usual_futures(found) if asked is None else asked
    if not count or len(found.scenarios) == 1:
        return None
    try:
        return verbs.tried(
            found, count, tell=lambda told: console.show(console.say(told)), cancel=cancel
        )
    except UnusableInputError:
        console.tell(console.say(message("robust.nothing_sampled")))
        return None


def _month(given: str | None) -> dt.date | None:
    """Return the month that is written as a year and a month; `UnusableInputError` for another."""
    if given is None:
        return None
    found = _MONTH.fullmatch(given.strip())
    if found is None or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months in a year
        raise UnusableInputError(message("robust.month", given=given))
    return dt.date(int(found[1]), int(found[2]), 1)
