"""What every test shares: no screen, and settings and files of its own."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from planner.input.book import keep_texts_plainly

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What is imported and collected is no garbage: half a million things that are not looked through,
# neither meanwhile nor by the tests, which took an eighth of their time.
gc.disable()

# Qt and matplotlib keep what they keep below these folders; a test run leaves the user's alone,
# and test processes side by side leave each other's alone.
_KEPT = tempfile.TemporaryDirectory(prefix="opvangplan-tests-", ignore_cleanup_errors=True)
_HOME = Path(_KEPT.name)  # gone when the process ends
for _name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
    (_HOME / _name.lower()).mkdir()
    os.environ[_name] = str(_HOME / _name.lower())

keep_texts_plainly()  # as the program's own entries do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walk past every view: what is stolen is the end, so only one process walks."""
    items.sort(key=lambda each: "tests/ui/every/" not in each.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Look for garbage from here on, among what the tests make, in larger lots than usual."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)
    gc.enable()


# The same examples every time, so that a change fails on what it changed; others are searched with
# --hypothesis-profile=by-chance, and with --hypothesis-seed again.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("by-chance", derandomize=False)
settings.load_profile("repeatable")
