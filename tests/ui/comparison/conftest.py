"""Three plans of the small demo side by side, and work that is done at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner import api
from planner.compare import comparison_view
from planner.compare.views import PlanSource
from tests.compared import demo_with_scenarios
from tests.shorter import shorter
from tests.side_by_side import NAMES, DoneAtOnce
from tests.ui.onscreen import context_of

if TYPE_CHECKING:
    from planner.compare.comparison_view import KeptComparison
    from planner.compare.views import ShownComparison
    from planner.input.book import Book
    from ui.session import Session
    from ui.theme import Theme
    from ui.view import Context
    from ui.words import Words

MONTHS = 6


@pytest.fixture(name="book", scope="session")
def compared_book() -> Book:
    return shorter(demo_with_scenarios(), MONTHS)


@pytest.fixture(name="sources", scope="session")
def made_sources(book: Book) -> tuple[PlanSource, ...]:
    options = api.PlanOptions(trials=0)
    return tuple(PlanSource(name, api.plan(book, name, options=options)) for name in NAMES)


@pytest.fixture(name="kept", scope="session")
def kept_comparison(book: Book, sources: tuple[PlanSource, ...]) -> KeptComparison:
    return comparison_view.compared(1, sources, lambda _edits: book)


@pytest.fixture(name="shown", scope="session")
def shown_comparison(kept: KeptComparison) -> ShownComparison:
    return comparison_view.shown(kept)


@pytest.fixture
def work(
    session: Session, words: Words, kept: KeptComparison, shown: ShownComparison
) -> DoneAtOnce:
    made = DoneAtOnce(session, words, kept)
    made.show(shown)
    return made


@pytest.fixture
def context(session: Session, words: Words, theme: Theme) -> Context:
    return context_of(session, words, theme)
