"""The parts of a bundle: which distribution, or which package of the system, each file is of.

Made from PyInstaller's own list of what it collected, so that nothing is shipped that is not told.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bundle.licences import licence_of, system_licence

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "bundle" / "texts"
_DOCUMENTS = Path("/usr/share/doc")
_LICENCE_FILES = ("licen", "copying", "notice", "authors")


@dataclass
class Part:
    """Something that others made and a bundle ships.

    `name` and `version` as its makers give them, `sort` is `pypi`, `deb` or `generic`, `licence`
    an SPDX expression, `texts` the files with its licences, `files` what of it is in the bundle.
    """

    name: str
    version: str
    sort: str
    licence: str
    texts: list[Path]
    files: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The package URL, by which lists of known weaknesses find it."""
        return f"pkg:{'deb/debian' if self.sort == 'deb' else self.sort}/{self.name}@{self.version}"


class UnknownPartError(Exception):
    """Nobody knows what a file belongs to, or under which licence it may be passed on."""


def parts_of(collected: Path) -> list[Part]:
    """Return the parts of what PyInstaller wrote into `collected`, in the order of their names.

    `UnknownPartError` where a file is of nothing that is known here.
    """
    entries = json.loads(collected.read_text(encoding="utf-8"))
    owners = dict(_owners())
    parts: dict[str, Part] = {}
    for entry in entries:
        source = Path(entry["source"])
        if entry["kind"] == "SYMLINK" or _is_ours(source):
            continue
        part = owners.get(source.resolve()) or _other(source)
        kept = parts.setdefault(part.name, part)
        kept.files.append(entry["name"])
    for part in (_python(), _bootloader()):
        parts.setdefault(part.name, part)
    return [parts[name] for name in sorted(parts)]


def _owners() -> Iterator[tuple[Path, Part]]:
    for distribution in distributions():
        part = part_of(distribution)
        for file in distribution.files or ():
            yield Path(str(distribution.locate_file(file))).resolve(), part


def part_of(distribution: Distribution) -> Part:
    """Return the part that a distribution is, without its files."""
    name = distribution.name
    texts = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0] and file.name.lower().startswith(_LICENCE_FILES)
    ]
    licence = licence_of(name, distribution.metadata)
    return Part(name, distribution.version, "pypi", licence, texts or shipped_texts(licence))


def shipped_texts(licence: str) -> list[Path]:
    """Return the texts that are kept here of a licence whose wheel carries none."""
    words = licence.replace("(", " ").split()
    return [
        path for path in sorted(TEXTS.glob("LICENSE-*")) if path.stem[len("LICENSE-") :] in words
    ]


def _is_ours(source: Path) -> bool:
    return source.resolve().is_relative_to(ROOT)


def _python() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (Path(json.__file__).resolve().parent.parent, Path(sys.base_prefix))
    texts = [path for place in places if (path := place / "LICENSE.txt").exists()]
    return Part("python", version, "generic", "Python-2.0", texts[:1])


def _bootloader() -> Part:
    (found,) = (each for each in distributions() if each.name.lower() == "pyinstaller")
    return part_of(found)


def _other(source: Path) -> Part:
    """Return what a file is of that no distribution brought: Python, or the system."""
    real = source.resolve()
    prefixes = {Path(sys.base_prefix).resolve(), Path(sys.base_exec_prefix).resolve()}
    library = Path(json.__file__).resolve().parent.parent
    # The last is made of modules of Python's library, while the bundle is made.
    if real.is_relative_to(library) or real.name.startswith(("libpython", "base_library.zip")):
        return _python()
    if sys.platform == "linux":
        return _debian(source, real)
    if any(real.is_relative_to(prefix) for prefix in prefixes):
        return _python()
    raise UnknownPartError(str(source))


def _debian(source: Path, real: Path) -> Part:
    """Return the package of Debian or Ubuntu that brought a library of the system."""
    for path in _spellings(source, real):
        said = _asked("dpkg-query", "--search", str(path))
        if said:
            break
    else:
        raise UnknownPartError(str(source))
    package = said.split(":", 1)[0]
    version = _asked("dpkg-query", "--show", "--showformat=${Version}\n", package).splitlines()[0]
    text = _DOCUMENTS / package / "copyright"
    return Part(package, version, "deb", system_licence(package), [text] if text.exists() else [])


def _spellings(source: Path, real: Path) -> Iterable[Path]:
    """Yield the paths that a system may know a file by: newer ones keep all below `usr`."""
    for path in dict.fromkeys((source, real)):
        yield path
        if path.is_relative_to("/usr"):
            yield Path("/") / path.relative_to("/usr")
        else:
            yield Path("/usr") / path.relative_to("/")


def _asked(tool: str, *words: str) -> str:
    found = shutil.which(tool)
    if found is None:
        return ""
    return subprocess.run([found, *words], check=False, capture_output=True, text=True).stdout  # noqa: S603 - ours
