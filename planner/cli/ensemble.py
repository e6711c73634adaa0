"""The command that tries a plan's decisions in sampled futures."""

from __future__ import annotations

import argparse

from planner import api
from planner.api import CancelToken, PlanOptions
from planner.cli.console import Console, stoppable
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message
from planner.ensemble import verbs
from planner.files.json_file import write_json
from planner.forecast.past_errors import read_past_errors
from planner.input.book import Book
from planner.result.plan import Plan

DONE, STOPPED = 0, 4


def ensemble(options: argparse.Namespace, console: Console) -> int:
    """Try what a plan decided in futures; a workbook without a plan is planned first."""
    _refuse(options)
    given = None if options.places is None else verbs.places_of(options.places)
    past = None if options.track_record is None else read_past_errors(options.track_record)
    book = api.open_workbook(options.input)
    # Told before a workbook without a plan is planned, which may take minutes.
    executor = verbs.executor_of(options.workers, options.scheduler)
    file = verbs.members_file(options.out)
    if options.overwrite:
        file.unlink(missing_ok=True)
    with stoppable() as cancel:
        try:
            found = verbs.tried(
                book,
                _plan(book, options, console, cancel),
                options.members,
                seed=options.seed,
                executor=executor,
                past=past,
                file=file,
                tell=lambda done: console.show(
                    console.say(message("ensemble.stage", done=done, count=options.members))
                ),
                cancel=cancel,
            )
        except CancelledError as stopped:
            console.finish()
            kept = message("ensemble.resume", file=str(file)) if file.exists() else stopped.told
            console.tell(console.say(kept))
            return STOPPED
    console.finish()
    places = given or verbs.usual_places(found)
    verbs.save_ensemble(options.out, found, places, console.language)
    if options.json_file is not None:
        write_json(options.json_file, verbs.record(found, places))
    for told in verbs.sentences(found, places):
        console.result(console.say(told))
    console.note("command.written", file=str(options.out))
    return DONE


def _refuse(options: argparse.Namespace) -> None:
    """Refuse what cannot be asked; `UnusableInputError`."""
    if not 1 <= options.members <= verbs.MOST_MEMBERS:
        raise UnusableInputError(message("ensemble.members", most=verbs.MOST_MEMBERS))
    if options.workers is not None and options.workers < 1:
        raise UnusableInputError(message("ensemble.workers"))
    if options.workers is not None and options.scheduler is not None:
        raise UnusableInputError(message("ensemble.either"))


def _plan(book: Book, options: argparse.Namespace, console: Console, cancel: CancelToken) -> Plan:
    """Return the plan that the workbook holds, or one made of it where it holds none.

    `CancelledError`; `UnusableInputError` where there is no plan.
    """
    held = None if options.scenario else verbs.plan_in(options.input)
    if held is not None:
        return held
    console.note("ensemble.planned_first")
    made = api.plan(
        book,
        options.scenario,
        options=PlanOptions(whole=not options.fractions),
        progress=console.progress,
        cancel=cancel,
    )
    if cancel.cancelled:
        raise CancelledError
    if not made.found:
        raise UnusableInputError(api.ending_words(made))
    return made
