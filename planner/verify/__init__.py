"""The independent check of a plan: everything recomputed from the input and the result tables.

It shares nothing with the building or solving of the plan beyond the tables of the input, so that
a fault in either shows up as a difference. Read `verdict` first.
"""

from planner.verify.breach import Breach, ClaimedPlan
from planner.verify.verdict import verify

__all__ = ["Breach", "ClaimedPlan", "verify"]
