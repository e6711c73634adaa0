"""Other plans nearly as good: each the most of one thing within a stated margin at one level."""

from planner.alternatives.alternatives import Alternative, alternatives
from planner.alternatives.wishes import LeastOf

__all__ = ["Alternative", "LeastOf", "alternatives"]
