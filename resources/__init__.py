"""Texts, icons and help that ship with the program."""

from pathlib import Path

# Where they stand; `importlib.resources` would load what opens archives before the window is seen.
FOLDER = Path(__file__).parent
