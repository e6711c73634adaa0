"""The command that makes other plans nearly as good, side by side."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence

from planner import api
from planner.alternatives import Alternative, LeastOf, words
from planner.api import PlanOptions
from planner.cli.console import Console, stoppable
from planner.compare import verbs
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.texts import message
from planner.report import build
from planner.result.plan import Plan

DONE, STOPPED = 0, 4
MOST = len(LeastOf)


def alternatives(options: argparse.Namespace, console: Console) -> int:
    """Plan a workbook, and again for each wish within the margin; write them side by side."""
    if not 0 <= options.margin < math.inf:
        raise UnusableInputError(message("alternatives.margin"))
    if not 1 <= options.count <= MOST:
        raise UnusableInputError(message("alternatives.count", most=MOST))
    book = api.open_workbook(options.input)
    with stoppable() as cancel:
        try:
            best, found = api.alternatives(
                book,
                options.scenario,
                level=options.level,
                margin=options.margin,
                count=options.count,
                options=PlanOptions(whole=not options.fractions),
                tell=lambda told: console.show(console.say(told)),
                cancel=cancel,
            )
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    console.finish()
    first = message("alternatives.best").text(console.language)
    plans = [verbs.PlanOfBook(first, book, best)]
    plans += [
        verbs.PlanOfBook(each.wish.label.in_(console.language), book, each.plan)
        for each in found
        if each.is_less
    ]
    if len(plans) > 1:
        beside = words.sheets(best, found, options.level, options.margin)
        build.save_comparison(options.out, verbs.compare(plans), console.language, first=beside)
    _tell(found, best, options, console)
    if len(plans) == 1:
        console.tell(console.say(words.none_less(found)))
    else:
        console.note("command.written", file=str(options.out))
    return DONE


def _tell(
    found: Sequence[Alternative], best: Plan, options: argparse.Namespace, console: Console
) -> None:
    """Tell what each plan has least of, what gets worse or better for it, and its proof."""
    for each in found:
        console.result(console.say(words.told(each, options.level)))
        if (other := words.otherwise(each, best, options.level)) is not None:
            console.result(f"  {console.say(other)}")
        if words.is_known(each):
            proof = words.proof(each, best, options.level, options.margin)
            console.result(f"  {console.say(proof)}")
    if (held := words.held(found, options.level)) is not None:
        console.result(console.say(held))
