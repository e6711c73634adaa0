"""The command that takes other people's files over into a workbook: import."""

from __future__ import annotations

import argparse
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from planner import api
from planner.cli.console import Console
from planner.cli.targets import refuse_there
from planner.core.errors import TargetInUseError
from planner.core.texts import message
from planner.importing.mapping import ImportMapping, read_mapping, write_mapping
from planner.importing.meanings import in_words
from planner.importing.preview import Takeover
from planner.importing.suggestion import Proposal
from planner.importing.verbs import (
    Files,
    counts,
    import_files,
    proposed,
    question_record,
    read_files,
)
from planner.input.alike import told_once
from planner.input.book import Book
from planner.input.edits import apply
from planner.input.records import table as table_of

_SHOWN = 40  # changes of a dry run that are told one by one
_DONE, _UNUSABLE = 0, 2
_MAPPING = ".mapping.json"


def import_command(options: argparse.Namespace, console: Console) -> int:
    """Take files over into a workbook by a mapping, or propose one; 2 where nothing is done.

    The files themselves are never altered. With `--dry-run` nothing is written.
    """
    if not options.dry_run:
        refuse_there(options.out, options)
    read = read_files(options.inputs)
    book = _standing(options.out, console)
    mapping = _mapping(options, read, book, console)
    if mapping is None:
        return _UNUSABLE
    imported = import_files(read, mapping, book, console.language)
    for finding in told_once(imported.findings):
        console.result(finding.line(console.language))
    _tell_changes(imported.takeover, console, each_one=options.dry_run)
    if imported.errors:
        console.tell(console.say(message("importing.refused", count=imported.errors)))
        return _UNUSABLE
    if options.dry_run:
        console.note("importing.dry_run")
        return _DONE
    new, _ = apply(book, imported.takeover.edits)
    api.save_book(options.out, new, console.language)
    console.note("command.written", file=str(options.out))
    return _DONE


def _standing(path: Path, console: Console) -> Book:
    """Return the workbook to take over into: the one that is there, or an empty one."""
    if path.exists():
        return api.open_workbook(path)
    with TemporaryDirectory() as folder:
        empty = Path(folder) / path.name
        api.save_template(empty, console.language)
        return api.open_workbook(empty)


def _mapping(
    options: argparse.Namespace, read: Files, book: Book, console: Console
) -> ImportMapping | None:
    """Return the mapping asked for; where there is none, write one that is proposed and tell so."""
    path: Path | None = options.mapping
    if path is not None and path.exists():
        return read_mapping(path)
    proposal = proposed(read, book, console.language)
    if not proposal.mapping.parts and not any(each.sheets for each in proposal.files):
        return ImportMapping(language=console.language)  # public data alone: nothing to map
    target = path or options.out.with_suffix(_MAPPING)
    if path is None and target.exists() and not options.overwrite:
        raise TargetInUseError(message("importing.mapping_there", file=str(target)))
    target = _free(target)
    _tell_proposal(proposal, target, console, dry=options.dry_run)
    return None


def _free(path: Path) -> Path:
    """Return a name that no file has: answers in an earlier mapping are never written over."""
    if not path.exists():
        return path
    stem = path.name.removesuffix(_MAPPING)
    others = (path.with_name(f"{stem}-{number}{_MAPPING}") for number in count(2))
    return next(each for each in others if not each.exists())


def _tell_proposal(proposal: Proposal, target: Path, console: Console, *, dry: bool) -> None:
    for finding in told_once(proposal.findings):
        console.result(finding.line(console.language))
    for question in proposal.questions:
        if question.suggestion is not None:
            meant = question.suggestion
            meaning = in_words(question.about, meant) if meant else message("importing.empty_cell")
            console.note("importing.proposed", written=question.written, meaning=meaning)
    if not dry:
        write_mapping(
            target, proposal.mapping, [question_record(each) for each in proposal.questions]
        )
    key = "importing.mapping_written" if proposal.open_count else "importing.mapping_ready"
    key = "importing.mapping_dry" if dry else key
    key = key if proposal.mapping.parts else "importing.no_parts"
    console.tell(console.say(message(key, file=str(target), count=proposal.open_count)))


def _tell_changes(takeover: Takeover, console: Console, *, each_one: bool) -> None:
    """Print per table what comes and goes, and in a dry run the first changes."""
    if console.quiet:
        return
    if not takeover.changes:
        console.note("importing.no_change")
    for table, (added, changed, dropped) in counts(takeover).items():
        title = table_of(table).title
        console.note("importing.count", table=title, added=added, changed=changed, dropped=dropped)
    if not each_one:
        return
    for each in takeover.changes[:_SHOWN]:
        declared = table_of(each.table)
        column = declared.column(each.column).title if each.column else ""
        key = f"importing.change.{each.sort.value}"
        console.note(
            key,
            table=declared.title,
            row=each.key,
            column=column,
            before=each.before,
            after=each.after,
        )
    if len(takeover.changes) > _SHOWN:
        console.note("importing.more_changes", count=len(takeover.changes) - _SHOWN)
