"""Decisions that are common to several scenarios, and what that is worth.

Read `robust` first; `joint` makes one model of those of the scenarios, `verdict` tries decisions in
futures that nobody planned for, `words` tells it, `verbs` are what others call.
"""

from planner.robust.robust import Robust, WeightedScenario, robust

__all__ = ["Robust", "WeightedScenario", "robust"]
