"""Files, alone or together, that are written whole or not at all, and stay what they are.

The draft is on the disk before it takes the place of the file, and has its rights and owner. A link
is followed; a file with several names, or of another owner, gets the draft's content, so that it
stays that file. See the note on files that keep their nature.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from planner.core.errors import TargetInUseError, disk_full, name_too_long
from planner.core.texts import message

_MARK = ".opvangplan-"
# A draft has a name of its own length; that of a long name is cut short to fit the disk.
_LONGEST_STEM = 60
# A draft of another machine, or whose program may run still, is left this long.
_STALE_S = 86_400.0
# Nobody else reads the drafts of files whose own rights may be narrower.
_OWNERS_FOLDER = 0o700
_look_again: ContextVar[Callable[[Path], None]] = ContextVar("look_again", default=lambda _: None)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to beside the target, which takes the target's place at the end.

    Whatever goes wrong, the target stays as it was and nothing else is left behind; what a killed
    program left behind of this file is taken away. `TargetInUseError` where the target is open
    elsewhere, is no plain file, its folder cannot be written to or the disk is full.
    """
    target = _target(path)
    before = _standing(target)
    draft = target.with_name(_draft_name(target))
    try:
        with _told(path):
            _make(draft, before)
        with _full_told(path):
            yield draft
        _look_again.get()(target)
        with _told(path):
            _on_disk(draft)
            _put_in_place(draft, target, before)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    _clear(target, target.parent)


@contextmanager
def whole_folder(folder: Path, *, last: str) -> Iterator[Path]:
    """Give a folder to write files to, which take their places in the target together at the end.

    A target that is not there yet is made in one stroke. In one that is there each file takes the
    place of that of its name, and others stay; the one named `last`, which tells of the others,
    goes first and comes last, so that some of the files are not taken for all.
    Until then the target stays as it was, and nothing is left behind. Errors as for a whole file.
    """
    target = _target(folder)
    name = _draft_name(target)
    with _told(folder):
        there = target.is_dir()
        draft = target / name if there else target.with_name(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not there:
            raise FileExistsError
        draft.mkdir(_OWNERS_FOLDER if there else 0o777)
    try:
        with _full_told(folder):
            yield draft
        with _told(folder):
            _put_all_in_place(draft, target, last)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for place in (target, target.parent):
        _clear(target, place)


def _put_all_in_place(draft: Path, target: Path, last: str) -> None:
    files = sorted(draft.iterdir(), key=lambda each: each.name == last)
    for each in files:
        _on_disk(each)
    if not target.exists():
        draft.replace(target)
        _folder_on_disk(target.parent)
        return
    for each in files:
        _look_again.get()(target / each.name)
        refuse_unwritable(target / each.name)
    (target / last).unlink(missing_ok=True)
    for each in files:
        with whole_file(target / each.name) as place:
            shutil.move(each, place)


def refuse_unwritable(path: Path) -> None:
    """Refuse a target that cannot be written to, before what it is for is worked out.

    `TargetInUseError` as in writing it. A full disk shows only then.
    """
    target = _target(path)
    draft = target.with_name(_draft_name(target))
    with _told(path):
        _make(draft, _standing(target))
        draft.unlink()


@contextmanager
def looked_at_again(look: Callable[[Path], None]) -> Iterator[None]:
    """Have this called with a file before it takes its place: writing may take long.

    What it raises leaves the target as it was.
    """
    before = _look_again.set(look)
    try:
        yield
    finally:
        _look_again.reset(before)


def _target(path: Path) -> Path:
    """Return the file that a path means, links followed."""
    try:
        return path.resolve() if path.is_symlink() else path
    except OSError as fault:
        raise _fault(path, fault) from fault
    except RuntimeError as fault:  # a link to itself
        raise TargetInUseError(message("file.not_writable", file=str(path))) from fault


def _standing(target: Path) -> os.stat_result | None:
    """Return what stands at the target, nothing where there is no file; refuse what is no file."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise _fault(target, fault) from fault
    if stat.S_ISDIR(found.st_mode):
        raise TargetInUseError(message("file.in_use", file=str(target)))
    if not stat.S_ISREG(found.st_mode):
        raise TargetInUseError(message("file.no_plain_target", file=str(target)))
    if not os.access(target, os.W_OK):
        raise TargetInUseError(message("file.not_writable", file=str(target)))
    return found


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says against writing into words."""
    try:
        yield
    except OSError as fault:
        raise _fault(path, fault) from fault


@contextmanager
def _full_told(path: Path) -> Iterator[None]:
    """Turn that the disk is full into words; of other faults whoever writes knows more."""
    try:
        yield
    except Exception as fault:
        # Libraries put what the system said inside an error of their own.
        if (full := disk_full(fault, str(path))) is None:
            raise
        raise TargetInUseError(full) from fault


def _fault(path: Path, fault: OSError) -> TargetInUseError:
    if fault.errno in _FULL:
        return TargetInUseError(message("file.disk_full", file=str(path)))
    if fault.errno == errno.ENAMETOOLONG:
        return TargetInUseError(name_too_long(str(path)))
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return TargetInUseError(message("file.no_folder", folder=str(path.parent)))
    return TargetInUseError(message("file.not_writable", file=str(path)))


def _make(draft: Path, before: os.stat_result | None) -> None:
    """Make an empty draft that nobody can read who cannot read the target."""
    mode = 0o666 if before is None else stat.S_IMODE(before.st_mode) | stat.S_IWUSR
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))


def _on_disk(path: Path) -> None:
    """Have the content of a file on the disk, so that a power cut does not lose it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folder_on_disk(folder: Path) -> None:
    """Have the names in a folder on the disk; Windows does so by itself, some drives cannot."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _put_in_place(draft: Path, target: Path, before: os.stat_result | None) -> None:
    if before is not None and (before.st_nlink > 1 or not _alike(draft, target, before)):
        _put_in(draft, target)
        return
    try:
        draft.replace(target)
    except OSError as fault:
        raise TargetInUseError(message("file.in_use", file=str(target))) from fault
    _folder_on_disk(target.parent)


def _alike(draft: Path, target: Path, before: os.stat_result) -> bool:
    """Give a draft the owner and rights of the target; whether it has them."""
    if sys.platform == "win32":
        return True
    made = draft.stat()
    try:
        if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
            os.chown(draft, before.st_uid, before.st_gid)
        draft.chmod(stat.S_IMODE(before.st_mode))
    except OSError:
        return False
    if sys.platform == "linux":  # access lists and labels; some drives have none
        for name in _labels(target):
            if not _has_label(draft, name, os.getxattr(target, name)):
                return False
    return True


def _has_label(draft: Path, name: str, value: bytes) -> bool:
    """Give a draft a label; whether it has it now."""
    if sys.platform != "linux":
        return True
    with suppress(OSError):
        if os.getxattr(draft, name) == value:
            return True
    try:
        os.setxattr(draft, name, value)
    except OSError:
        return False
    return True


def _labels(path: Path) -> list[str]:
    if sys.platform != "linux":
        return []
    try:
        return os.listxattr(path)
    except OSError:
        return []


def _put_in(draft: Path, target: Path) -> None:
    """Put the content of a whole draft in the target itself, which keeps its other names.

    That is not done in one stroke. What stood there is kept beside it until the new content is on
    the disk, in sight of whoever finds the file half written, and comes back where that fails.
    """
    kept = target.with_name(f"{_short(target.stem)}.bak-{secrets.token_hex(4)}{target.suffix}")
    _make(kept, target.stat())
    try:
        shutil.copyfile(target, kept)
        _on_disk(kept)
    except OSError:
        kept.unlink(missing_ok=True)
        raise
    try:
        _copy(draft, target)
    except OSError:
        _copy(kept, target)
        kept.unlink(missing_ok=True)
        raise
    kept.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as content, target.open("rb+") as file:
        shutil.copyfileobj(content, file)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


# Drafts say in their names which file they are of and which program writes them.


def _draft_name(target: Path) -> str:
    return f"{_beginning(target)}{_machine()}-{os.getpid()}-{secrets.token_hex(4)}{target.suffix}"


def _beginning(target: Path) -> str:
    return f".{_short(target.stem)}-{hashlib.sha256(target.name.encode()).hexdigest()[:6]}{_MARK}"


def _short(stem: str) -> str:
    return stem.encode()[:_LONGEST_STEM].decode(errors="ignore")


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _clear(target: Path, folder: Path) -> None:
    """Take away the drafts of a file or folder that a killed program left behind."""
    beginning = _beginning(target)
    with suppress(OSError):
        for each in folder.iterdir():
            if each.name.startswith(beginning) and _is_left(each, each.name[len(beginning) :]):
                with suppress(OSError):
                    shutil.rmtree(each) if each.is_dir() else each.unlink()


def _is_left(draft: Path, rest: str) -> bool:
    machine, _, process = rest.partition("-")
    process = process.partition("-")[0]
    if machine == _machine() and process.isdigit() and not _may_run(int(process)):
        return True
    try:
        return time.time() - draft.stat().st_mtime > _STALE_S
    except OSError:
        return False


def _may_run(process: int) -> bool:
    if sys.platform == "win32":
        return True  # asking there can end it; the age tells
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
