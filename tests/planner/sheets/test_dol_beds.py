"""What happens to every bed fitted out as DOL; the arithmetic stands beside each case."""

import datetime as dt

import pandas as pd
import pytest

from planner.sheets.dol_beds import DolBeds, dol_beds

JUL = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("dublin", "regular", "expected"),
    [
        # A hundred beds, thirty fitted out, twelve in use for Dublin: eighty-eight others.
        # Sixty-six residents take three in four of those, so 13.5 of the eighteen: fourteen.
        (12.0, 66.0, DolBeds(30.0, 12.0, 14.0, 4.0)),
        # A full location: 88 residents, eighteen of them on beds fitted out.
        (12.0, 88.0, DolBeds(30.0, 12.0, 18.0, 0.0)),
        # Nobody else lives there.
        (12.0, 0.0, DolBeds(30.0, 12.0, 0.0, 18.0)),
        (30.0, 70.0, DolBeds(30.0, 30.0, 0.0, 0.0)),
        # In parts of people: 44 of 88.
        (11.5, 44.25, DolBeds(30.0, 11.5, 9.25, 9.25)),
    ],
)
def test_every_bed_fitted_out_is_dublin_regular_or_empty(
    dublin: float, regular: float, expected: DolBeds
) -> None:
    tables = {
        "dol": pd.DataFrame(
            [("azc", JUL, 30.0, dublin, dublin)],
            columns=["location", "month", "prepared", "in_use", "people"],
        ),
        "places": pd.DataFrame(
            [("azc", "regular", JUL, 100.0), ("azc", "dol", JUL, 100.0)],
            columns=["location", "kind", "month", "beds"],
        ),
        "placement": pd.DataFrame(
            [("azc", "men", "regular", JUL, regular), ("azc", "dublin", "dol", JUL, dublin)],
            columns=["location", "group", "kind", "month", "people"],
        ),
    }
    assert {("azc", JUL): expected} == dol_beds(tables)
