"""The map of differences: where a plan has more or fewer than the base, month by month.

A dot's size is the difference; filled is more than the base, hollow is fewer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QSizePolicy,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.comparing.columns import as_declared, signed
from ui.comparing.others import OtherPlan
from ui.comparing.page import Page
from ui.flow_layout import FlowBox
from ui.map import export as map_export
from ui.map.drawing import SHAPES, KeyEntry, MapPicture, Shows
from ui.map.panel import MapKey, MapPanel
from ui.results.by_location import LocationState
from ui.results.model import ResultModel, ShownColumn
from ui.results.spot_words import kind_name, name_of
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.still import StillChoice, StillSlider
from ui.widgets import Saying, button, column, heading, muted, plain_label, scrolling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from planner.compare.views import ShownLocations
    from planner.input.location import Location
    from ui.comparing.work import ComparisonWork
    from ui.view import Context

SUBJECTS = ("occupancy", "places")
SEEN = 0.5  # less than half a person or place rounds to none
LEAST_LINES = 20  # of text
NARROW = 2.6  # times the least width of the map: too little for its table beside it


@dataclass(frozen=True)
class LocationDifference:
    """A location in a month: what the base has there, and the other plan."""

    was: float
    becomes: float

    @property
    def more(self) -> float:
        """How much more than the base."""
        return self.becomes - self.was


class DifferenceMap(Page):
    """The differences of one plan on the map, with a slider for the month and their table."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show where the plans of a comparison differ."""
        super().__init__(context, work)
        words, theme = context.words, context.theme
        self._ask_path = context.ask_path
        self._located: Mapping[str, Location] = {}  # those of files, once they are looked up
        self._asked = False
        self._picture = MapPicture()
        self._found: dict[dt.date, dict[str, LocationDifference]] = {}
        self._opened = (0, 0)  # of which comparison and plan the month was chosen
        self._title = heading(1.3)
        self._lead = muted()
        self.other = OtherPlan(work, words)
        self.subject = StillChoice()
        for each in SUBJECTS:
            self.subject.addItem("", each)
        self._month_label = plain_label()
        self.month = StillSlider()
        self._month_name = plain_label()
        self.panel = MapPanel(theme, lambda spot: self._tell(spot.location))
        self._key = MapKey(theme)
        self.read_out = plain_label()
        self._lost = Saying(self._words)
        self.model = ResultModel(
            [
                as_declared("places", "location"),
                ShownColumn("comparison_more", words=signed(words, 0)),
                ShownColumn("comparison_was"),
                ShownColumn("comparison_becomes"),
            ],
            words,
        )
        self.table = ResultGrid(self.model)
        self.table.sort_by_header()
        self._copy = button(self.table.copy_all)
        self._copy_picture = button(self._copy_map)
        self._save = button(self._save_map)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.other.chosen.connect(self.fill)
        self.subject.currentIndexChanged.connect(lambda _at: self.fill())
        self.month.valueChanged.connect(lambda _value: self._show_month())
        self.panel.chosen.connect(lambda _code: self._say_chosen())
        self.panel.key_fitted.connect(self._key.setHidden)
        work.compared.connect(self._drop)
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown, at = self._work.shown, self.other.at
        if shown is None or not at:
            return
        frame = shown.frames[SUBJECTS[max(self.subject.currentIndex(), 0)]]
        sums = frame.groupby(["month", "location"], sort=False)[["plan_0", f"plan_{at}"]].sum()
        months = sorted(set(frame["month"]))
        self._found = {month: {} for month in months}
        rows = zip(sums.index.tolist(), *(sums[name].tolist() for name in sums), strict=True)
        for (month, code), was, becomes in rows:
            self._found[month][code] = LocationDifference(was, becomes)
        with QSignalBlocker(self.month):
            self.month.setRange(0, max(len(months) - 1, 0))
            if (shown.number, at) != self._opened and months:
                # The month in which most differs: before it there may be nothing but ties.
                self._opened = (shown.number, at)
                self.month.setValue(months.index(max(months, key=self._differing)))
        self._ask_locations()
        self._show_month()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("comparison.page.map"))
        self._lead.setText(self._words.say("comparison.map.lead"))
        self.panel.setAccessibleName(self._words.say("comparison.page.map"))
        self._month_label.setText(self._words.say("map.month"))
        self.month.setAccessibleName(self._words.say("map.month"))
        self.subject.setAccessibleName(self._words.say("comparison.series"))
        with QSignalBlocker(self.subject):
            for at, each in enumerate(SUBJECTS):
                self.subject.setItemText(at, self._words.say(f"comparison.map.{each}"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self._copy_picture.setText(self._words.say("map.copy_picture"))
        self._copy_picture.setIcon(self._theme.icon("picture"))
        self._save.setText(self._words.say("map.save"))
        self._save.setIcon(self._theme.icon("export"))
        self.table.setAccessibleName(self._words.say("comparison.page.map"))
        self._show_month()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room the table goes below the map, and nothing beyond the edge.
        narrow = self.width() < NARROW * self.panel.minimumWidth()
        self._halves.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )

    @property
    def _locations(self) -> Mapping[str, Location]:
        return {**self._located, **self._work.known_locations()}

    def _drop(self) -> None:
        self._located, self._asked, self._found = {}, False, {}

    def _ask_locations(self) -> None:
        """Have the locations of plans from files looked up, once."""
        codes = {code for spots in self._found.values() for code in spots}
        if not self._asked and not codes <= set(self._locations):
            self._asked = True
            self._work.locate(self._take_locations)

    def _take_locations(self, found: ShownLocations) -> None:
        self._located = found.locations
        self._show_month()

    def _differing(self, month: dt.date) -> float:
        """Return by how much the plan differs in a month, over all locations."""
        return sum(abs(each.more) for each in self._found[month].values())

    def _at_month(self) -> dict[str, LocationDifference]:
        months = list(self._found)
        if not months:
            return {}
        month = months[min(self.month.value(), len(months) - 1)]
        self._month_name.setText(self._words.month(month))
        self.month.setAccessibleDescription(self._words.month(month))
        return self._found[month]

    def _show_month(self) -> None:
        found, locations = self._at_month(), self._locations
        differing = {code: each for code, each in found.items() if abs(each.more) >= SEEN}
        spots = tuple(
            _spot(location, differing.get(code, LocationDifference(0.0, 0.0)))
            for code, location in locations.items()
        )
        largest = max(
            (abs(x.more) for each in self._found.values() for x in each.values()), default=1.0
        )
        kinds = {spot.kind for spot in spots if spot.beds}
        key = tuple(
            KeyEntry(kind, kind_name(self._words, kind)) for kind in SHAPES if kind in kinds
        )
        self._key.show_key(key)
        self._picture = MapPicture(spots, Shows.OCCUPANCY, max(largest, 1.0), None, key)
        self.panel.show_picture(self._picture)
        self.model.show(
            [
                (_named(locations, code), each.more, each.was, each.becomes)
                for code, each in sorted(differing.items(), key=lambda pair: -abs(pair[1].more))
            ]
        )
        nowhere = sum(code not in locations or _unplaced(locations[code]) for code in differing)
        self._lost.tell(lambda: self._lost_words(nowhere))
        self._say_chosen()

    def _copy_map(self) -> None:
        QGuiApplication.clipboard().setImage(map_export.image(self._sheet()))

    def _save_map(self) -> None:
        path = self._ask_path(self._words.say("comparison.page.map"))
        if path is None:
            return
        key = map_export.saved(self._sheet(), path)
        self._lost.tell(lambda: self._words.say(key, path=path))

    def _lost_words(self, nowhere: int) -> str:
        """Return how many locations differ that have no place on the map."""
        counted = self._words.counted("locations", nowhere)
        return self._words.say("comparison.map.lost", locations=counted) if nowhere else ""

    def _sheet(self) -> map_export.MapSheet:
        """Return the map as it is shown, for on paper."""
        subject = self.subject.currentText()
        about = (self.other.currentText(), subject, self._month_name.text())
        return map_export.MapSheet(
            self._picture,
            self._words.say("comparison.page.map"),
            self._words.listed(about),
            self._words.say("map.credit"),
        )

    def _say_chosen(self) -> None:
        said = self.panel.accessibleDescription()
        self.read_out.setText(said or self._words.say("map.none_chosen"))

    def _tell(self, location: Location) -> str:
        """Return what differs at a location in the month that is shown."""
        each = self._at_month().get(location.id, LocationDifference(0.0, 0.0))
        return self._words.say(
            "comparison.map.spot",
            name=name_of(location),
            more=signed(self._words, 0)(each.more),
            was=self._words.number(each.was),
            becomes=self._words.number(each.becomes),
        )

    def _lay_out(self) -> None:
        self.read_out.setWordWrap(True)
        self.read_out.setMinimumHeight(self.fontMetrics().height() * 2)
        self.month.setPageStep(3)
        self.month.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.month.setTickInterval(1)
        self.month.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self._month_name.setMinimumWidth(self.fontMetrics().averageCharWidth() * 10)
        self.table.setMinimumHeight(self.fontMetrics().height() * 7)
        halves = self._halves
        halves.addWidget(self.panel)
        side = column(self.read_out, self.table, self._lost, self._key)
        side.setContentsMargins(8, 0, 0, 0)
        halves.addWidget(side)
        halves.setSizes([560, 480])
        keep_share(halves, "compared/map")
        halves.setChildrenCollapsible(False)
        # What the halves would like does not count: the page scrolls only below their least.
        halves.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        halves.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 10, 16, 10)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addWidget(
            FlowBox(
                self.other, self.subject, self._month_label, self.month, self._month_name,
                self._copy_picture, self._copy, self._save,
            )
        )  # fmt: skip
        box.addWidget(halves, 1)
        self.hold(scrolling(page))


def _spot(location: Location, each: LocationDifference) -> LocationState:
    """Return a dot as large as the difference, full where that is more."""
    size = abs(each.more)
    return LocationState(location, size, size if each.more > 0 else 0.0, 0.0, 0.0, 0.0, ())


def _named(locations: Mapping[str, Location], code: str) -> str:
    return name_of(locations[code]) if code in locations else code


def _unplaced(location: Location) -> bool:
    return location.longitude is None or location.latitude is None
