"""A child whose program dies before it said what to do ends without a traceback."""

from __future__ import annotations

import subprocess
import sys

from planner.jobs.engine_process import PRELOADED

# Asks for a child as `multiprocessing` does, and lets go of it without a word.
ASKS_AND_DIES = """
import os, sys
from multiprocessing.forkserver import connect_to_new_process, set_forkserver_preload
set_forkserver_preload(sys.argv[1:])
sentinel, says = connect_to_new_process([])
os.close(says)
while os.read(sentinel, 1):  # its number and how it ended, until it is gone
    pass
"""


def complaint(*preloaded: str) -> str:
    words = [sys.executable, "-c", ASKS_AND_DIES, *preloaded]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return ran.stderr


def test_a_child_whose_program_is_gone_ends_without_a_word() -> None:
    assert "EOFError" in complaint()
    assert not complaint(PRELOADED[0])
