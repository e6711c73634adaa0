"""How cells look in an OpenDocument spreadsheet: number formats and styles as its XML.

A number format comes as Excel writes it (`#,##0.0`, `yyyy-mm-dd`); of its parts for negative and
other numbers the first counts. ODF 1.3 part 3, chapters 16 and 17.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from xlsxwriter.format import Format

FLOAT, PERCENTAGE, DATE, TIME = "float", "percentage", "date", "time"

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<filling>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>AM/PM|am/pm)|(?P<letters>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?)"
    r"|(?P<digits>[#0?](?:[#0?,. ]*[#0?])?,*(?:E[+-]0+)?)|(?P<other>.)"
)
_PLAIN = frozenset({"", "General", "@"})
_LANGUAGES = {"413": ("nl", "NL"), "813": ("nl", "BE"), "409": ("en", "US"), "809": ("en", "GB")}
_LINE = "0.75pt solid #000000"
_ACROSS = {1: "start", 2: "center", 3: "end", 5: "justify"}
_DOWN = {1: "top", 2: "middle", 3: "bottom"}
_SIDES = ("top", "bottom", "left", "right")
_INDENT_CM = 0.35
_LONG, _NAMED = 2, 3  # letters of a day or month: with a nought before it, and by name


def kind_of_numbers(number_format: str) -> str:
    """Return what a number with this format is: a figure, a percentage, a date or a time."""
    parts = _parts(number_format)
    letters = "".join(word[0].casefold() for sort, word in parts if sort == "letters")
    if set(letters) & set("yd") or (letters and set(letters) == {"m"}):
        return DATE
    if letters:
        return TIME
    return PERCENTAGE if ("other", "%") in parts else FLOAT


def number_style(name: str, number_format: str) -> str:
    """Return the style of a number format as XML; nothing where numbers show as they are."""
    if number_format in _PLAIN:
        return ""
    parts = _parts(number_format)
    kind = kind_of_numbers(number_format)
    if kind in (DATE, TIME):
        return _days(name, kind, parts)
    return _figures(name, kind, parts)


def _parts(number_format: str) -> list[tuple[str, str]]:
    """Return the parts of the first section of a format: each its sort and what it says."""
    found = []
    for each in _TOKEN.finditer("" if number_format == "General" else number_format):
        sort = each.lastgroup or "other"
        word = each[sort]
        if sort == "other" and word == ";":
            break
        found.append((sort, word))
    return found


def _figures(name: str, kind: str, parts: list[tuple[str, str]]) -> str:
    inside = ["", "", ""]  # the text before the digits, the digits, the text after them
    for sort, word in parts:
        if sort == "digits":
            if inside[1]:
                return ""  # a fraction, or digits in groups of their own
            inside[1] = _digits(word)
        elif sort in {"quoted", "escaped"} or (sort == "other" and word != "@"):
            inside[2 if inside[1] else 0] += escape(word)
    before, digits, after = inside
    if not digits:
        return ""
    said = _text(before) + digits + _text(after)
    element = "percentage-style" if kind == PERCENTAGE else "number-style"
    return f'<number:{element} style:name="{name}">{said}</number:{element}>'


def _text(words: str) -> str:
    return f"<number:text>{words}</number:text>" if words else ""


def _digits(word: str) -> str:
    """Return the digits of a format, with or without decimals, thousands and an exponent."""
    number, _, exponent = word.partition("E")
    # Commas behind the digits divide by a thousand each, as for millions.
    shown = number.rstrip(",")
    thousands = len(number) - len(shown)
    number = shown
    whole, _, decimals = number.partition(".")
    most = len(decimals.replace(" ", ""))
    said = (
        f'number:decimal-places="{most}" number:min-decimal-places="{decimals.count("0")}" '
        f'number:min-integer-digits="{whole.count("0")}"'
    )
    if exponent:
        least = exponent.count("0")
        return f'<number:scientific-number {said} number:min-exponent-digits="{least}"/>'
    if "," in whole:
        said += ' number:grouping="true"'
    if thousands:
        said += f' number:display-factor="{1000**thousands}"'
    return f"<number:number {said}/>"


def _days(name: str, kind: str, parts: list[tuple[str, str]]) -> str:
    inside: list[str] = []
    language = ""
    after_hours = False
    letters = [word for sort, word in parts if sort == "letters"]
    seen = 0
    for sort, word in parts:
        if sort == "letters":
            seen += 1
            next_is_seconds = seen < len(letters) and letters[seen][0] in "sS"
            minutes = word[0] in "mM" and (after_hours or next_is_seconds)
            inside.append(_part_of_day("minutes" if minutes else word))
            after_hours = word[0] in "hH"
        elif sort == "half":
            inside.append("<number:am-pm/>")
        elif sort == "bracket" and word.startswith("$-"):
            if found := _LANGUAGES.get(word[2:].lstrip("0")):
                language = f' number:language="{found[0]}" number:country="{found[1]}"'
        elif sort in {"quoted", "escaped", "other"}:
            inside.append(f"<number:text>{escape(word)}</number:text>")
    element = f"{kind}-style"
    return f'<number:{element} style:name="{name}"{language}>{"".join(inside)}</number:{element}>'


def _part_of_day(letters: str) -> str:
    """Return a part of a date or time by the letters it has in Excel's format."""
    if letters == "minutes":
        return '<number:minutes number:style="long"/>'
    first, count = letters[0].casefold(), len(letters)
    name = {"y": "year", "m": "month", "d": "day", "h": "hours", "s": "seconds"}[first]
    # A year in two digits is the short one; a name has three letters or more.
    long = count > (_LONG if first == "y" else _NAMED if count >= _NAMED else 1)
    said = ' number:style="long"' if long else ""
    if first == "m" and count >= _NAMED:
        said += ' number:textual="true"'
    if first == "d" and count >= _NAMED:
        name = "day-of-week"
    if first == "s" and "." in letters:
        said = f' number:style="long" number:decimal-places="{count - letters.index(".") - 1}"'
    return f"<number:{name}{said}/>"


def cell_style(name: str, look: Format, numbers: str) -> str:
    """Return the style of cells as XML; `numbers` is the name of their number style, or nothing."""
    data = f' style:data-style-name="{numbers}"' if numbers else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default"{data}>'
        f"{_box(look)}{_standing(look)}{_letters(look)}</style:style>"
    )


def _box(look: Format) -> str:
    said = [f"fo:border-{side}={quoteattr(_LINE)}" for side in _SIDES if getattr(look, side)]
    if (fill := look.fg_color or look.bg_color) is not None:
        said.append(f'fo:background-color="{colour_of(fill)}"')
    if look.text_wrap:
        said.append('fo:wrap-option="wrap"')
    if look.text_v_align in _DOWN:
        said.append(f'style:vertical-align="{_DOWN[look.text_v_align]}"')
    if look.text_h_align in _ACROSS or look.indent:
        said.append('style:text-align-source="fix"')
    return f"<style:table-cell-properties {' '.join(said)}/>" if said else ""


def _standing(look: Format) -> str:
    across = _ACROSS.get(look.text_h_align, "start" if look.indent else "")
    if not across:
        return ""
    indent = f' fo:margin-left="{look.indent * _INDENT_CM:.2f}cm"' if look.indent else ""
    return f'<style:paragraph-properties fo:text-align="{across}"{indent}/>'


def _letters(look: Format) -> str:
    said = [f'fo:font-size="{look.font_size}pt"']
    if look.bold:
        said.append('fo:font-weight="bold"')
    if look.italic:
        said.append('fo:font-style="italic"')
    if look.font_color is not None:
        said.append(f'fo:color="{colour_of(look.font_color)}"')
    if look.underline:
        said.append(
            'style:text-underline-style="solid" style:text-underline-width="auto" '
            'style:text-underline-color="font-color"'
        )
    return f"<style:text-properties {' '.join(said)}/>"


def colour_of(colour: object) -> str:
    """Return a colour as `#rrggbb`; the library tells it in its own words only."""
    found = re.search(r"0x([0-9A-Fa-f]{6})", str(colour))
    return f"#{found[1].lower()}" if found else "#000000"
