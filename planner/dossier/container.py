"""A dossier on disk: a folder, or a ZIP with the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from planner.core.errors import TargetInUseError, UnusableInputError
from planner.core.texts import message
from planner.dossier.manifest import MANIFEST
from planner.files.whole_file import whole_file, whole_folder

ZIP = ".zip"
# A workbook of a national plan is some 3 MB; what unpacks to a hundred times that is no dossier.
_LARGEST = 300_000_000


def write_dossier(path: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> None:
    """Write the files of a dossier to a folder, or to a ZIP where the name ends so.

    The manifest comes last, so that a dossier whose writing was stopped is not taken for whole.
    `TargetInUseError` where something else stands there, or cannot be written to.
    """
    if path.suffix.casefold() == ZIP:
        if path.exists() and not overwrite:
            raise TargetInUseError(message("file.there", file=str(path)))
        with whole_file(path) as draft:
            draft.write_bytes(_zipped(files))
        return
    if path.is_file():
        raise TargetInUseError(message("dossier.no_folder", folder=str(path)))
    if path.is_dir() and any(path.iterdir()) and not overwrite:
        raise TargetInUseError(message("dossier.folder_filled", folder=str(path)))
    if overwrite and path.is_dir() and any(path.iterdir()) and not (path / MANIFEST).is_file():
        raise TargetInUseError(message("dossier.folder_of_others", folder=str(path)))
    with whole_folder(path, last=MANIFEST) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files: the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def read_dossier(path: Path) -> Mapping[str, bytes]:
    """Return the files of a dossier by name.

    `UnusableInputError` where there is no folder or ZIP, or one that holds no dossier.
    """
    if path.is_dir():
        files = {each.name: each for each in path.iterdir() if each.is_file()}
        if MANIFEST not in files:
            raise UnusableInputError(message("dossier.none", file=str(path)))
        try:
            return {name: file.read_bytes() for name, file in sorted(files.items())}
        except OSError as fault:
            raise UnusableInputError(message("dossier.unreadable", file=str(path))) from fault
    if not path.is_file():
        raise UnusableInputError(message("dossier.not_there", file=str(path)))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, path)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as fault:
        # Damage, a password, a way of packing that is not known here.
        raise UnusableInputError(message("dossier.unreadable", file=str(path))) from fault


def _unpacked(archive: zipfile.ZipFile, path: Path) -> Mapping[str, bytes]:
    """Return the files of a ZIP; those in a folder of it are taken as if they stood beside."""
    found = [each for each in archive.infolist() if not each.is_dir()]
    if sum(each.file_size for each in found) > _LARGEST:
        raise UnusableInputError(message("dossier.too_large", file=str(path)))
    files = {PurePosixPath(each.filename).name: archive.read(each) for each in found}
    if MANIFEST not in files:
        raise UnusableInputError(message("dossier.none", file=str(path)))
    return files
