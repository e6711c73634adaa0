"""Plans of the small demo under a few scenarios, made once for every test of comparing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from planner import api
from planner.compare import verbs
from planner.compare.verbs import PlanOfBook
from planner.core.texts import Language
from planner.input.book import Book
from planner.result.plan import Plan
from tests.compared import NAMES, demo_with_scenarios


@pytest.fixture(name="book", scope="session")
def compared_book() -> Book:
    return demo_with_scenarios()


@pytest.fixture(name="plans", scope="session")
def plans_by_scenario(book: Book) -> Mapping[str, Plan]:
    options = api.PlanOptions(trials=0)
    return {name: api.plan(book, name, options=options) for name in NAMES}


@pytest.fixture(name="made", scope="session")
def plans_to_compare(book: Book, plans: Mapping[str, Plan]) -> Mapping[str, PlanOfBook]:
    return {name: verbs.PlanOfBook(name, book, plan) for name, plan in plans.items()}


@pytest.fixture(name="files", scope="session")
def plan_files(
    book: Book, plans: Mapping[str, Plan], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """Write each plan to a workbook, by turns in Dutch and in English."""
    folder = tmp_path_factory.mktemp("plans")
    paths = []
    for number, plan in enumerate(plans.values()):
        paths.append(folder / f"plan {number}.xlsx")
        api.save_plan(paths[-1], book, plan, tuple(Language)[number % 2])
    return tuple(paths)
