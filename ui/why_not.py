"""A button that cannot be used says why in its tip, and has its own tip again when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# Under this name a button keeps its own tip while it says why it cannot be used.
_OWN = "own_tip"


def allow(button: QWidget, why: str) -> None:
    """Let a button be used where nothing stands in the way; else say what does."""
    own = button.property(_OWN)
    if why:
        if own is None:
            button.setProperty(_OWN, button.toolTip())
        button.setToolTip(why)
    elif own is not None:
        button.setToolTip(str(own))
        button.setProperty(_OWN, None)
    button.setEnabled(not why)
