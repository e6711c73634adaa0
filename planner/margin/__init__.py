"""The breaking point of a plan: how much more demand its decisions bear, and what breaks first.

Read `margins` first; `stress` says what grows, `limits` what must not, `bearing` is the linear
problem in which the most is found.
"""

from planner.margin.limits import BreakingBound
from planner.margin.margins import Margin, margins
from planner.margin.stress import Kind, Stress

__all__ = ["BreakingBound", "Kind", "Margin", "Stress", "margins"]
