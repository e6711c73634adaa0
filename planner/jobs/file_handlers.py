"""Carrying out the tasks about a file beside the open book, in the child process."""

from __future__ import annotations

from functools import singledispatch
from pathlib import Path
from typing import Protocol

from planner.importing import service as import_service
from planner.importing.service import Seen
from planner.input.book import Book
from planner.jobs.file_requests import (
    DrawReport,
    EarlierPlan,
    FileTask,
    KeepChoices,
    KeepMapping,
    LookInto,
    WriteFindings,
    WriteOnePage,
    WriteOwnFindings,
    WriteReport,
    WriteTaken,
)
from planner.report import build
from planner.result import PlanOfBook


class Open(Protocol):
    """Gives the open book as it stands, or after so many edits; there need not be one."""

    def __call__(self, version: int | None = None) -> Book:
        """Return the book, as the task is about it or in another version."""


@singledispatch
def carry_out(task: FileTask[object], book: Open) -> object:
    """Carry out a request and return its result; below is one handler for each, of its name."""
    raise TypeError(f"no task of this kind: {task!r} ({book})")


@carry_out.register(WriteReport)
def write_report(task: WriteReport, book: Open) -> Path:
    beside = _beside(task.earlier, book)
    plan = build.reported(book(), task.plan, task.name)
    build.write_report_of(task.path, plan, task.language, beside)
    return task.path


@carry_out.register(WriteOnePage)
def write_one_page(task: WriteOnePage, book: Open) -> Path:
    plan = build.reported(book(), task.plan, task.name)
    build.write_page_of(task.path, plan, task.language)
    return task.path


@carry_out.register(DrawReport)
def draw_report(task: DrawReport, book: Open) -> tuple[bytes, ...]:
    beside = _beside(task.earlier, book)
    plan = build.reported(book(), task.plan, task.name)
    return build.pages_of(plan, task.language, dots=task.dots, beside=beside)


def _beside(earlier: EarlierPlan | None, book: Open) -> PlanOfBook | None:
    """Return the plan that another is put beside."""
    return (
        None if earlier is None else PlanOfBook(earlier.name, book(earlier.version), earlier.plan)
    )


@carry_out.register(LookInto)
def look_into(task: LookInto, book: Open) -> Seen:
    standing = Book() if task.how is None else book()  # a book of its own needs none to be open
    return import_service.look_into(
        task.path,
        task.choices,
        task.how,
        store=task.store,
        book=standing,
        mapping=task.mapping,
        language=task.language,
    )


@carry_out.register(KeepMapping)
def keep_mapping(task: KeepMapping, book: Open) -> None:
    del book  # about a file alone
    import_service.keep_mapping(task.store, task.mapping)


@carry_out.register(KeepChoices)
def keep_choices(task: KeepChoices, book: Open) -> None:
    del book  # about a file alone
    import_service.keep_choices(task.store, task.shape, task.choices)


@carry_out.register(WriteTaken)
def write_taken(task: WriteTaken, book: Open) -> Path:
    del book  # the book is made of the edits alone
    import_service.write_taken(task.path, task.edits, task.language)
    return task.path


@carry_out.register(WriteFindings)
def write_findings(task: WriteFindings, book: Open) -> Path:
    del book  # about a file alone
    import_service.write_findings(task.path, task.source, task.found, task.language)
    return task.path


@carry_out.register(WriteOwnFindings)
def write_own_findings(task: WriteOwnFindings, book: Open) -> Path:
    import_service.write_own_findings(
        task.path, task.source, book(), scenario=task.scenario, language=task.language
    )
    return task.path
