"""Carrying out the tasks about a file beside the open book, in the child process."""

from __future__ import annotations

from functools import singledispatch
from pathlib import Path
from typing import Any, Protocol

from planner import on_paper, taking_over
from planner.file_tasks import (
    DrawReport,
    EarlierPlan,
    FileTask,
    KeepChoices,
    LookInto,
    WriteFindings,
    WriteOwnFindings,
    WriteReport,
    WriteTaken,
)
from planner.result import PlanOfBook
from planner.tables.book import Book
from planner.taking_over import Seen


class Open(Protocol):
    """Gives the open book as it stands, or after so many edits; there need not be one."""

    def __call__(self, edits: int | None = None) -> Book:
        """Return the book."""


@singledispatch
def carry_out(task: FileTask, book: Open) -> Any:  # noqa: ANN401 - any value
    """Carry out a task and return its result; one function below for each kind."""
    raise TypeError(f"no task of this kind: {task!r} ({book})")


@carry_out.register(WriteReport)
def _(task: WriteReport, book: Open) -> Path:
    beside = _beside(task.earlier, book)
    plan = on_paper.reported(book(), task.plan, task.name)
    on_paper.write_report_of(task.path, plan, task.language, beside)
    return task.path


@carry_out.register(DrawReport)
def _(task: DrawReport, book: Open) -> tuple[bytes, ...]:
    beside = _beside(task.earlier, book)
    plan = on_paper.reported(book(), task.plan, task.name)
    return on_paper.pages_of(plan, task.language, dots=task.dots, beside=beside)


def _beside(earlier: EarlierPlan | None, book: Open) -> PlanOfBook | None:
    """Return the plan that another is put beside."""
    return None if earlier is None else PlanOfBook(earlier.name, book(earlier.edits), earlier.plan)


@carry_out.register(LookInto)
def _(task: LookInto, book: Open) -> Seen:
    standing = Book() if task.how is None else book()  # a book of its own needs none to be open
    return taking_over.look_into(task.path, task.choices, task.how, store=task.store, book=standing)


@carry_out.register(KeepChoices)
def _(task: KeepChoices, book: Open) -> None:
    del book  # about a file alone
    taking_over.keep_choices(task.store, task.shape, task.choices)


@carry_out.register(WriteTaken)
def _(task: WriteTaken, book: Open) -> Path:
    del book  # the book is made of the edits alone
    taking_over.write_taken(task.path, task.edits, task.language)
    return task.path


@carry_out.register(WriteFindings)
def _(task: WriteFindings, book: Open) -> Path:
    del book  # about a file alone
    taking_over.write_findings(task.path, task.source, task.found, task.language)
    return task.path


@carry_out.register(WriteOwnFindings)
def _(task: WriteOwnFindings, book: Open) -> Path:
    taking_over.write_own_findings(
        task.path, task.source, book(), scenario=task.scenario, language=task.language
    )
    return task.path
