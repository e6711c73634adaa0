"""What every test shares: no screen, and settings and files of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Qt and matplotlib keep what they keep below these folders; a test run leaves the user's alone.
_HOME = Path(tempfile.mkdtemp(prefix="opvangplan-tests-"))
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"):
    os.environ[_name] = str(_HOME / _name.lower())
