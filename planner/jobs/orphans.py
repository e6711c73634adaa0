"""A child whose program was killed before it said what to do ends without a word.

The fork server loads this first. What its children inherit is called for nothing but what goes
wrong until they know their task; from then on a child reports by its pipe.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


def _unless_orphaned(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """Write a fault of a start to standard error, unless nobody is left to start it for."""
    if not issubclass(kind, EOFError):
        sys.__excepthook__(kind, fault, trace)


sys.excepthook = _unless_orphaned
