"""The command that says how much more a plan's decisions bear, and what breaks first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from planner import api
from planner.cli.console import Console, stoppable
from planner.core.errors import CancelledError
from planner.core.texts import message
from planner.files.compare_writer import write_comparison
from planner.files.json_file import write_json
from planner.margin import BreakingBound, Kind, Margin
from planner.margin.words import margin_lines, margin_sheet

DONE, STOPPED = 0, 4


def margin(options: argparse.Namespace, console: Console) -> int:
    """Print every margin of a plan, a line each; 4 where it was stopped."""
    with stoppable() as cancel:
        try:
            loaded, found = api.margin(
                options.input, cancel, console.show, every=True if options.all else None
            )
        except CancelledError as stopped:
            console.finish()
            console.tell(console.say(stopped.told))
            return STOPPED
    console.finish()
    for bound in BreakingBound:
        own = [each for each in found if each.bound is bound]
        if own:
            console.result(console.say(message("margin.until", bound=bound.label)))
        for each in margin_lines(own, found):
            console.result(f"  {console.say(each)}")
    console.note("margin.kept")
    if len(found) == 1:
        console.note("margin.first_only")
    if options.out is not None:
        write_comparison(
            options.out,
            (margin_sheet(found, loaded.case.location_names),),
            (),
            (),
            (),
            console.language,
        )
        console.note("command.written", file=str(options.out))
    if options.json_file is not None:
        record = {"scenario": loaded.scenario, "margins": [_record(each) for each in found]}
        write_json(options.json_file, record)
    return DONE


def _record(each: Margin) -> Mapping[str, object]:
    return {
        "kind": each.stress.kind.value,
        "group": each.stress.group or None,
        "bound": each.bound.value,
        "part": each.part,
        "amount": None if each.part is None else each.people,
        "unit": "beds" if each.stress.kind is Kind.REFUSED else "persons",
        "broken": each.broken,
        "month": None if each.month is None else f"{each.month:%Y-%m-%d}",
        "presses": each.group or None,
        "limit_nl": None if each.rule is None else each.rule.nl,
        "limit_en": None if each.rule is None else each.rule.en,
        "where": list(each.where),
    }
