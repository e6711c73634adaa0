"""`ACTIONS`: every command of the menus, as data; the window only lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.core.texts import Language
from ui.theme import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.window import Window


class Menu(StrEnum):
    """The menus, in the order they stand."""

    FILE = "file"
    EDIT = "edit"
    CALCULATE = "calculate"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True)
class State:
    """What decides whether a command can be given."""

    is_open: bool = False
    viewing: bool = False
    at_table: bool = False
    undo: str = ""
    redo: str = ""
    calculating: bool = False
    working: bool = False  # opening, checking or saving
    planned: bool = False
    stale: bool = False
    errors: int = 0
    rule_errors: int = 0  # those of them in the tables of the second step
    language: Language = Language.NL
    look: Look = Look.SYSTEM

    @property
    def editing(self) -> bool:
        """Whether cells can be changed now."""
        return self.at_table and not self.viewing


def _always(_state: State) -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """A command: its id (its text is `window.action.<id>`), where it stands, when and what."""

    id: str
    menu: Menu
    call: Callable[[Window], None]
    shortcut: str = ""
    enabled: Callable[[State], bool] = _always
    checked: Callable[[State], bool] | None = None
    icon: str = ""
    begins_group: bool = False


def _is_open(state: State) -> bool:
    return state.is_open


def _at_table(state: State) -> bool:
    return state.at_table


def _planned(state: State) -> bool:
    return state.planned


def _editing(state: State) -> bool:
    return state.editing


ACTIONS: tuple[Action, ...] = (
    Action("open", Menu.FILE, lambda w: w.commands.open_file(), "Ctrl+O", icon="open"),
    Action("import", Menu.FILE, lambda w: w.paper.import_file(), "Ctrl+I"),
    Action("demo_small", Menu.FILE, lambda w: w.commands.open_demo("small"), icon="demo"),
    Action("demo_national", Menu.FILE, lambda w: w.commands.open_demo("national")),
    Action("template", Menu.FILE, lambda w: w.commands.template(), icon="template"),
    Action(
        "save", Menu.FILE, lambda w: w.commands.save(), "Ctrl+S", _is_open, icon="save",
        begins_group=True,
    ),
    Action("save_as", Menu.FILE, lambda w: w.commands.save_as(), "Ctrl+Shift+S", _is_open),
    Action(
        "export", Menu.FILE, lambda w: w.commands.export(), "Ctrl+E", lambda s: s.planned,
        icon="export",
    ),
    Action(
        "mark_findings", Menu.FILE, lambda w: w.paper.mark_findings(), enabled=_is_open,
    ),
    Action(
        "report", Menu.FILE, lambda w: w.paper.write_report(), "Ctrl+R", _planned,
        begins_group=True,
    ),
    Action("print_preview", Menu.FILE, lambda w: w.paper.preview_report(), "Ctrl+P", _planned),
    Action("quit", Menu.FILE, lambda w: w.leave(), "Ctrl+Q", begins_group=True),
    Action(
        "undo", Menu.EDIT, lambda w: w.session.undo(), "Ctrl+Z",
        lambda s: bool(s.undo) and not s.viewing, icon="undo",
    ),
    Action(
        "redo", Menu.EDIT, lambda w: w.session.redo(), "Ctrl+Y",
        lambda s: bool(s.redo) and not s.viewing, icon="redo",
    ),
    Action(
        "copy", Menu.EDIT, lambda w: w.tables.copy(), "Ctrl+C", _at_table, icon="copy",
        begins_group=True,
    ),
    Action(
        "copy_titles", Menu.EDIT, lambda w: w.tables.copy_with_titles(), "Ctrl+Shift+C", _at_table
    ),
    Action("paste", Menu.EDIT, lambda w: w.tables.paste(), "Ctrl+V", _editing),
    Action("fill", Menu.EDIT, lambda w: w.tables.fill_down(), "Ctrl+D", _editing),
    Action("clear", Menu.EDIT, lambda w: w.tables.clear(), "Del", _editing),
    Action(
        "add_row", Menu.EDIT, lambda w: w.tables.add_row(), "Ctrl++", _editing, begins_group=True
    ),
    Action("drop_rows", Menu.EDIT, lambda w: w.tables.drop_rows(), "Ctrl+-", _editing),
    Action(
        "find", Menu.EDIT, lambda w: w.tables.search(), "Ctrl+F", _at_table, icon="find",
        begins_group=True,
    ),
    Action("find_next", Menu.EDIT, lambda w: w.tables.find_next(), "F3", _at_table),
    Action(
        "find_before", Menu.EDIT, lambda w: w.tables.find_next(forward=False), "Shift+F3", _at_table
    ),
    Action("filters", Menu.EDIT, lambda w: w.tables.toggle_filters(), "Ctrl+Shift+L", _at_table),
    Action(
        "calculate", Menu.CALCULATE, lambda w: w.calculate(), "F5",
        lambda s: s.is_open and not s.calculating and not s.errors, icon="calculate",
    ),
    Action(
        "cancel", Menu.CALCULATE, lambda w: w.commands.cancel(), "Ctrl+.",
        lambda s: s.calculating or s.working, icon="cancel",
    ),
    Action(
        "why", Menu.CALCULATE, lambda w: w.pages.asked.why(), "Ctrl+Shift+W", _planned,
        begins_group=True,
    ),
    Action(
        "which_cells", Menu.CALCULATE, lambda w: w.pages.asked.which_cells(), "Ctrl+Shift+E",
        _planned,
    ),
    Action(
        "depends", Menu.CALCULATE, lambda w: w.pages.ask_dependents(w.tables), "Ctrl+Shift+D",
        lambda s: s.planned and s.at_table,
    ),
    Action("step_1", Menu.VIEW, lambda w: w.go_to(1), "Ctrl+1", _is_open),
    Action("step_2", Menu.VIEW, lambda w: w.go_to(2), "Ctrl+2", _is_open),
    Action("step_3", Menu.VIEW, lambda w: w.go_to(3), "Ctrl+3", _is_open),
    Action("step_4", Menu.VIEW, lambda w: w.go_to(4), "Ctrl+4", lambda s: s.planned),
    Action("compare", Menu.VIEW, lambda w: w.pages.compare(), "Ctrl+Shift+P", _is_open),
    Action("start", Menu.VIEW, lambda w: w.go_to(0), "Ctrl+0"),
    Action(
        "dutch", Menu.VIEW, lambda w: w.choose_language(Language.NL),
        checked=lambda s: s.language is Language.NL, begins_group=True,
    ),
    Action(
        "english", Menu.VIEW, lambda w: w.choose_language(Language.EN),
        checked=lambda s: s.language is Language.EN,
    ),
    Action(
        "look_system", Menu.VIEW, lambda w: w.choose_look(Look.SYSTEM),
        checked=lambda s: s.look is Look.SYSTEM, begins_group=True,
    ),
    Action(
        "look_light", Menu.VIEW, lambda w: w.choose_look(Look.LIGHT),
        checked=lambda s: s.look is Look.LIGHT,
    ),
    Action(
        "look_dark", Menu.VIEW, lambda w: w.choose_look(Look.DARK),
        checked=lambda s: s.look is Look.DARK,
    ),
    Action(
        "viewing", Menu.VIEW, lambda w: w.view_only(), checked=lambda s: s.viewing,
        begins_group=True,
    ),
    Action("help", Menu.HELP, lambda w: w.show_help(), "F1"),
    Action("shortcuts", Menu.HELP, lambda w: w.show_shortcuts(), "Shift+F1"),
    Action("about", Menu.HELP, lambda w: w.show_about()),
)  # fmt: skip
