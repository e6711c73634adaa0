"""The mean of DOL places that was published, beside the plan's own: an estimate and no limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from planner.core.texts import Message, message
from planner.input.case import Case


def dol_published_notes(case: Case, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    """Yield the published mean with the most that the plan fits out, where it fits out any."""
    published = case.parameters.optional("dol_published_mean")
    prepared = tables["dol"].groupby("month")["prepared"].sum()
    most = round(float(prepared.max())) if len(prepared) else 0
    if published is not None and most:
        yield message("plan.dol_published", published=published, most=most)
