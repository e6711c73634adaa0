"""The steps, and the state of the window that menus and steps are shown by."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple

from planner.core.texts import Language
from ui.theme import ColourScheme


class Menu(StrEnum):
    """The menus, in the order they stand."""

    FILE = "file"
    EDIT = "edit"
    CALCULATE = "calculate"
    VIEW = "view"
    HELP = "help"


class Step(IntEnum):
    """The places of the pages: the start page, and the three steps."""

    START = 0
    DATA = 1
    RULES = 2
    RESULTS = 3


class State(NamedTuple):
    """What decides whether a command can be given."""

    is_open: bool = False
    viewing: bool = False
    at_table: bool = False
    undo: str = ""
    redo: str = ""
    calculating: bool = False
    working: bool = False  # opening, checking or saving
    unanswering: bool = False  # a process in the background gives no sign of life
    planned: bool = False
    stale: bool = False
    errors: int = 0
    rule_errors: int = 0  # those of them in the tables of the second step
    language: Language = Language.NL
    look: ColourScheme = ColourScheme.SYSTEM
    at_once: bool = False  # calculated again by itself after an edit
    hatched: bool = False  # charts differ by hatching too

    @property
    def editing(self) -> bool:
        """Whether cells can be changed now."""
        return self.at_table and not self.viewing
