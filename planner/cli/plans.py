"""The commands that make and judge plans: demo, plan, verify."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from planner import api
from planner.api import Ending, PlanOptions, ProvenLevel, Stop
from planner.cli.console import Console, stoppable
from planner.cli.kinds import as_kind_of
from planner.cli.status import status_words
from planner.cli.targets import note_demo, refuse_edited
from planner.compare.since_causes import since_causes
from planner.core.display_names import called
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import Language, Message, Text, message, show
from planner.files.losses import NotInPlaceError
from planner.input.alike import told_once
from planner.input.book import Book
from planner.input.several_books import of_book
from planner.result.plan import Plan
from planner.result.plan_status import PlanStatus
from planner.result.since import (
    Since,
    SinceChange,
    adopted_plan,
    after_words,
    before_words,
    changes,
    since,
)
from planner.sheets.check_verdicts import check_sentences
from planner.sheets.result_tables import LevelName
from planner.sheets.units import figure_words, unit_key
from planner.sheets.without_place import placing_sentence

DONE, FAULT, UNUSABLE, STOPPED, NOTHING = 0, 1, 2, 3, 4


def demo(options: argparse.Namespace, console: Console) -> int:
    """Write the demo workbook, plan it, write the plan, and say how to open the window."""
    folder: Path = options.out
    workbook, output = folder / "demo.xlsx", folder / "plan.xlsx"
    refuse_edited((workbook, output), options)
    folder.mkdir(parents=True, exist_ok=True)
    api.save_book(workbook, api.open_demo(options.size, console.language), console.language)
    note_demo(workbook)
    made, book = _calculate(workbook, None, PlanOptions(whole=True), console)
    refuse_edited((output,), options)  # it may have been opened meanwhile
    code = _write(book, made, output, None, console)
    if made.found:
        note_demo(output)
    console.note("command.demo_files", demo=str(workbook), plan=str(output))
    console.note("command.open_window", file=str(workbook))
    return code


def plan(options: argparse.Namespace, console: Console) -> int:
    """Plan a workbook and write the plan next to its input."""
    if options.time_limit is not None and not 0 <= options.time_limit < math.inf:
        raise UnusableInputError(message("command.time_limit"))
    if options.whole and options.fractions:
        raise UnusableInputError(message("command.whole_or_fractions"))
    settings = PlanOptions(
        whole=not options.fractions, time_limit_s=options.time_limit, model_dir=options.model_dir
    )
    found = None
    if options.since is not None:
        found = _since(options, console)
    made, book = _calculate(
        options.input if found is None else found.book, options.scenario, settings, console
    )
    code = _write(book, made, options.out, options.json_file, console)
    if made.found and found is not None:
        why = _why_changed(found, made, options.scenario, settings, console)
        for told in after_words(found, made.tables["decisions"], options.scenario, why):
            console.result(console.say(told))
    if made.found:
        console.note("command.written", file=str(options.out))
    return code


def _why_changed(
    found: Since, made: Plan, scenario: str | None, settings: PlanOptions, console: Console
) -> Callable[[SinceChange], Message] | None:
    """Return what says why a decision changed, by solving; None where that was stopped."""
    case = api.usable(found.book, scenario)
    changed = changes(found, made.tables["decisions"], case)
    if not changed:
        return None
    with stoppable() as cancel:
        try:
            causes = since_causes(
                found,
                changed,
                scenario,
                options=settings,
                tell=lambda told: console.show(console.say(told)),
                cancel=cancel,
            )
        except CancelledError:
            console.finish()
            return None
    console.finish()
    return causes.words


def _since(options: argparse.Namespace, console: Console) -> Since:
    """Return the input with what an adopted plan decided by now, and tell what that is.

    `UnusableInputError` where the two do not go together, or that plan's input was changed.
    """
    adopted, heed = adopted_plan(options.since)
    if heed is not None:
        console.tell(console.say(heed))
    book = api.open_workbook(options.input)
    found = of_book(book, lambda each: since(adopted, each, options.scenario, console.language))
    for told in before_words(found):
        console.result(console.say(told))
    return found


def _calculate(
    source: Path | Book, scenario: str | None, settings: PlanOptions, console: Console
) -> tuple[Plan, Book]:
    book = source if isinstance(source, Book) else api.open_workbook(source)
    parsed = api.check(book, scenario)
    if not console.quiet and parsed.case is not None:
        # What was not read or was filled in stops nothing, and is told all the same; where
        # something does, it is told with that.
        for finding in told_once(parsed.findings):
            console.tell(finding.line(console.language))
    with stoppable() as cancel:
        made = api.plan(
            book,
            scenario,
            parsed=parsed,
            options=settings,
            progress=console.progress,
            cancel=cancel,
        )
    console.finish()
    return made, book


def _write(book: Book, made: Plan, output: Path, json_file: Path | None, console: Console) -> int:
    """Write what was found, print the summary, and return the exit code."""
    if json_file is not None:
        api.save_result(json_file, made)
    shown = api.shown(made)
    for sentence in _first_of_all(shown):
        console.result(console.say(sentence))
    if not made.found:
        console.tell(console.say(api.ending_words(made)))
        return FAULT if made.ending is Ending.FAILED else NOTHING
    book = as_kind_of(output, book, console)
    try:
        api.save_plan(output, book, made, console.language)
    except NotInPlaceError as fault:
        if output.exists():  # what it would lose is still there
            raise
        console.tell(console.say(fault.told))
        api.save_plan(output, book, made, console.language, anew=True)
    if not console.quiet:
        _print_summary(shown, console)
    return STOPPED if made.stop in (Stop.TIME_LIMIT, Stop.CANCELLED) else DONE


def _first_of_all(shown: Plan) -> Iterator[Message]:
    """Yield what is said before any total: who has a place, what does not hold, what to know."""
    if shown.found:
        yield placing_sentence(shown.tables)
        yield from check_sentences(shown.tables)
    yield from shown.notes


def _print_summary(shown: Plan, console: Console) -> None:
    # Who has a place and what does not hold have been told before anything else.
    summary = api.summary(shown).iloc[2:]
    lines = [
        (_shown(subject, console), *_figure(value, unit, console))
        for subject, value, unit in summary.itertuples(index=False)
    ]
    width = max(len(subject) for subject, _, _ in lines)
    for subject, value, unit in lines:
        console.result(f"{subject:<{width}}  {value} {unit}".rstrip())


def _figure(value: object, unit: object, console: Console) -> tuple[str, str]:
    """Return a figure or a text and its unit, as people read them."""
    if isinstance(value, float):
        return figure_words(value, unit_key(show(unit, Language.EN)), console.language)
    return _shown(value, console), _shown(unit, console)


def _shown(value: object, console: Console) -> str:
    if isinstance(value, Text | Message):
        return show(value, console.language)
    return str(value)


def _proven(level: ProvenLevel, console: Console) -> str:
    """Return what a level came to and how much better another plan can be at most."""
    value, unit = figure_words(level.value, level.unit, console.language)
    bound, _ = figure_words(level.bound, level.unit, console.language)
    gap, _ = figure_words(level.gap, level.unit, console.language)
    title = LevelName(level.name).label  # type: ignore[call-arg] # looked up by value
    key = "verify.level_best" if level.best else "verify.level_at_most"
    return console.say(message(key, level=title, value=value, unit=unit, bound=bound, gap=gap))


def verify(options: argparse.Namespace, console: Console) -> int:
    """Recompute a plan from its workbook alone; 1 where it does not hold."""
    verdict = api.verify(options.input)
    for each in verdict.breaches:
        console.result(console.say(each.what))
    if options.json_file is not None:
        api.save_verdict(options.json_file, verdict)
    for remark in verdict.remarks:
        console.tell(console.say(remark))
    with suppress(UnusableInputError):  # of sheets that are no plan any more all has been said
        given = api.plan_status(options.input)
        if given.status is not PlanStatus.DRAFT:
            console.result(console.say(status_words(given)))
    for level in verdict.levels:
        console.result(_proven(level, console))
    holds = "verify.holds" if verdict.whole else "verify.holds_in_part"
    key = "verify.does_not_hold" if verdict.breaches else holds
    console.note(key, count=len(verdict.breaches), scenario=called(verdict.scenario))
    return FAULT if verdict.breaches else DONE
