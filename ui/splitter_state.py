"""What the user gave each part of a divided page: kept, and given again the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

WHOLE = 1_000


def keep_share(splitter: QSplitter, name: str, settings: Settings | None = None) -> None:
    """Divide a page as the user did last, and keep how it is divided from now on.

    Shares are kept, not pixels: the window may have another size the next time.
    """
    known = Settings(QSettings()) if settings is None else settings
    kept = known.share(name)
    if len(kept) == splitter.count():
        splitter.setSizes(kept)

    def keep() -> None:
        sizes = splitter.sizes()
        total = sum(sizes)
        if total:
            known.keep_share(name, [round(WHOLE * each / total) for each in sizes])

    splitter.splitterMoved.connect(lambda *_: keep())
