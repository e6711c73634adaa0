"""The reader of arguments, which speaks the language in use where the library speaks English."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from planner.core.texts import Language, catalogue, say

# What the library says of arguments that cannot be used, by the key of our own words.
_FAULTS: Mapping[str, re.Pattern[str]] = {
    "missing": re.compile(r"the following arguments are required: (?P<names>.+)", re.DOTALL),
    "unknown": re.compile(r"unrecognized arguments: (?P<names>.+)", re.DOTALL),
    "choice": re.compile(
        r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)",
        re.DOTALL,
    ),
    "number": re.compile(
        r"argument (?P<name>[^:]+): invalid (?:int|float) value: (?P<value>.+)", re.DOTALL
    ),
    "one": re.compile(r"argument (?P<name>[^:]+): expected (?:one|at least one) argument"),
}
_HEADINGS = {
    "usage:": "help.usage",
    "positional arguments:": "help.positionals",
    "options:": "help.options",
}


class Arguments(argparse.ArgumentParser):
    """Reads arguments, and tells what they are and what is wrong with them in a language."""

    def __init__(
        self,
        *,
        language: Language,
        helps: bool = True,
        **settings: Any,  # noqa: ANN401 - the library's
    ) -> None:
        """Read for a language, with help where it `helps`; other settings are the library's."""
        super().__init__(add_help=False, **settings)
        self._language = language
        if helps:
            self.add_argument("-h", "--help", action="help", help=say("help.help", language))

    def format_usage(self) -> str:
        """Return the line that shows how it is called."""
        return self._headed(super().format_usage())

    def format_help(self) -> str:
        """Return the whole help."""
        return self._headed(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and end."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {self._fault(message)}\n")

    def _headed(self, text: str) -> str:
        for english, key in _HEADINGS.items():
            text = re.sub(rf"^{english}", say(key, self._language), text, flags=re.MULTILINE)
        return text

    def _fault(self, told: str) -> str:
        for key, pattern in _FAULTS.items():
            if found := pattern.fullmatch(told):
                return say(f"arguments.{key}", self._language, **found.groupdict())
        return told


def words_of(command: str, argument: str, language: Language) -> str:
    """Return what an argument is for: of this command, else of any that has it.

    The library fills in what stands behind a per cent sign, so that one is written twice.
    """
    own = f"help.argument.{command}.{argument}"
    key = own if own in catalogue() else f"help.argument.{argument}"
    return say(key, language).replace("%", "%%")


def language_of(given: Sequence[str]) -> Language:
    """Return the language asked for, before the arguments are read: Dutch unless English."""
    asked = [each for each in given if each.startswith("--language=")]
    if asked:
        return Language.EN if asked[-1].endswith("=en") else Language.NL
    for before, each in pairwise(given):
        if before == "--language":
            return Language.EN if each == "en" else Language.NL
    return Language.NL
