"""`ACTIONS`: every command of the menus, as data; `ui/menus.py` only lays them out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.core.texts import Language, Text
from ui.help.contents import KEYS
from ui.state import Menu, State, Step
from ui.theme import ColourScheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.commands import Commands
    from ui.files.report_actions import ReportActions
    from ui.history import History
    from ui.pages import Pages
    from ui.session import Session
    from ui.views.tables import TablesView


class Actor(Protocol):
    """Who carries out the commands: the window, with what does the work of each."""

    @property
    def commands(self) -> Commands:
        """What takes time, or asks for a file."""

    @property
    def paper(self) -> ReportActions:
        """Files beside the open book."""

    @property
    def session(self) -> Session:
        """The open book."""

    @property
    def tables(self) -> TablesView:
        """The tables in view."""

    @property
    def pages(self) -> Pages:
        """The pages of the steps."""

    def go_to(self, step: Step) -> None:
        """Show a step."""

    def calculate(self) -> None:
        """Calculate, or show what is in the way."""

    def choose_language(self, language: Language) -> None:
        """Go on in a language."""

    def choose_look(self, look: ColourScheme) -> None:
        """Go on in a look."""

    def view_only(self) -> None:
        """Let nothing be changed, or let it again."""

    def show_help(self, page: Text | None = None) -> None:
        """Show a page of the help, or the one about what is in view."""

    def show_tour(self) -> None:
        """Lead a newcomer through the program."""

    def show_about(self) -> None:
        """Say what this program is."""

    def leave(self) -> None:
        """Close the window."""

    @property
    def history(self) -> History:
        """Where the user has been."""


def _always(_state: State) -> bool:
    return True


class Action(NamedTuple):
    """A command: its id (its text is `window.action.<id>`), where it stands, when and what."""

    id: str
    menu: Menu
    call: Callable[[Actor], None]
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


# What may keep a command from being given, by the key of a sentence: the state without that.
_WITHOUT: tuple[tuple[str, dict[str, object]], ...] = (
    ("calculating", {"calculating": False}),
    ("working", {"working": False}),
    ("viewing", {"viewing": False}),
    ("no_book", {"is_open": True}),
    ("no_table", {"is_open": True, "at_table": True}),
    ("no_plan", {"is_open": True, "planned": True}),
    ("no_table", {"is_open": True, "at_table": True, "viewing": False}),
)


def why_not(enabled: Callable[[State], bool], state: State) -> str:
    """Return the key of the sentence that says why a command cannot be given; empty where it can.

    The first that would be enough to take away is the reason.
    """
    if enabled(state):
        return ""
    found = (key for key, other in _without(state) if enabled(other))
    return f"why_not.{next(found, 'nothing')}"


@lru_cache(maxsize=1)
def _without(state: State) -> tuple[tuple[str, State], ...]:
    """Return a state without each thing that may be in the way: made once for all commands."""
    return tuple((key, state._replace(**other)) for key, other in _WITHOUT)  # type: ignore[arg-type] # fields of a state


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
        "one_page", Menu.FILE, lambda w: w.paper.write_one_page(), enabled=_planned,
        begins_group=True,
    ),
    Action("report", Menu.FILE, lambda w: w.paper.write_report(), "Ctrl+R", _planned),
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
    Action("replace", Menu.EDIT, lambda w: w.tables.replace(), "Ctrl+H", _editing),
    Action("filters", Menu.EDIT, lambda w: w.tables.toggle_filters(), "Ctrl+Shift+L", _at_table),
    Action(
        "calculate", Menu.CALCULATE, lambda w: w.calculate(), "F5",
        lambda s: s.is_open and not s.calculating, icon="calculate",
    ),
    Action(
        "calculation_options", Menu.CALCULATE, lambda w: w.pages.options.show_below(), "Ctrl+F5",
        _is_open,
    ),
    Action(
        "at_once", Menu.CALCULATE, lambda w: w.pages.options.at_once.toggle(), enabled=_is_open,
        checked=lambda s: s.at_once,
    ),
    Action(
        "cancel", Menu.CALCULATE, lambda w: w.commands.cancel(), "Ctrl+.",
        lambda s: s.calculating or s.working or s.unanswering, icon="cancel",
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
    Action("step_1", Menu.VIEW, lambda w: w.go_to(Step.DATA), "Ctrl+1", _is_open),
    Action("step_2", Menu.VIEW, lambda w: w.go_to(Step.RULES), "Ctrl+2", _is_open),
    Action("step_3", Menu.VIEW, lambda w: w.go_to(Step.RESULTS), "Ctrl+3", lambda s: s.planned),
    Action(
        "back", Menu.VIEW, lambda w: w.history.back(), "Alt+Left", lambda s: s.is_open,
        begins_group=True,
    ),
    Action("forward", Menu.VIEW, lambda w: w.history.forward(), "Alt+Right", lambda s: s.is_open),
    Action("what_if", Menu.VIEW, lambda w: w.pages.ask_what_if(), "Ctrl+Shift+I", _is_open),
    Action("compare", Menu.VIEW, lambda w: w.pages.compare(), "Ctrl+Shift+P", _is_open),
    Action("start", Menu.VIEW, lambda w: w.go_to(Step.START), "Ctrl+0"),
    Action(
        "dutch", Menu.VIEW, lambda w: w.choose_language(Language.NL),
        checked=lambda s: s.language is Language.NL, begins_group=True,
    ),
    Action(
        "english", Menu.VIEW, lambda w: w.choose_language(Language.EN),
        checked=lambda s: s.language is Language.EN,
    ),
    Action(
        "look_system", Menu.VIEW, lambda w: w.choose_look(ColourScheme.SYSTEM),
        checked=lambda s: s.look is ColourScheme.SYSTEM, begins_group=True,
    ),
    Action(
        "look_light", Menu.VIEW, lambda w: w.choose_look(ColourScheme.LIGHT),
        checked=lambda s: s.look is ColourScheme.LIGHT,
    ),
    Action(
        "look_dark", Menu.VIEW, lambda w: w.choose_look(ColourScheme.DARK),
        checked=lambda s: s.look is ColourScheme.DARK,
    ),
    Action(
        "hatched", Menu.VIEW, lambda w: w.pages.hatch_charts(), enabled=_is_open,
        checked=lambda s: s.hatched,
    ),
    Action(
        "viewing", Menu.VIEW, lambda w: w.view_only(), checked=lambda s: s.viewing,
        begins_group=True,
    ),
    Action("help", Menu.HELP, lambda w: w.show_help(), "F1"),
    Action("tour", Menu.HELP, lambda w: w.show_tour()),
    Action("shortcuts", Menu.HELP, lambda w: w.show_help(KEYS), "Shift+F1"),
    Action("support", Menu.HELP, lambda w: w.paper.write_support_report(), begins_group=True),
    Action("about", Menu.HELP, lambda w: w.show_about()),
)  # fmt: skip
