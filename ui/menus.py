"""The menus: their titles from the start, their commands once there is who carries them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.state import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QMenuBar

    from ui.actions import Action, Actor
    from ui.state import State
    from ui.theme import Theme
    from ui.words import Words


class Menus:
    """Lays out the commands of `ui.actions` below the titles; they are made after the first paint.

    Forty-seven commands take a tenth of what a start takes over an empty window, and nothing of
    them can be seen before a menu is opened.
    """

    def __init__(self, bar: QMenuBar, actor: Actor, words: Words, theme: Theme) -> None:
        """Put the titles into a bar, without words yet; `actor` carries out the commands."""
        self._bar = bar
        self._actor = actor
        self._words = words
        self._theme = theme
        self._actions: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}  # of the commands that have one
        self._titles: dict[Menu, QMenu] = {place: bar.addMenu("") for place in Menu}

    def __getitem__(self, action: str) -> QAction:
        """Return a command by its id, once the commands are there."""
        return self._actions[action]

    def fill(self, state: State) -> None:
        """Make the commands, as they are in this state."""
        from PySide6.QtGui import QActionGroup, QKeySequence  # noqa: PLC0415 - not needed to start

        from ui.actions import ACTIONS  # noqa: PLC0415 - as above

        groups: dict[str, QActionGroup] = {}
        for menu in self._titles.values():
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._show_icons)
        for action in ACTIONS:
            menu = self._titles[action.menu]
            if action.begins_group:
                menu.addSeparator()
            made = menu.addAction("")
            self._actions[action.id] = made
            made.triggered.connect(self._caller(action))
            if action.icon:
                self._icons[action.id] = action.icon
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            if action.checked is not None:
                made.setCheckable(True)
                family = "look" if action.id.startswith("look") else "language"
                if action.id not in {"viewing", "hatched", "at_once"}:
                    groups.setdefault(family, QActionGroup(self._bar)).addAction(made)
        self.reword()
        self.show_state(state)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        for place, menu in self._titles.items():
            menu.setTitle(self._words.say(f"menu.{place.value}"))
        for action, made in self._actions.items():
            made.setText(self._words.say(f"action.{action}"))

    def show_state(self, state: State) -> None:
        """Show which commands can be given, and what undo and redo would do."""
        if not self._actions:
            return
        from ui.actions import ACTIONS, why_not  # noqa: PLC0415 - not needed to start

        for action in ACTIONS:
            made = self._actions[action.id]
            reason = why_not(action.enabled, state)
            made.setEnabled(not reason)
            made.setToolTip(self._words.say(reason) if reason else "")
            made.setStatusTip(made.toolTip() if reason else "")
            if action.checked is not None:
                made.setChecked(action.checked(state))
        for key, name in (("undo", state.undo), ("redo", state.redo)):
            what = self._words.say(name) if name else ""
            said = self._words.say(f"action.{key}.named", what=what).strip()
            self._actions[key].setText(said)

    def _caller(self, action: Action) -> Callable[..., None]:
        return lambda *_: action.call(self._actor)

    def _show_icons(self) -> None:
        """Give the menus their icons: not before one is opened, for drawing them takes time."""
        for action, name in self._icons.items():
            self._actions[action].setIcon(self._theme.icon(name))
