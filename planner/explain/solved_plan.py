"""`SolvedPlan`: a plan with the book it was made from and the problem it was solved as."""

from __future__ import annotations

from dataclasses import dataclass

from planner.input.book import Book
from planner.model.build import Problem
from planner.result.plan import Plan
from planner.solver.outcome import Solution


@dataclass(frozen=True)
class SolvedPlan:
    """A plan with the book it was made from and, where one was found, the solved problem."""

    plan: Plan
    book: Book
    problem: Problem
    solution: Solution | None
