"""The rows of the tables beside the map: a month by province, and by location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.results.spot_words import kind_name, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.results.by_location import Falling, LocationState
    from ui.results.figures import FigureRow
    from ui.words import Words

FIGURES = ("map_beds", "map_people", "map_occupancy", "map_dol", "map_emergency", "map_rules")
BY_PROVINCE = ("map_province", "map_locations", *FIGURES, "map_task")
BY_LOCATION = ("map_location", "map_province", "map_kind", *FIGURES)


def province_rows(
    spots: Sequence[LocationState], short: Mapping[str, tuple[Falling, ...]]
) -> list[FigureRow]:
    """Return a row for each province: what its locations come to, and its arrears."""
    by_province: dict[str, list[LocationState]] = {name: [] for name in short}
    for spot in spots:
        by_province.setdefault(spot.location.province, []).append(spot)
    return [
        (
            name,
            sum(spot.beds > 0 for spot in found),
            *_figures(found),
            sum(each.amount for each in short.get(name, ())),
        )
        for name, found in sorted(by_province.items())
    ]


def location_rows(spots: Sequence[LocationState], words: Words) -> list[FigureRow]:
    """Return a row for each location."""
    return [
        (
            name_of(spot.location),
            spot.location.province,
            kind_name(words, spot.kind),
            *_figures([spot]),
        )
        for spot in spots
    ]


def _figures(spots: Sequence[LocationState]) -> FigureRow:
    beds = sum(spot.beds for spot in spots)
    people = sum(spot.people for spot in spots)
    return (
        beds,
        people,
        people / beds * 100 if beds > 0 else None,
        sum(spot.dol_in_use for spot in spots),
        sum(spot.emergency for spot in spots),
        len({each.rule for spot in spots for each in spot.short}),
    )
