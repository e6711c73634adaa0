"""Decisions that are common to several scenarios, and what that is worth.

Read `robust` first; `joint` makes one model of those of the scenarios, `common` says which
decisions it shares, `trials` tries decisions in futures that nobody planned for.
"""

from planner.robust.robust import Robust, WeightedScenario, robust

__all__ = ["Robust", "WeightedScenario", "robust"]
