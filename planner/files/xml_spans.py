"""Where the elements of an XML text stand in its bytes, so that one is changed and the rest stays.

Reading XML and writing it again changes it: prefixes, spaces, what no library knows. Here the
text is only looked at; what changes is cut out of its bytes and put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from planner.files.escapes import encoded

_TAG = re.compile(rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")
_DECLARED = re.compile(rb"(<\?xml[^>]*\bencoding=)([\"'])([^\"']*)\2")
_NAME = re.compile(rb"<(/?)(?=\w)")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

Splice = tuple[int, int, bytes]


@dataclass
class Element:
    """An element and where it stands: its start tag is `start` to `inner`, its end is at `end`.

    `name` is without prefix; the keys of `attributes` have theirs. `outer` is where the end tag
    begins; an empty element has `inner == outer == end`. `spaces` are the namespaces that may be
    used in it, by their prefix without colon: a prefix can be declared on any element, and holds
    in that one only.
    """

    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    outer: int = 0
    end: int = 0
    inside: list[Element] = field(default_factory=list)
    spaces: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it is one tag, `<a/>`."""
        return self.inner == self.end

    def child(self, name: str) -> Element | None:
        """Return the first element of a name that stands directly in this one."""
        return next((each for each in self.inside if each.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """Yield every element of a name below this one, in order."""
        for each in self.inside:
            if each.name == name:
                yield each
            yield from each.all(name)


def as_utf8(xml: bytes) -> bytes:
    """Return an XML text in UTF-8, whatever it was written in; most are so already."""
    declared = _DECLARED.match(xml)
    written = "utf-16" if xml.startswith(_WIDE) else "utf-8"
    if written == "utf-8" and declared is not None:
        written = declared[3].decode("ascii", "replace").casefold()
    if written in {"utf-8", "us-ascii", "ascii"}:
        return xml
    text = xml.decode(written).encode()
    return _DECLARED.sub(rb'\1"UTF-8"', text)


def tag_end(xml: bytes, start: int) -> int:
    """Return where the tag that begins at a place ends."""
    found = _TAG.match(xml, start)
    if found is None:
        raise ValueError("a tag without an end")
    return found.end()


def elements_of(xml: bytes) -> Element:
    """Return the root element of an XML text in UTF-8, with all that stands in it.

    For parts of moderate size; `ValueError` where the text is damaged.
    """
    root = Element("", "", {}, 0, 0)
    open_now = [root]
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        prefix, mark, local = name.rpartition(":")
        element = Element(local, prefix + mark, attributes, at, tag_end(xml, at))
        element.spaces = _spaces_in(attributes, open_now[-1].spaces)
        open_now[-1].inside.append(element)
        open_now.append(element)

    def end(_: str) -> None:
        element = open_now.pop()
        if xml[element.inner - 2 : element.inner] == b"/>":
            element.outer = element.end = element.inner
        else:
            element.outer = parser.CurrentByteIndex
            element.end = xml.index(b">", element.outer) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(parser, xml)
    return root.inside[0]


def _spaces_in(attributes: Mapping[str, str], around: Mapping[str, str]) -> Mapping[str, str]:
    declared = {
        key.removeprefix("xmlns").removeprefix(":"): address
        for key, address in attributes.items()
        if key == "xmlns" or key.startswith("xmlns:")
    }
    return {**around, **declared} if declared else around


def prefixed(xml: bytes, prefix: str) -> bytes:
    """Return XML that we wrote, whose names have no prefix, with one before each name."""
    return _NAME.sub(rb"<\1" + prefix.encode(), xml) if prefix else xml


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Have a parser go through a text; `ValueError` where it is damaged."""
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - the library's own call
    except expat.ExpatError as fault:
        raise ValueError(str(fault)) from fault


def spliced(xml: bytes, splices: Iterable[Splice]) -> bytes:
    """Return a text with pieces of it replaced; pieces put in at one place keep their order."""
    parts: list[bytes] = []
    at = 0
    for start, end, piece in sorted(splices, key=lambda each: each[:2]):
        if start < at:
            raise ValueError("two changes of one place")
        parts += (xml[at:start], piece)
        at = end
    parts.append(xml[at:])
    return b"".join(parts)


def put_in(xml: bytes, element: Element, piece: bytes) -> Splice:
    """Return the change that puts a piece at the end of an element."""
    if not element.is_empty:
        return element.outer, element.outer, piece
    opened = xml[element.start : element.inner - 2].rstrip() + b">"
    closed = f"</{element.prefix}{element.name}>".encode()
    return element.start, element.end, opened + piece + closed


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """Return a start tag with an attribute set, or without it."""
    at = re.compile(rb"\s" + re.escape(name.encode()) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")
    bare = at.sub(b"", tag)
    if value is None:
        return bare
    close = b"/>" if bare.endswith(b"/>") else b">"
    return bare[: -len(close)].rstrip() + f' {name}="{quoted(value)}"'.encode() + close


def set_attribute(xml: bytes, element: Element, name: str, value: str | None) -> Splice:
    """Return the change that sets an attribute of an element, or takes it away."""
    tag = with_attribute(xml[element.start : element.inner], name, value)
    return element.start, element.inner, tag


def quoted(text: str) -> str:
    """Return a text as it stands in an attribute."""
    return escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def coded(text: str) -> str:
    """Return a text as it stands in a cell: letters that XML does not know as `_xHHHH_`."""
    return escape(encoded(text))
