"""Large values between processes, in pieces that each take a few milliseconds to read.

Reading a pickle holds the interpreter from beginning to end, so that a window cannot draw
meanwhile. A parcel therefore puts long tables, mappings and sequences aside as pieces of
`PIECE` entries; the other side reads piece by piece and joins them.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import threading
from collections.abc import Sized
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from planner.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

BOOKS_KEPT = 2  # the open book, and the one before it for a plan still to be written
PIECE = 1000  # entries; a piece of 1,000 rows of 14 cells reads in about 2 ms
ASIDE = 200  # entries; many shorter values in one block are read too long at once


class Pipe(Protocol):
    """The ends of a connection that a parcel needs."""

    def send_bytes(self, data: bytes, /) -> None:
        """Send one block."""

    def recv_bytes(self) -> bytes:
        """Wait for one block."""


def pack(value: object) -> list[bytes]:
    """Return a value as blocks: the pieces put aside, then the value that refers to them."""
    pieces: list[bytes] = []
    last = _dump(value, pieces)
    return [*pieces, last]


def unpack(blocks: Iterable[bytes]) -> Any:  # noqa: ANN401 - any value
    """Return the value that `pack` turned into blocks; each is read as it comes."""
    parts: list[object] = []
    for block in blocks:
        parts.append(_Unpacker(io.BytesIO(block), parts).load())
    return parts[-1]


class Sender:
    """Sends parcels over a pipe, one whole parcel at a time, from any thread."""

    def __init__(self, pipe: Pipe) -> None:
        """Keep the pipe's sending end."""
        self._pipe = pipe
        self._whole = threading.Lock()

    def send(self, value: object) -> None:
        """Send a value; `OSError` when the other side is gone."""
        blocks = pack(value)
        with self._whole:
            self._pipe.send_bytes(len(blocks).to_bytes(8, "big"))
            for block in blocks:
                self._pipe.send_bytes(block)


def receive(pipe: Pipe) -> Any:  # noqa: ANN401 - any value
    """Wait for a parcel and return its value; `EOFError` or `OSError` when there is no more."""
    count = int.from_bytes(pipe.recv_bytes(), "big")
    return unpack(pipe.recv_bytes() for _ in range(count))


def _dump(value: object, pieces: list[bytes], piece: object = None) -> bytes:
    """Return one block; the pieces it refers to are added to `pieces`, before it.

    `piece` is the value where that is a piece already.
    """
    file = io.BytesIO()
    _Packer(file, pieces, piece).dump(value)
    return file.getvalue()


def _is_plain(piece: object) -> bool:
    """Whether a piece holds nothing that is put aside itself: cells by their place, mostly."""
    if type(piece).__name__ == "DataFrame":
        cells: Any = piece
        return _PLAIN_CELLS.issuperset(map(type, cells.to_numpy(dtype=object).ravel().tolist()))
    if isinstance(piece, list):
        return _PLAIN_CELLS.issuperset(map(type, piece))
    if not isinstance(piece, dict):
        return False
    return _PLAIN.issuperset(map(type, piece.values())) and _PLAIN.issuperset(
        type(part) for key in piece for part in (key if isinstance(key, tuple) else (key,))
    )


def _plainly(piece: object) -> bytes:
    """Return a block at once: to be asked about each of its values takes five times as long."""
    return pickle.dumps(piece, protocol=pickle.HIGHEST_PROTOCOL)


class _Packer(pickle.Pickler):
    """Puts long values aside; what stays behind is their kind and the numbers of the pieces."""

    def __init__(self, file: io.BytesIO, pieces: list[bytes], piece: object) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._pieces = pieces
        self._piece = piece  # itself short enough

    def persistent_id(self, obj: object) -> tuple[str, tuple[int, ...]] | None:
        cut = _CUTTERS.get(type(obj).__name__)
        if cut is None or not isinstance(obj, Sized) or len(obj) <= ASIDE or obj is self._piece:
            return None
        numbers = []
        for piece in cut(obj):
            block = _plainly(piece) if _is_plain(piece) else _dump(piece, self._pieces, piece)
            numbers.append(len(self._pieces))
            self._pieces.append(block)
        return type(obj).__name__, tuple(numbers)

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 - what pickle takes for it
        if isinstance(obj, MappingProxyType):  # pickle has no form of its own for it
            return _proxy, (dict(obj),)
        return NotImplemented


class _Unpacker(pickle.Unpickler):  # noqa: S301 - only our own child process writes here
    """Joins what was put aside."""

    def __init__(self, file: io.BytesIO, parts: list[object]) -> None:
        super().__init__(file)
        self._parts = parts

    def persistent_load(self, pid: tuple[str, tuple[int, ...]]) -> object:
        kind, numbers = pid
        return _JOINERS[kind]([self._parts[number] for number in numbers])


def _proxy(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return a read-only view; pickle finds this function by name, but not the type itself."""
    return MappingProxyType(mapping)


def _cut_frame(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    return (frame.iloc[at : at + PIECE] for at in range(0, len(frame), PIECE))


def _cut_mapping(mapping: Mapping[Any, Any]) -> Iterator[dict[Any, Any]]:
    keys = list(mapping)
    for at in range(0, len(keys), PIECE):
        yield {key: mapping[key] for key in keys[at : at + PIECE]}


def _cut_sequence(sequence: Sequence[Any]) -> Iterator[list[Any]]:
    return (list(sequence[at : at + PIECE]) for at in range(0, len(sequence), PIECE))


def _join_frame(parts: Sequence[Any]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loaded when first needed, after the first paint

    joined: pd.DataFrame = pd.concat(parts)
    return joined


def _join_mapping(parts: Sequence[Any]) -> dict[Any, Any]:
    joined: dict[Any, Any] = {}
    for part in parts:
        joined.update(part)
    return joined


def _join_sequence(parts: Sequence[Any]) -> list[Any]:
    return [entry for part in parts for entry in part]


_PLAIN = frozenset({str, int, float, bool, type(None), dt.datetime, dt.date, dt.time})
_PLAIN_CELLS = _PLAIN | {Text}
_CUTTERS: dict[str, Any] = {
    "DataFrame": _cut_frame,
    "dict": _cut_mapping,
    "mappingproxy": _cut_mapping,
    "list": _cut_sequence,
    "tuple": _cut_sequence,
}
_JOINERS: dict[str, Any] = {
    "DataFrame": _join_frame,
    "dict": _join_mapping,
    "mappingproxy": lambda parts: MappingProxyType(_join_mapping(parts)),
    "list": _join_sequence,
    "tuple": lambda parts: tuple(_join_sequence(parts)),
}


def let_go(tokens: Iterable[int]) -> tuple[int, ...]:
    """Return which books both sides let go before keeping another: all but the newest."""
    return tuple(sorted(tokens)[: 1 - BOOKS_KEPT])
