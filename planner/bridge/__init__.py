"""From an earlier forecast to a new need, change by change: `bridge` first."""

from planner.bridge.bridge import Bridge, InputEffect, bridge

__all__ = ["Bridge", "InputEffect", "bridge"]
