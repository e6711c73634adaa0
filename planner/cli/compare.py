"""The command that puts plans side by side: compare."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from planner import api
from planner.cli.console import Console, progress_words, stoppable
from planner.cli.report import bound
from planner.compare import verbs
from planner.compare.published_sheets import published_sheets
from planner.compare.verbs import Comparison, Contributions, PlanningStage, RegretMatrix
from planner.core.display_names import called
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message
from planner.explain.wording.answers import level_amount
from planner.files.compare_writer import write_comparison
from planner.input.supplied_names import Named, code_of
from planner.jobs import pool
from planner.report import build
from planner.result.sentences import level_titles

DONE, STOPPED = 0, 4
Compared = TypeVar("Compared")  # a plan, or the name of a scenario


def compare(options: argparse.Namespace, console: Console) -> int:
    """Compare plans, or scenarios of one workbook that are planned first; write what differs."""
    if options.report is not None and not build.on_paper(options.report):
        raise UnusableInputError(message("compare.report_pdf", file=options.report.name))
    if options.small_numbers is not None:
        return _outside(options, console)
    try:
        return _scenarios(options, console) if options.scenarios else _plans(options, console)
    except (CancelledError, verbs.NoOutcomeError) as stopped:
        console.finish()
        console.tell(console.say(stopped.told))
        return STOPPED


def _plans(options: argparse.Namespace, console: Console) -> int:
    """Compare plans as they stand in their workbooks."""
    verbs.enough(len(options.inputs))
    if options.fractions:
        raise UnusableInputError(message("compare.fractions_of_scenarios"))
    if options.contributions:
        raise UnusableInputError(message("compare.contributions_of_scenarios"))
    plans = based_on(verbs.plans_of(options.inputs), options.base)
    made = verbs.compare(plans)
    matrix = None
    if options.regret:
        with stoppable() as cancel:
            matrix = verbs.regret_of_plans(plans, _Bar(console).stage, cancel)
    return _write(made, matrix, options, console)


def _outside(options: argparse.Namespace, console: Console) -> int:
    """Write what of plans side by side may leave the house."""
    from planner.report.published_page import PublishedPages  # noqa: PLC0415 - drawing takes long to load
    from planner.report.writing import write_report  # noqa: PLC0415 - as above

    least = bound(options)
    verbs.enough(len(options.inputs))
    if options.scenarios or options.regret or options.contributions:
        raise UnusableInputError(message("published.plans_only"))
    plans = based_on(verbs.plans_of(options.inputs), options.base)
    for path in (each for each in (options.out, options.report) if each is not None):
        if build.on_paper(path):
            page = PublishedPages(least, tuple(plans[1:]))
            write_report(plans[0], path, console.language, None, (page,))
        else:
            sheets, names = published_sheets(least, plans), [each.name for each in plans]
            write_comparison(path, sheets, names, (), (), console.language)
        console.note("command.written", file=str(path))
    return DONE


def _scenarios(options: argparse.Namespace, console: Console) -> int:
    """Plan the scenarios of one workbook, several at once, and compare them."""
    if len(options.inputs) > 1:
        raise UnusableInputError(message("compare.one_input", count=len(options.inputs)))
    book = api.open_workbook(options.inputs[0])
    known = api.scenario_names(book)
    names = asked_for(options.scenarios, known)
    verbs.enough(len(names))
    refuse_unknown(names, known)
    names = based_on(names, options.base)
    # What else is wrong each process finds for itself, at once; checking here would only delay it.
    for name in names:
        if name not in known:
            api.usable(book, name)
    whole = not options.fractions
    with stoppable() as cancel:
        ended = pool.plan_many(
            book,
            names,
            whole=whole,
            progress=_Bar(console).underway,
            cancels=dict.fromkeys(names, cancel),
            all_or_none=True,
        )
        pool.refuse_failures(ended)
        found = {name: each.planned.plan for name, each in ended.items() if each.planned}
        if len(found) < len(names) or not all(each.found for each in found.values()):
            raise CancelledError
        plans = [verbs.PlanOfBook(name, book, found[name]) for name in names]
        made = verbs.compare(plans)
        tell = _Bar(console).stage
        matrix = verbs.regret(book, names, tell, cancel) if options.regret else None
        if matrix is not None:
            matrix = replace(matrix, in_parts=whole)
        contributed = [
            replace(verbs.contributions(book, names[0], name, tell, cancel), in_parts=whole)
            for name in (names[1:] if options.contributions else ())
        ]
    return _write(made, matrix, options, console, contributed)


def based_on(given: Sequence[Compared], base: int) -> tuple[Compared, ...]:
    """Return what is compared with the base, the one of this number from 1, before the others."""
    if not 1 <= base <= len(given):
        raise UnusableInputError(message("compare.base", base=base, count=len(given)))
    return (given[base - 1], *given[: base - 1], *given[base:])


def asked_for(given: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a list with commas between, each once; as of `listed`."""
    return tuple(dict.fromkeys(listed(given, known)))


def listed(given: str, known: Sequence[str]) -> list[str]:
    """Return the names in a list with commas between; a known name may have a comma of its own.

    A supplied scenario may be called by its title in either language.
    """
    parts, names = given.split(","), []

    def named(count: int) -> str:
        return code_of(Named.SCENARIOS, ",".join(parts[:count]).strip())

    while parts:
        length = next((n for n in range(len(parts), 0, -1) if named(n) in known), 1)
        name = named(length)
        parts = parts[length:]
        if name:
            names.append(name)
    return names


def refuse_unknown(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse scenarios that a workbook does not have, all at once; `UnusableInputError`.

    A workbook in which none can be read says itself what is wrong with it.
    """
    unknown = tuple(each for each in names if each not in known)
    if known and unknown:
        there = tuple(map(called, known))
        told = message("scenarios.unknown", count=len(unknown), unknown=unknown, known=there)
        raise UnusableInputError(told)


def _write(
    made: Comparison,
    matrix: RegretMatrix | None,
    options: argparse.Namespace,
    console: Console,
    contributed: Sequence[Contributions] = (),
) -> int:
    """Write the comparison and print it in words."""
    console.finish()
    written = [path for path in (options.out, options.report) if path is not None]
    for path in written:
        build.save_comparison(path, made, console.language, matrix=matrix, contributed=contributed)
    if not console.quiet:
        for name, told in verbs.sentences(made).itertuples(index=False):
            console.result(f"{called(name).in_(console.language)}: {console.say(told)}")
        for each in matrix.entries if matrix is not None else ():
            if each.first is not None:
                level, amount = each.first
                units = {found.name: found.unit for found in each.own.levels}
                console.note(
                    "compare.regretted",
                    decisions=called(each.decisions_of),
                    scenario=called(each.scenario),
                    level=level_titles()[level],
                    amount=level_amount(amount, units[level]),
                )
    for path in written:
        console.note("command.written", file=str(path))
    return DONE


class _Bar:
    """Shows on a terminal how far each plan has come."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def underway(self, at: pool.Underway) -> None:
        """Show how far a scenario is."""
        words = progress_words(at.progress, self._console.language)
        self._show(f"{at.scenario}: {words}")

    def stage(self, at: PlanningStage) -> None:
        """Show which of several plans is being made."""
        self._show(f"{at.done + 1}/{at.total} {self._console.say(at.told)}")

    def _show(self, words: str) -> None:
        self._console.show(words)
