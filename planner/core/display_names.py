"""What supplied groups, streams and scenarios are called in sentences and on screen.

In a workbook each goes by its name there, which is the planner's own; only the names that the
program supplies have a Dutch and an English title. Any other name stands as it is.
"""

from __future__ import annotations

from planner.core.texts import Text, catalogue


def called(name: str) -> Text:
    """Return the title of a supplied group, stream or scenario; any other name as it is."""
    return catalogue().get(f"called.{name}", Text(name, name))
