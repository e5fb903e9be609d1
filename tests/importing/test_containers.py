import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from archive.importing import containers
from archive.importing.containers import ContainerRefused, unpack


def make_zip(path: Path, members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_tar(path: Path, members: dict[str, bytes], *links: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for link in links:
            archive.addfile(link)
    return path


def unpacked(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def into(tmp_path) -> Path:
    folder = tmp_path / "parent" / "into"
    folder.mkdir(parents=True)
    return folder


MAKERS = pytest.mark.parametrize(("make", "name"), [(make_zip, "a.zip"), (make_tar, "a.tar.gz"), (make_tar, "a.tgz")])


@MAKERS
def test_all_but_recordings_and_programs_is_unpacked(tmp_path, into, make, name):
    path = make(tmp_path / name, {"vault/a.md": b"one", "vault/p/b.PNG": b"two", "run.exe": b"three", "c.MP4": b"4"})
    assert unpack(path, into) == []
    assert unpacked(into) == {"vault/a.md": b"one", "vault/p/b.PNG": b"two"}


@MAKERS
@pytest.mark.parametrize(
    "evil", ["../escaped.md", "/tmp/escaped.md", "a/../../escaped.md", "..\\escaped.md", "C:\\e.md"]
)
def test_nothing_lands_outside_of_the_folder(tmp_path, into, make, name, evil):
    if make is make_tar and "\\" in evil:
        pytest.skip("a backslash is part of a name in tar")
    problems = unpack(make(tmp_path / name, {evil: b"evil", "good.md": b"good"}), into)
    assert [problem.code for problem in problems] == ["unpacking"]
    assert unpacked(into.parent) == {"into/good.md": b"good"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path, into, kind):
    link = tarfile.TarInfo("link.md")
    link.type, link.linkname = kind, "/etc/hostname"
    problems = unpack(make_tar(tmp_path / "a.tar.gz", {"good.md": b"good"}, link), into)
    assert [problem.path for problem in problems] == ["link.md"]
    assert list(unpacked(into)) == ["good.md"]


def test_links_in_a_zip_are_refused(tmp_path, into):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("link.md")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    assert [problem.path for problem in unpack(tmp_path / "a.zip", into)] == ["link.md"]
    assert list(unpacked(into)) == []


@MAKERS
def test_an_archive_within_an_archive_is_not_unpacked_by_itself(tmp_path, into, make, name):
    assert not unpack(make(tmp_path / name, {"more/inner.zip": b"PK", "good.md": b"good"}), into)
    assert sorted(unpacked(into)) == ["good.md", "more/inner.zip"]


def test_the_same_file_twice_in_a_zip_is_one(tmp_path, into):
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.md", "same")
        archive.writestr("a.md", "same")
    assert not unpack(tmp_path / "a.zip", into)
    assert unpacked(into) == {"a.md": b"same"}


def test_what_needs_a_password_is_told_in_plain_words(tmp_path, into):
    path = make_zip(tmp_path / "a.zip", {"a.md": b"secret"})
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the mark that a member is encrypted
        data[data.index(signature) + flags] |= 1
    path.write_bytes(data)
    assert [(problem.path, problem.message) for problem in unpack(path, into)] == [("a.md", containers.ENCRYPTED)]


@MAKERS
def test_a_bomb_is_refused_before_anything_is_written(tmp_path, into, make, name):
    size = containers.FREE_EXPANSION + 1024
    path = make(tmp_path / name, {"good.md": b"good", "bomb.md": bytes(size)})
    with pytest.raises(ContainerRefused, match="grow"):
        unpack(path, into)
    assert list(unpacked(into)) == []


@MAKERS
def test_too_many_files_are_refused(tmp_path, into, make, name, monkeypatch):
    monkeypatch.setattr(containers, "MOST_MEMBERS", 2)
    with pytest.raises(ContainerRefused, match="more than 2 files"):
        unpack(make(tmp_path / name, {"a.md": b"", "b.md": b"", "c.md": b""}), into)


@MAKERS
def test_an_archive_may_unpack_to_so_many_bytes_and_no_more(tmp_path, into, make, name, monkeypatch):
    path = make(tmp_path / name, {"a.md": b"a" * 60, "b.md": b"b" * 40})
    monkeypatch.setattr(containers, "MOST_BYTES", 99)
    with pytest.raises(ContainerRefused, match="unpack to more than"):
        unpack(path, into)
    assert unpacked(into) == {}
    monkeypatch.setattr(containers, "MOST_BYTES", 100)
    assert unpack(path, into) == []
    assert len(unpacked(into)) == 2


def test_an_archive_that_is_cut_off_may_hold_so_many_bytes_and_no_more(tmp_path, into, monkeypatch):
    path = make_zip(tmp_path / "a.zip", {"a.md": b"a" * 60, "b.md": b"b" * 40}, compression=zipfile.ZIP_STORED)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"PK\x01\x02")])
    monkeypatch.setattr(containers, "MOST_BYTES", 100)
    assert "2 files could be recovered" in unpack(path, into)[0].message
    assert len(unpacked(into)) == 2
    other = into.parent / "other"
    other.mkdir()
    monkeypatch.setattr(containers, "MOST_BYTES", 99)
    with pytest.raises(ContainerRefused, match="more than"):
        unpack(path, other)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b"no zip at all"),
        ("a.zip", b""),
        ("a.tar.gz", b"no tar"),
        ("a.tgz", b"\x1f\x8b\x08\0\0\0\0\0\0\0junk"),
    ],
)
def test_a_broken_archive_is_refused(tmp_path, into, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ContainerRefused):
        unpack(tmp_path / name, into)


def test_a_truncated_tar_is_refused(tmp_path, into):
    path = make_tar(tmp_path / "a.tar.gz", {f"{number}.md": os.urandom(5000) for number in range(20)})
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(ContainerRefused):
        unpack(path, into)


def test_a_header_that_claims_to_be_huge_is_refused(tmp_path, into):
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, containers.LONGEST_HEADER + 1
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.addfile(info, io.BytesIO(bytes(info.size)))
    with pytest.raises(ContainerRefused, match="bounds"):
        unpack(tmp_path / "a.tar.gz", into)


def test_a_damaged_member_does_not_keep_the_others_out(tmp_path, into):
    path = make_zip(tmp_path / "a.zip", {"a.md": b"A" * 50, "b.md": b"good"}, compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"A" * 50, b"B" * 50))
    assert [problem.path for problem in unpack(path, into)] == ["a.md"]
    assert unpacked(into) == {"b.md": b"good"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_path_the_first_is_kept(tmp_path, into):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", b"first")
        archive.writestr("a.md", b"second")
    assert [problem.path for problem in unpack(path, into)] == ["a.md"]


def test_names_in_utf_8_without_the_mark_are_read(tmp_path, into):
    path = make_zip(tmp_path / "a.zip", {"Ünïcode.md": b"words"})
    # What macOS writes: the same bytes without the flag that says so.
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        data[place : place + 2] = b"\0\0"
    path.write_bytes(data)
    unpack(path, into)
    assert list(unpacked(into)) == ["Ünïcode.md"]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_whole_of_an_archive_that_is_cut_off_comes_out(tmp_path, compression):
    files = {
        "one.csv": b"a,b\n" * 300,
        "two.md": bytes(range(32, 127)) * 20,
        "../evil.md": b"evil",
        "three.md": b"last",
    }
    with zipfile.ZipFile(tmp_path / "whole.zip", "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    whole = (tmp_path / "whole.zip").read_bytes()
    for tenth in range(1, 10):
        (tmp_path / "torn.zip").write_bytes(whole[: len(whole) * tenth // 10])
        into = tmp_path / str(tenth) / "into"
        into.mkdir(parents=True)
        try:
            problems = unpack(tmp_path / "torn.zip", into)
        except ContainerRefused as error:
            assert "no file in it is complete" in str(error)
            continue
        assert "cut off" in problems[0].message
        for name, data in unpacked(into.parent).items():
            expected = files[name.removeprefix("into/")]
            assert data == expected or (name.endswith(".csv") and expected.startswith(data))
