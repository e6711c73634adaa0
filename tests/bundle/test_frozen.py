"""What the program does where it is part of a bundle, tried without making one."""

from __future__ import annotations

import subprocess
import sys

# As a bundle has it: frozen, and without what matplotlib draws in three dimensions.
FROZEN = """
import sys
sys.frozen = True
sys.modules["mpl_toolkits"] = None
from planner.__main__ import main
try:
    main(["--help"])
except SystemExit:
    pass
import matplotlib.projections
"""


def test_what_a_bundle_leaves_out_of_charts_is_not_warned_of() -> None:
    """The warning speaks of several versions of a library, and nobody who reads it has any."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", FROZEN], capture_output=True, text=True, check=True
    )
    assert "Axes3D" not in done.stderr
