"""Files that are written whole or not at all, and stay what they are."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.core.errors import TargetInUseError
from planner.core.texts import Language
from planner.files.whole_file import whole_file, whole_folder

POSIX = os.name == "posix"


def write(path: Path, text: str = "new") -> None:
    with whole_file(path) as draft:
        draft.write_text(text)


def held(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in folder.iterdir()}


def refused(path: Path) -> str:
    with pytest.raises(TargetInUseError) as caught:
        write(path)
    return caught.value.told.key


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    path.chmod(0o600)
    before = path.stat()
    write(path)
    assert "new" == path.read_text()
    assert before.st_mode == path.stat().st_mode
    assert (before.st_uid, before.st_gid) == (path.stat().st_uid, path.stat().st_gid)


def test_nobody_else_can_read_the_draft_of_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    path.chmod(0o600)
    before = stat.S_IMODE(path.stat().st_mode)
    with whole_file(path) as draft:
        draft.write_text("new")
        assert before == stat.S_IMODE(draft.stat().st_mode)


def linked(link: Path, target: Path, *, hard: bool = False) -> bool:
    """Make a link, where the system lets us."""
    try:
        link.hardlink_to(target) if hard else link.symlink_to(target)
    except OSError:
        return False
    return True


def test_a_link_stays_a_link_and_what_it_means_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "plan.txt"
    real.write_text("old")
    link = tmp_path / "link.txt"
    if linked(link, real):
        write(link)
        assert link.is_symlink()
        assert "new" == real.read_text()
        assert ["plan.txt"] == [each.name for each in real.parent.iterdir()]


def test_a_link_to_nothing_yet_makes_what_it_means(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    if linked(link, tmp_path / "there.txt"):
        write(link)
        assert link.is_symlink()
        assert "new" == (tmp_path / "there.txt").read_text()


def test_a_file_with_two_names_keeps_both(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("old and longer")
    if linked(two, one, hard=True):
        write(one)
        assert {"one.txt": "new", "two.txt": "new"} == held(tmp_path)
        assert 2 == one.stat().st_nlink


def test_a_file_with_two_names_is_as_it_was_where_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("old")
    if not linked(two, one, hard=True):
        return
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 3:  # the draft, what stood there, and then the file itself
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert "file.disk_full" == refused(one)
    assert {"one.txt": "old", "two.txt": "old"} == held(tmp_path)


def test_a_full_disk_is_told_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    with pytest.raises(TargetInUseError) as caught, whole_file(path):
        raise OSError(errno.ENOSPC, "full")
    assert "vol" in caught.value.told.text(Language.NL)
    assert {"plan.txt": "old"} == held(tmp_path)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert "file.name_too_long" == refused(tmp_path / f"{'n' * 300}.txt")


def test_a_long_name_that_the_disk_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'é' * 120}.txt"
    write(path)
    assert "new" == path.read_text()


def test_devices_and_pipes_are_refused(tmp_path: Path) -> None:
    assert "file.in_use" == refused(tmp_path)
    if POSIX:
        os.mkfifo(tmp_path / "pipe")
        assert "file.no_plain_target" == refused(tmp_path / "pipe")
        assert "file.no_plain_target" == refused(Path("/dev/null"))
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_file_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    path.chmod(0o400)
    if not os.access(path, os.W_OK):  # whoever may do everything may do this too
        assert "file.not_writable" == refused(path)
        assert {"plan.txt": "old"} == held(tmp_path)


KILLED = """
import sys, time
from pathlib import Path
from planner.files.whole_file import whole_file, whole_folder
with {} as draft:
    {}.write_text("half")
    print("writing", flush=True)
    time.sleep(60)
"""
OF_FILE = KILLED.format("whole_file(Path(sys.argv[1]))", "draft")
OF_FOLDER = KILLED.format("whole_folder(Path(sys.argv[1]), last='about.txt')", "(draft / 'a.txt')")


def killed_in(script: str, path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE)  # noqa: S603 - our own words
    assert child.stdout is not None
    child.stdout.readline()
    child.kill() if not POSIX else child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()


def test_what_a_killed_save_left_behind_goes_with_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    for _ in range(3):
        killed_in(OF_FILE, path)
    left = sorted(held(tmp_path))
    assert 4 == len(left)
    assert "old" == path.read_text()
    if not POSIX:  # there the age alone tells
        for each in tmp_path.iterdir():
            os.utime(each, (time.time() - 100_000,) * 2)
    write(tmp_path / "plan (2).txt")
    assert 5 == len(held(tmp_path))
    write(path)
    assert {"plan.txt": "new", "plan (2).txt": "new"} == held(tmp_path)


def test_a_draft_that_is_still_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    with whole_file(path) as draft:
        draft.write_text("slow")
        write(path, "quick")
        assert draft.exists()
    assert {"plan.txt": "slow"} == held(tmp_path)


def test_what_is_written_is_on_the_disk_before_and_after_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old")
    asked: list[str] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        asked.append(f"{'folder' if is_folder else 'file'} {path.read_text()}")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    write(path)
    assert ["file old", "folder new"][: 2 if POSIX else 1] == asked


# Files that belong together.


def together(folder: Path, *texts: str) -> None:
    with whole_folder(folder, last="about.txt") as draft:
        for name, text in zip(("a.txt", "about.txt", "b.txt"), texts, strict=True):
            (draft / name).write_text(text)


def test_files_that_belong_together_are_there_all_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    with whole_folder(folder, last="about.txt") as draft:
        (draft / "a.txt").write_text("1")
        assert not folder.exists()
    assert {"a.txt": "1"} == held(folder)
    assert [folder] == list(folder.parent.iterdir())


def fill(folder: Path) -> None:
    with whole_folder(folder, last="about.txt") as draft:
        (draft / "a.txt").write_text("4")
        raise OSError(errno.ENOSPC, "full")


def test_a_full_disk_leaves_none_of_the_files_that_belong_together(tmp_path: Path) -> None:
    for folder in (tmp_path / "new", tmp_path / "old"):
        if folder.name == "old":
            together(folder, "1", "2", "3")
        with pytest.raises(TargetInUseError) as caught:
            fill(folder)
        assert str(folder) in caught.value.told.text(Language.NL)
        assert "file.disk_full" == caught.value.told.key
    assert {"a.txt": "1", "about.txt": "2", "b.txt": "3"} == held(tmp_path / "old")
    assert ["old"] == [each.name for each in tmp_path.iterdir()]


def test_where_one_of_the_files_cannot_take_its_place_none_does(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "b.txt").mkdir(parents=True)
    (folder / "a.txt").write_text("old")
    with pytest.raises(TargetInUseError) as caught:
        together(folder, "1", "2", "3")
    assert "b.txt" in caught.value.told.text(Language.NL)
    assert ["a.txt", "b.txt"] == sorted(each.name for each in folder.iterdir())
    assert "old" == (folder / "a.txt").read_text()


def test_other_files_of_a_folder_stay_and_links_and_rights_too(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    together(folder, "1", "2", "3")
    (folder / "mine.txt").write_text("mine")
    (folder / "a.txt").chmod(0o600)
    before = (folder / "a.txt").stat().st_mode
    (folder / "b.txt").unlink()
    (tmp_path / "elsewhere.txt").write_text("3")
    is_linked = linked(folder / "b.txt", tmp_path / "elsewhere.txt")
    together(folder, "4", "5", "6")
    assert {"a.txt": "4", "about.txt": "5", "b.txt": "6", "mine.txt": "mine"} == held(folder)
    assert before == (folder / "a.txt").stat().st_mode
    assert is_linked == (folder / "b.txt").is_symlink()


def test_what_tells_of_the_others_goes_first_and_comes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    together(folder, "1", "2", "3")
    seen: list[tuple[str, bool]] = []
    replace = Path.replace

    def note(draft: Path, target: Path) -> Path:
        seen.append((target.name, (folder / "about.txt").exists()))
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", note)
    together(folder, "4", "5", "6")
    assert "about.txt" == seen[-1][0]
    assert {False} == {there for _, there in seen}


def test_what_killed_programs_left_of_a_folder_goes_with_the_next_one(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for there in (False, True):
        if there:
            together(folder, "1", "2", "3")
        killed_in(OF_FOLDER, folder)
        left = [each for each in tmp_path.rglob(".*") if each.is_dir()]
        assert 1 == len(left)
        if not POSIX:
            os.utime(left[0], (time.time() - 100_000,) * 2)
        together(folder, "4", "5", "6")
        assert [] == list(tmp_path.rglob(".*"))
