"""Which of several workbooks a finding is about: its cell is told as `[old.xlsx]Locaties!J5`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.input.book import Book

Made = TypeVar("Made")


def of_book(book: Book, make: Callable[[Book], Made]) -> Made:
    """Return what is made of a book; `UnusableInputError` with findings that name its file."""
    try:
        return make(book)
    except UnusableInputError as fault:
        named = (replace(each, sheet=f"[{book.name}]{each.sheet}") for each in fault.findings)
        raise UnusableInputError(fault.told, tuple(named)) from fault


def of_both(old: Book, new: Book, make: Callable[[Book], Made]) -> tuple[Made, Made]:
    """Return what is made of two books; `UnusableInputError` with the findings of both."""
    found: list[Made] = []
    faults: list[UnusableInputError] = []
    for book in (old, new):
        try:
            found.append(of_book(book, make))
        except UnusableInputError as fault:
            faults.append(fault)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        told = message("plan.both_unusable", old=old.name, new=new.name)
        raise UnusableInputError(told, tuple(each for fault in faults for each in fault.findings))
    return found[0], found[1]
