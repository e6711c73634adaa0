"""How a plan came about, read back by its keys from a sheet in either language."""

from __future__ import annotations

import pandas as pd

from planner.core.texts import Language, message

# The status of a plan stands below what the making of it told; see `plan_status`.
STATUS_KEYS = ("status", "status_by", "status_on", "status_mark")

KEYS = (
    "program", "solver", "way", "scenario", "fingerprint", "priorities", "tolerance", "seed",
    "whole", "gap", "ending", "verdict", "made", *STATUS_KEYS,
)  # fmt: skip


def provenance_in(frame: pd.DataFrame) -> dict[str, str]:
    """Return the provenance of a plan by its keys, in whichever language it was written."""
    by_title = {}
    for key in KEYS:
        both = message(f"provenance.{key}").both
        by_title.update({both.nl: key, both.en: key})
    return {
        by_title[subject]: str(value)
        for subject, value in zip(frame["subject"], frame["value"], strict=True)
        if subject in by_title
    }


def language_of(frame: pd.DataFrame) -> Language:
    """Return the language in which a workbook's own sentences were written."""
    subjects = set(frame["subject"].tolist())
    dutch = {message(f"provenance.{key}").both.nl for key in ("program", "made")}
    return Language.NL if subjects & dutch else Language.EN
