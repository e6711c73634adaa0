"""The window: everything a user sees and does; it asks the engine through a second process.

Qt is loaded first, and modules are imported as Python does from then on. Qt looks through the
source of every module that comes after it for a wish to spell Qt's names otherwise, which nothing
here does: a fifth of the time that loading the window's own modules takes.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - so that its way of importing is there to be taken back

_own = vars(builtins)
_own["__import__"] = _own.get("__orig_import__", _own["__import__"])
