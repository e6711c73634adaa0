"""What happens to every bed fitted out as DOL; the arithmetic stands beside each case."""

import datetime as dt

import pandas as pd
import pytest

from planner.sheets.dol_beds import DolBeds, dol_beds

JUL = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("dublin", "regular", "expected"),
    [
        # A hundred beds, thirty fitted out: seventy others for sixty residents, so eighteen of the
        # thirty stand empty beside twelve Dublin people.
        (12.0, 60.0, DolBeds(30.0, 12.0, 0.0, 18.0)),
        # Seventy-five residents: five of them on a bed fitted out.
        (12.0, 75.0, DolBeds(30.0, 12.0, 5.0, 13.0)),
        # A full location: 88 residents, eighteen of them on beds fitted out.
        (12.0, 88.0, DolBeds(30.0, 12.0, 18.0, 0.0)),
        (30.0, 70.0, DolBeds(30.0, 30.0, 0.0, 0.0)),
    ],
)
def test_every_bed_fitted_out_is_dublin_regular_or_empty(
    dublin: float, regular: float, expected: DolBeds
) -> None:
    tables = {
        "dol": pd.DataFrame(
            [("azc", JUL, 30.0, dublin)], columns=["location", "month", "prepared", "people"]
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
