"""The command that makes the dossier of a plan, and the one that checks and repeats it."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner import api
from planner.cli.console import Console, stoppable
from planner.core.errors import UnusableInputError
from planner.core.texts import message

DONE, OTHER, UNUSABLE = 0, 1, 2
# So many figures that differ are named one by one.
_NAMED = 20


def dossier(options: argparse.Namespace, console: Console) -> int:
    """Write a dossier, or say whether one is whole and gives the same figures.

    2 where a part is missing or was changed, 1 where planning again gives other figures.
    """
    making = options.input is not None and options.out is not None and options.check is None
    checking = options.check is not None and options.input is None and options.out is None
    if not (making or checking) or (making and options.no_repeat):
        raise UnusableInputError(message("dossier.out_or_check"))
    return _check(options, console) if checking else _make(options, console)


def _make(options: argparse.Namespace, console: Console) -> int:
    out: Path = options.out
    if out.suffix.casefold() not in {"", ".zip"} and not out.is_dir():
        raise UnusableInputError(message("dossier.kind", file=str(out)))
    language = console.language
    count = api.save_dossier(options.input, out, language, overwrite=options.overwrite)
    status = api.plan_status(options.input).holds.label
    console.note("dossier.written", file=str(out), count=count, status=status)
    return DONE


def _check(options: argparse.Namespace, console: Console) -> int:
    found = api.check_dossier(options.check)
    for each in found.faults:
        console.result(console.say(each))
    for each in found.remarks:
        console.tell(console.say(each))
    if found.faults:
        console.note("dossier.not_whole", count=len(found.faults))
        return UNUSABLE
    console.note("dossier.whole", count=len(found.manifest.parts))
    if options.no_repeat:
        return DONE
    with stoppable() as cancel:
        differing = api.repeat_dossier(options.check, console.progress, cancel)
    console.finish()
    for difference in differing[:_NAMED]:
        console.result(console.say(difference.told))
    if differing:
        console.note("dossier.other", count=len(differing))
        return OTHER
    console.note("dossier.same", count=len(found.manifest.levels))
    return DONE
