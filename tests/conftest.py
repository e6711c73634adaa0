"""What every test shares: no screen, and settings and files of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from planner.input.book import keep_texts_plainly

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Qt and matplotlib keep what they keep below these folders; a test run leaves the user's alone,
# and test processes side by side leave each other's alone.
_HOME = Path(tempfile.mkdtemp(prefix="opvangplan-tests-"))
for _name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
    (_HOME / _name.lower()).mkdir()
    os.environ[_name] = str(_HOME / _name.lower())

keep_texts_plainly()  # as the program's own entries do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walk past every view: what is stolen is the end, so only one process walks."""
    items.sort(key=lambda each: "tests/ui/every/" not in each.nodeid)


# The same examples every time, so that a change fails on what it changed; others are searched with
# --hypothesis-profile=by-chance, and with --hypothesis-seed again.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("by-chance", derandomize=False)
settings.load_profile("repeatable")
