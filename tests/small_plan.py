"""The small demo and its plan, made once in a process for every test that reads them."""

from __future__ import annotations

from functools import cache

from planner import api
from planner.input.book import Book
from planner.result.plan import Plan


@cache
def small_book() -> Book:
    """Return the small demo."""
    return api.open_demo("small")


@cache
def small_plan() -> Plan:
    """Return its plan with its explanation, as `api.plan` makes it; it is not to be changed."""
    return api.plan(small_book())
