"""A plan as one thing: loaded from its workbook or just made, with its input, and verified.

`load_plan` reads one from a file, `plan_in_book` from a book that is open; both have one idea of a
whole plan and of a damaged one. `verified` is the one place that has a plan recomputed. What a plan
is stands in `plan.py`.
"""

from planner.result.load import load_plan, plan_in_book, plans_of
from planner.result.plan_of_book import PlanOfBook
from planner.result.verification import breaches_of, verified

__all__ = ["PlanOfBook", "breaches_of", "load_plan", "plan_in_book", "plans_of", "verified"]
