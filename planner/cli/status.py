"""The command that tells the status of a plan, or gives it one: draft, checked, adopted."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from planner import api
from planner.cli.console import Console
from planner.core.errors import TargetInUseError, UnusableInputError
from planner.core.texts import Message, message
from planner.files.owner_file import holder_of, open_at
from planner.result.plan_status import PlanStatus, StatusGiven

DONE = 0


def status(options: argparse.Namespace, console: Console) -> int:
    """Tell the status of a plan; with `--set`, give it one in its own workbook."""
    if options.set is None:
        if options.by is not None:
            raise UnusableInputError(message("status.by_alone"))
        console.result(console.say(status_words(api.plan_status(options.input))))
        return DONE
    wanted = PlanStatus(options.set)  # type: ignore[call-arg] # looked up by value
    by = (options.by or "").strip()
    if wanted is not PlanStatus.DRAFT and not by:
        raise UnusableInputError(message("status.by_needed", status=wanted.label))
    _refuse_open(options.input, overwrite=options.overwrite)
    given = api.give_status(options.input, wanted, by, dt.datetime.now(tz=dt.UTC).date())
    console.result(console.say(status_words(given)))
    return DONE


def _refuse_open(path: Path, *, overwrite: bool) -> None:
    holder = holder_of(path)
    if holder is not None and not overwrite:
        raise TargetInUseError(open_at(path, holder, "file.open_at.overwrite"))


def status_words(given: StatusGiven) -> Message:
    """Return in words what the status of a plan is, and whether it was changed since."""
    if given.status is PlanStatus.DRAFT:
        return message("status.draft", mark=given.mark)
    fields = {"status": given.status.label, "by": given.by, "on": given.on, "mark": given.mark}
    if given.changed:
        return message("status.changed", was=given.given, **fields)
    return message("status.holds", **fields)
