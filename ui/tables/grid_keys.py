"""Where the keys lead in a grid: Ctrl with an arrow leaps to the edge of what is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Action = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag
STEPS = {
    _Action.MoveUp: (-1, 0),
    _Action.MoveDown: (1, 0),
    _Action.MoveLeft: (0, -1),
    _Action.MoveRight: (0, 1),
}
_LEAPING = frozenset(
    {
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip


def leap(cells: Sequence[int], at: int, filled: Callable[[int], bool]) -> int:
    """Return where a leap ends along `cells`, the rows or columns ahead in the order they come.

    From within filled cells that is the last of them, from an edge or an empty cell the next
    filled one, and the last cell of all where nothing is filled any more. `at` is where it begins.
    """
    if not cells:
        return at
    if filled(at) and filled(cells[0]):
        empty = next((place for place, each in enumerate(cells) if not filled(each)), len(cells))
        return cells[empty - 1]
    return next((each for each in cells if filled(each)), cells[-1])


def chosen_by(event: QEvent | None) -> QItemSelectionModel.SelectionFlag | None:
    """Return what a key with Ctrl selects; nothing where Qt's own answer is the one to use.

    Qt moves with Ctrl without selecting, so that the next key works on a cell out of view.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return None
    held = event.modifiers()
    if not held & Qt.KeyboardModifier.ControlModifier or event.key() not in _LEAPING:
        return None
    shifted = bool(held & Qt.KeyboardModifier.ShiftModifier)
    return _Flag.SelectCurrent if shifted else _Flag.ClearAndSelect
