"""The texts of the help: read from the folder of a language, and the page of keys made here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.texts import Language, Text, say
from ui.actions import ACTIONS
from ui.help.contents import KEYS, PAGES
from ui.state import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(str(files("resources"))) / "help"
AROUND = 60  # characters shown on either side of what was sought

# Keys that work in a place, beside those of the menus.
_ELSEWHERE = (
    "keys.edit", "keys.leave", "keys.calendar", "keys.menu",
    "keys.find_enter", "keys.filter", "keys.chart", "keys.tabs",
)  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A page in which a text was found, and what stands around it."""

    page: Text
    title: str
    around: str


def text_of(page: Text, language: Language) -> str:
    """Return a page as Markdown; `OSError` when it is not there."""
    if page == KEYS:
        return "\n".join(_keys(language))
    content = (FOLDER / language.value / f"{page.in_(language)}.md").read_text(encoding="utf-8")
    return re.sub(r"\A<!--.*?-->\s*", "", content, flags=re.DOTALL)


def title_of(page: Text, language: Language) -> str:
    """Return the title of a page: its first heading."""
    return text_of(page, language).partition("\n")[0].lstrip("# ").strip()


def search(sought: str, language: Language) -> list[Hit]:
    """Return the pages that hold every word that is sought, those with it in the title first."""
    wanted = sought.casefold().split()
    hits = []
    for page in PAGES if wanted else ():
        plain = _plain(text_of(page, language))
        folded = plain.casefold()
        if all(word in folded for word in wanted):
            at = folded.find(wanted[0])
            around = plain[max(at - AROUND, 0) : at + len(wanted[0]) + AROUND]
            hits.append(Hit(page, title_of(page, language), f"…{around.strip()}…"))
    return sorted(hits, key=lambda hit: wanted[0] not in hit.title.casefold())


def _plain(content: str) -> str:
    """Return the words of a page without its marks."""
    content = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", content)
    return re.sub(r"[\s|`*#]+", " ", content)


def _keys(language: Language) -> Iterator[str]:
    """Yield the page of keys: those of each menu, then those that work in a place."""
    yield f"# {say('window.shortcuts.title', language)}"
    for menu in Menu:
        keys = [each for each in ACTIONS if each.menu is menu and each.shortcut]
        if keys:
            yield f"\n## {say(f'window.menu.{menu.value}', language).replace('&', '')}\n"
            yield from _heads(language)
        for each in keys:
            name = say(f"window.action.{each.id}", language).replace("…", "")
            yield f"| {each.shortcut} | {name} |"
    yield f"\n## {say('window.keys.elsewhere', language)}\n"
    yield from _heads(language)
    for key in _ELSEWHERE:
        pressed, _, does = say(f"window.{key}", language).partition(": ")
        yield f"| {pressed} | {does} |"


def _heads(language: Language) -> Iterator[str]:
    yield say("window.keys.heads", language)
    yield "|---|---|"
