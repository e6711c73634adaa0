"""The small demo and its plan, made once and kept for every test that reads them."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

from planner import api
from planner.input.book import Book
from planner.result.plan import Plan
from tests.kept import kept

PICKLED = "plan.pickle"


@cache
def small_book() -> Book:
    """Return the small demo."""
    return api.open_demo("small")


@cache
def small_plan() -> Plan:
    """Return its plan with its explanation, as `api.plan` makes it; it is not to be changed."""
    pickled = (kept("small_plan", _fill) / PICKLED).read_bytes()
    made: Plan = pickle.loads(pickled)  # noqa: S301 - our own, of this very program
    return made


def _fill(folder: Path) -> None:
    (folder / PICKLED).write_bytes(pickle.dumps(api.plan(small_book())))
