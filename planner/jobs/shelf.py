"""The books that the child keeps, each as opened and with its edits, and what was made last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.errors import OpvangplanError
from planner.core.texts import message
from planner.input.edits import Edit, apply
from planner.jobs.requests import BookState, GiveRevisions
from planner.jobs.transport import let_go

if TYPE_CHECKING:
    from planner.compare.comparison_view import KeptComparison
    from planner.explain.plan_explainer import PlanExplainer
    from planner.input.book import Book
    from planner.whatif.session import WhatIf

VERSIONS_MADE = 4  # books kept ready, beside the one as opened: a table they share is there once


class _Shelved:
    """A book as opened, the revisions of it that are kept, and the versions asked for last."""

    def __init__(self, base: Book) -> None:
        self.base = base
        self._revisions: dict[int, tuple[int, tuple[Edit, ...]]] = {}  # with what each follows
        self._made: dict[int, Book] = {}

    def take(self, given: GiveRevisions) -> None:
        for number in given.dropped:
            del self._revisions[number]
            self._made.pop(number, None)
        self._revisions.update((number, (at, edits)) for number, at, edits in given.revisions)

    def version(self, number: int) -> Book:
        """Return a version, made of the nearest one before it that is there."""
        edits: list[Edit] = []
        at = number
        while at and at not in self._made:
            at, more = self._revisions[at]
            edits[:0] = more
        book = self._made.get(at, self.base)
        if edits:
            book, _ = apply(book, edits)
        self._made.pop(number, None)
        self._made[number] = book
        for oldest in list(self._made)[:-VERSIONS_MADE]:
            del self._made[oldest]
        return book


class Shelf:
    """The books that the child keeps, each as opened and with its edits."""

    def __init__(self) -> None:
        """Begin without books, and without a plan to ask about."""
        self._books: dict[int, _Shelved] = {}
        self.questions: PlanExplainer | None = None  # about the last plan that was made
        self.compared: KeptComparison | None = None  # the last comparison
        # What is asked what-if questions of: book, its number of edits, scenario, and the plan.
        self.asked: tuple[tuple[int, int, str | None], WhatIf] | None = None

    def keep(self, token: int, base: Book) -> None:
        """Keep a book under a token; the oldest is let go."""
        for old in let_go(self._books):
            del self._books[old]
        self._books[token] = _Shelved(base)

    def take(self, given: GiveRevisions) -> None:
        """Keep further revisions of a book, and drop those that nobody names any more."""
        self._books[given.token].take(given)

    def state(self, token: int) -> BookState:
        """Return a book as opened."""
        return BookState(token, self._books[token].base)

    def comparison(self, number: int) -> KeptComparison:
        """Return the comparison of a number; `OpvangplanError` where it is not kept any more."""
        if self.compared is None or self.compared.number != number:
            raise OpvangplanError(message("compare.not_kept"))
        return self.compared

    def book(self, token: int, version: int) -> Book:
        """Return a version of a book."""
        return self._books[token].version(version)
