"""Provinces of the demo cases: region, and points that lie well inside each province.

The points are the rough position of a town, to give the map of a demo something to show. No demo
location is in that town: names and municipalities of the demo cases are made up.
"""

from seeds.allotment import between

REGIONS = {
    "Groningen": "Noord",
    "Friesland": "Noord",
    "Drenthe": "Noord",
    "Overijssel": "Oost",
    "Gelderland": "Oost",
    "Utrecht": "Midden",
    "Flevoland": "Midden",
    "Noord-Holland": "Noordwest",
    "Zuid-Holland": "Zuidwest",
    "Zeeland": "Zuid",
    "Noord-Brabant": "Zuid",
    "Limburg": "Zuid",
}

# Published provincial task of 1-1-2024 (COA, provinciale verdeling, version of 75,500 places).
PLACES_2024 = {
    "Groningen": 3827,
    "Friesland": 3744,
    "Drenthe": 3533,
    "Overijssel": 4001,
    "Gelderland": 7454,
    "Utrecht": 4681,
    "Flevoland": 3432,
    "Noord-Holland": 11072,
    "Zuid-Holland": 18593,
    "Zeeland": 1422,
    "Noord-Brabant": 9456,
    "Limburg": 4284,
}

_POINTS: dict[str, tuple[tuple[float, float], ...]] = {
    "Groningen": ((53.22, 6.60), (53.14, 6.95), (53.32, 6.75), (53.00, 6.95), (53.25, 6.35)),
    "Friesland": ((53.19, 5.80), (53.03, 5.65), (52.97, 5.95), (53.10, 6.08), (53.28, 5.95)),
    "Drenthe": ((52.98, 6.56), (52.80, 6.85), (52.74, 6.50), (52.86, 6.58), (52.78, 6.30)),
    "Overijssel": ((52.48, 6.18), (52.36, 6.66), (52.26, 6.74), (52.52, 6.42), (52.28, 6.40)),
    "Gelderland": ((51.99, 5.90), (52.20, 5.95), (51.98, 6.32), (52.02, 5.65), (51.88, 5.40)),
    "Utrecht": ((52.09, 5.12), (52.15, 5.38), (52.05, 5.35), (52.12, 5.02), (52.03, 5.15)),
    "Flevoland": ((52.50, 5.50), (52.37, 5.24), (52.70, 5.75), (52.52, 5.70), (52.38, 5.45)),
    "Noord-Holland": ((52.62, 4.78), (52.32, 4.70), (52.50, 4.92), (52.78, 4.90), (52.66, 5.02)),
    "Zuid-Holland": ((52.00, 4.50), (51.86, 4.55), (52.12, 4.55), (51.85, 4.85), (52.06, 4.70)),
    "Zeeland": ((51.50, 3.64), (51.50, 3.88), (51.30, 3.85), (51.69, 3.84), (51.31, 4.00)),
    "Noord-Brabant": ((51.58, 4.80), (51.56, 5.08), (51.46, 5.45), (51.66, 5.30), (51.48, 5.70)),
    "Limburg": ((51.40, 6.08), (51.22, 5.95), (50.90, 5.88), (51.45, 5.98), (50.93, 5.80)),
}
_SHIFT = 0.03


def position(province: str, index: int) -> tuple[float, float]:
    """Return latitude and longitude of the index-th location of a province."""
    points = _POINTS[province]
    latitude, longitude = points[index % len(points)]
    return (
        round(latitude + between(-_SHIFT, _SHIFT, index, salt=1), 4),
        round(longitude + between(-_SHIFT, _SHIFT, index, salt=2), 4),
    )
