"""The command that asks a plan why: reasons, cells, wishes, priorities, what must be true."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator, Mapping

from planner import api
from planner.cli.console import Console, stoppable
from planner.cli.why_record import (
    ended_record,
    given_record,
    granted_record,
    needed_record,
    why_record,
)
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.over_months import as_read, unit_words
from planner.core.texts import Message, Text, catalogue, message, say, show
from planner.explain.wishes.nearest import NearestPlan
from planner.explain.wishes.without_emergency import WithoutEmergency
from planner.explain.wording.answers import (
    cell_words,
    ended_words,
    given_words,
    granted_words,
    needed_words,
    part_words,
    remedy_words,
    row_words,
)
from planner.explain.workbook_questions import Why, WorkbookQuestions
from planner.files.json_file import write_json
from planner.result.queries import Behind, RuleShown
from planner.sheets.units import unit_key

DONE, STOPPED = 0, 4
# So long is looked for what ends the shortfalls of every rule, unless another limit is given.
ALL_RULES_S = 120.0
# Rules, rows and cells that are printed; the JSON has them all.
RULES, ROWS, CELLS = 6, 3, 6

# What is printed, and how far indented.
Line = tuple[int, Message | Text | str]


def why(options: argparse.Namespace, console: Console) -> int:
    """Answer what was asked about a plan; 2 where it is no figure, or nothing can grant a wish."""
    asked = [
        options.figure,
        options.wish,
        options.priorities,
        options.no_emergency_from,
        options.cost,
    ]
    if not any(each is not None for each in asked):
        raise UnusableInputError(message("why.nothing_asked"))
    if options.time_limit is not None and not 0 <= options.time_limit < math.inf:
        raise UnusableInputError(message("command.time_limit"))
    with stoppable() as cancel:
        questions = api.questions(options.input, cancel=cancel, tell=_Bar(console).tell)
        try:
            record = dict(_answered(options, questions, console))
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    if options.json_file is not None:
        write_json(options.json_file, record)
    return DONE


class _Bar:
    """Shows on a terminal how far the answer is."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def tell(self, at: api.Progress) -> None:
        """Show how often it was solved again and at which level it is."""
        language = self._console.language
        if at.level is None:
            key = f"progress.{at.step}"
            self._console.show(say(key if key in catalogue() else "window.why.step.ask", language))
            return
        title = catalogue().get(f"progress.level.{at.level}", catalogue()["window.why.chosen"])
        count = int(at.value) if at.value is not None and at.step == "trial" else 1
        self._console.show(say("window.why.step.level", language, count=count, level=title))


def _answered(
    options: argparse.Namespace, questions: WorkbookQuestions, console: Console
) -> Iterator[tuple[str, object]]:
    """Print each answer and yield it for the record."""
    if options.figure is not None:
        found = questions.why(options.figure)
        console.finish()
        _print(_why_lines(questions, found), console)
        yield "why", why_record(questions, found)
    if options.wish is not None:
        wished = questions.nearest_plan(options.wish, options.time_limit)
        _print(_granted_lines(questions, wished), console)
        yield "wish", granted_record(wished)
    if options.priorities is not None:
        yield from _priorities(options, questions, console)
    if options.cost is not None:
        yield "ended", list(_ended(options, questions, console))
    if options.no_emergency_from is not None:
        needed = questions.without_emergency(options.no_emergency_from)
        _print(_needed_lines(questions, needed), console)
        yield "without_emergency", needed_record(needed)


def _priorities(
    options: argparse.Namespace, questions: WorkbookQuestions, console: Console
) -> Iterator[tuple[str, object]]:
    """Print the price of the order of priorities, or the plan in another order beside this one."""
    if options.priorities:
        names = [each.strip() for each in options.priorities.split(",") if each.strip()]
        other = questions.in_order(names, options.time_limit)
        _print(_granted_lines(questions, other), console)
        yield "order", granted_record(other)
        return
    units = {each.name: each.unit for each in questions.loaded.plan.levels}
    prices = questions.order_prices()
    lines = [(0, message("order.is"))]
    for each in prices:
        first, *gains = given_words(each, units)
        lines += [(0, first), *((1, gain) for gain in gains)]
    _print(lines, console)
    yield "priorities", [given_record(each) for each in prices]


def _ended(
    options: argparse.Namespace, questions: WorkbookQuestions, console: Console
) -> Iterator[Mapping[str, object]]:
    """Print what it costs to end each shortfall as it is found, and yield it for the record.

    Of one rule all are looked into; of all rules the worst of each, as far as time allows.
    """
    limit = options.time_limit
    if limit is None and not options.cost:
        limit = ALL_RULES_S
    found = questions.ended(options.cost, limit)
    _print([(0, message("ended.is"))], console)
    left = 0
    for each in found:
        yield ended_record(questions, each)
        if not each.tried and not each.in_time:
            left += 1
            continue
        what, words = ended_words(questions.solved, each)
        edits = () if each.best is None else each.best.edits
        lines: list[Line] = [(1, what), (2, words)]
        if not each.in_time:
            lines.append((2, message("ended.cut_short")))
        _print([*lines, *((3, edit.both) for edit in edits)], console)
    if left:
        _print([(0, message("ended.left", count=left, seconds=round(limit or 0)))], console)


def _print(lines: Iterable[Line], console: Console) -> None:
    """Print lines, each so far indented."""
    console.finish()
    for depth, line in lines:
        words = console.say(line) if isinstance(line, Message) else show(line, console.language)
        console.result(f"{'  ' * depth}{words}")


def _granted_lines(questions: WorkbookQuestions, found: NearestPlan) -> Iterator[Line]:
    first, *others = granted_words(questions.loaded.case, found)
    yield 0, first
    yield from ((1, each) for each in others)
    if found.wish.edits:
        yield 1, message("why.try_edits")
        yield from ((2, each.both) for each in found.wish.edits)


def _needed_lines(questions: WorkbookQuestions, found: WithoutEmergency) -> Iterator[Line]:
    yield from ((0, each) for each in needed_words(questions.loaded.case, found))
    edits = dict.fromkeys(edit.both for each in found.needed for edit in each.edits)
    if edits:
        yield 0, message("why.try_edits")
        yield from ((1, each) for each in edits)


def _why_lines(questions: WorkbookQuestions, found: Why) -> Iterator[Line]:
    yield 0, _told(found)
    behind = found.behind
    if found.reasons is not None and len(found.reasons):
        for sentence in found.reasons["sentence"]:
            yield 1, message("why.as_told", words=sentence)
    elif found.told is not None:
        yield 1, found.told
    if isinstance(behind, Behind):
        yield from _behind_lines(behind)
    yield from _rule_lines(behind.rules)
    yield from _remedy_lines(questions, found)


def _told(found: Why) -> Message:
    named = found.named
    if named.value is None:
        return message("why.about", title=named.title)
    unit = named.unit or Text("", "")
    if unit.en == "share":
        value, unit_shown = as_read(100 * named.value), unit_words("percent")
        return message("why.about_figure", title=named.title, value=value, unit=unit_shown)
    words = unit_words(unit_key(unit.nl), named.value) if unit.nl else unit
    return message("why.about_figure", title=named.title, value=as_read(named.value), unit=words)


def _behind_lines(behind: Behind) -> Iterator[Line]:
    if behind.told is not None:
        yield 1, behind.told
    if behind.added is not None and behind.added.parts:
        yield 1, message("why.added_up")
        yield from ((2, part_words(each, behind.added)) for each in behind.added.parts)
    yield from ((1, cell_words(each)) for each in behind.cells[:CELLS])


def _rule_lines(rules: tuple[RuleShown, ...]) -> Iterator[Line]:
    for rule in rules[:RULES]:
        yield 1, message("why.rule", title=rule.title, source=rule.source, count=rule.count)
        yield from ((2, row_words(each)) for each in rule.rows[:ROWS])
        yield from ((3, cell_words(each)) for each in rule.cells[:CELLS])
        more = rule.more_cells + max(len(rule.cells) - CELLS, 0)
        if more:
            yield 3, message("why.more_cells", count=more)
    if rules[RULES:]:
        yield 1, message("why.more_rules", count=len(rules) - RULES)


def _remedy_lines(questions: WorkbookQuestions, found: Why) -> Iterator[Line]:
    if found.shortfall is None:
        return
    yield 1, message("remedy.is")
    for each in found.remedies:
        yield 2, remedy_words(questions.solved, found.shortfall.level, each)
        if each.edits:
            yield 3, message("why.try_edits")
            yield from ((4, edit.both) for edit in each.edits)
