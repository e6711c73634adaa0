"""The places of the results: one tab each, with the views that belong together below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ui.words import Words

# The views of each place in reading order; a place with one view shows it without further tabs.
PLACES: Mapping[str, tuple[str, ...]] = {
    "answer": ("answer",),
    "capacity": ("capacity", "dol", "timeline", "runoff"),
    "map": ("map", "location"),
    "shortfalls": ("shortfalls", "explanation"),
    "comparison": ("comparison",),
    "more": ("overview", "futures", "moments", "sheets"),
}


class Places(QTabWidget):
    """Tabs of places; their names are `results.place.<key>`, those of views `results.<key>`."""

    moved = Signal()  # another view is shown

    def __init__(self, words: Words) -> None:
        """Show nothing yet."""
        super().__init__()
        self._words = words
        self._views: dict[str, QWidget] = {}
        self._within: dict[str, QTabWidget] = {}
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self.moved)

    def add(self, key: str, view: QWidget) -> None:
        """Show a view at its place; views are added in the order of `PLACES`."""
        self._views[key] = view
        place = next(place for place, keys in PLACES.items() if key in keys)
        if len(PLACES[place]) == 1:
            self.addTab(view, "")
            return
        if place not in self._within:
            inner = self._within[place] = QTabWidget()
            inner.setDocumentMode(True)
            inner.setProperty("within", "true")
            inner.setFocusProxy(inner.tabBar())
            self.addTab(inner, "")
            inner.currentChanged.connect(self.moved)
        self._within[place].addTab(view, "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the views that are there."""
        return tuple(self._views)

    def show_view(self, key: str) -> None:
        """Show a view by its key; `KeyError` when there is none of that key."""
        view = self._views[key]
        place = next(place for place, keys in PLACES.items() if key in keys)
        if place in self._within:
            self._within[place].setCurrentWidget(view)
        self.setCurrentIndex(list(PLACES).index(place))

    def let(self, able: Collection[str], why: str) -> None:
        """Let only some places be gone to; `why` the others cannot is in their tips."""
        for at, place in enumerate(PLACES):
            self.setTabEnabled(at, place in able)
            self.setTabToolTip(at, "" if place in able else why)

    @property
    def shown(self) -> str:
        """The key of the view that is shown."""
        place = list(PLACES)[self.currentIndex()]
        inner = self._within.get(place)
        return PLACES[place][0 if inner is None else inner.currentIndex()]

    def reword(self) -> None:
        """Say the names of places and views again in the language in use."""
        for at, (place, keys) in enumerate(PLACES.items()):
            self.setTabText(at, self._words.say(f"results.place.{place}"))
            for number, key in enumerate(keys if place in self._within else ()):
                self._within[place].setTabText(number, self._words.say(f"results.{key}"))
