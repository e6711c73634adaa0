"""What supplied groups, streams and scenarios are called in sentences and on screen.

In a workbook each goes by its name there, which is the planner's own; only the names that the
program supplies have a Dutch and an English title. Any other name stands as it is.
"""

from __future__ import annotations

from planner.core.texts import Text, catalogue

OF_A_FILE = " · "  # between the name of a plan's file and that of its scenario


def called(name: str) -> Text:
    """Return the title of a supplied group, stream or scenario; any other name as it is.

    A plan from a file goes by the name of that, and of its scenario.
    """
    file, mark, scenario = name.rpartition(OF_A_FILE)
    title = catalogue().get(f"called.{scenario}", Text(scenario, scenario))
    return Text(f"{file}{mark}{title.nl}", f"{file}{mark}{title.en}")
