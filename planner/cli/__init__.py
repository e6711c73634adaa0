"""The command line: every command of the program that needs no window."""

from planner.cli.line import NAMES, run

__all__ = ["NAMES", "run"]
