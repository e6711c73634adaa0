"""What the program's own source says: its imports, calls, and the strings it can put together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("planner", "ui", "seeds")

# What a part of a string that is filled in while running looks like in a pattern.
HOLE = "(.+)"


def sources(*packages: str) -> list[Path]:
    """Return the Python files of packages of the program."""
    return [file for name in packages or PACKAGES for file in sorted((ROOT / name).rglob("*.py"))]


@cache
def tree(file: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def nodes(*packages: str) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node of the packages with the file it stands in."""
    for file in sources(*packages):
        for node in ast.walk(tree(file)):
            yield file, node


def imported(*packages: str) -> set[str]:
    """Return the top-level names that packages import, wherever the import stands."""
    found = set()
    for _, node in nodes(*packages):
        match node:
            case ast.Import(names=names):
                found |= {each.name.partition(".")[0] for each in names}
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.partition(".")[0])
    return found


def named(call: ast.Call) -> str:
    """Return the name of what is called: `say` for `say(…)` and `words.say(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def pattern(written: ast.expr) -> str | None:
    """Return a string as a regular expression: the parts filled in while running may be any."""
    match written:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(pattern(part) or HOLE for part in parts)
        case _:
            return None


@dataclass
class Strings:
    """The strings that code can make: those written out, and those with parts filled in."""

    whole: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)

    def make(self, text: str, depth: int = 3) -> bool:
        """Whether the code can make a text; every part filled in must be one it makes too."""
        if text in self.whole:
            return True
        if depth == 0:
            return False
        return any(
            all(self.make(part, depth - 1) for part in match.groups())
            for match in (re.fullmatch(each, text) for each in self.patterns)
            if match
        )


def strings(*packages: str) -> Strings:
    """Return the strings that packages can make; names of functions are strings of theirs too."""
    made = Strings()
    for _, node in nodes(*packages):
        match node:
            case ast.Constant(value=str(text)):
                made.whole.add(text)
            case ast.JoinedStr():
                made.patterns.add(pattern(node) or HOLE)
            case ast.FunctionDef(name=name):
                made.whole.add(name)
    # A string that is filled in wholly would make any text.
    made.patterns -= {HOLE * count for count in range(1, 9)}
    return made
