"""Archives are read in memory and within bounds; what is hostile or damaged becomes a problem."""

from __future__ import annotations

import gzip
import io
import random
import stat
import tarfile
import zipfile
from collections.abc import Mapping

import pytest

from prodops.serve.intake import archives
from prodops.serve.intake.archives import Member, is_archive, members
from text.workbook_bytes import ods, xlsx

FILES = {"a.csv": b"x,y\n1,2\n", "folder/b.md": b"# Council\n"}


def zipped(files: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w", shape: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of these files; `w:gz` for a packed one."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode, format=shape) as archive:  # type: ignore[call-overload]  # the mode is a string here
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def read(content: bytes, name: str = "export.zip") -> list[Member]:
    """All members."""
    assert is_archive(content)
    return list(members(content, name))


def codes(found: list[Member]) -> list[str]:
    """What was wrong with each member; empty for one that is well."""
    return [one.problem.code if one.problem else "" for one in found]


@pytest.mark.parametrize(
    "content",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        zipped(FILES, zipfile.ZIP_BZIP2),
        zipped(FILES, zipfile.ZIP_LZMA),
        tarred(FILES),
        tarred(FILES, "w:gz"),
        tarred(FILES, shape=tarfile.GNU_FORMAT),
    ],
)
def test_the_files_of_an_archive_are_named_after_it(content: bytes) -> None:
    assert {f"export.zip!/{name}": held for name, held in FILES.items()} == {
        one.name: one.content for one in read(content)
    }


def test_a_packed_file_is_one_member_under_its_own_name() -> None:
    (one,) = read(gzip.compress(FILES["a.csv"]), "folder/a.csv.gz")
    assert ("folder/a.csv.gz!/a.csv", FILES["a.csv"], None) == (one.name, one.content, one.problem)


def test_a_workbook_is_no_archive() -> None:
    for book in (xlsx(Sheet=""), ods("")):
        assert book.startswith(b"PK\x03\x04")
        assert not is_archive(book)
        assert not is_archive(book[: len(book) // 2])


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"name,email\n", b"\x1f", b"a" * 300, b"PK\x05\x06" + b"\0" * 18]
)
def test_other_files_are_no_archives(content: bytes) -> None:
    assert not is_archive(content)


@pytest.mark.parametrize(
    "name",
    [
        "../out.csv",
        "a/../../out.csv",
        "/etc/passwd",
        "..\\out.csv",
        "C:/out.csv",
        "c:\\out.csv",
        "\\\\host\\share",
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_leads_out_is_refused_and_the_others_are_read(name: str, pack: type) -> None:
    found = read(pack({name: b"x", "good.csv": b"a\n"}))
    assert ["unsafe_path", ""] == codes(found)
    assert [b"", b"a\n"] == [one.content for one in found]


def test_links_and_devices_in_a_tar_are_refused() -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "link"), (tarfile.LNKTYPE, "hard"), (tarfile.FIFOTYPE, "pipe")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    assert ["not_a_file"] * 3 == codes(read(held.getvalue()))


def test_a_link_in_a_zip_is_its_own_words_and_never_followed() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert [b"/etc/passwd"] == [one.content for one in read(held.getvalue())]


def test_an_encrypted_member_is_listed_and_the_others_are_read() -> None:
    content = bytearray(zipped(FILES))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    assert ["encrypted", ""] == codes(read(bytes(content)))


@pytest.mark.parametrize(
    "inner",
    [zipped(FILES), tarred(FILES, "w:gz"), tarred(FILES), gzip.compress(b"x", mtime=0)],
    ids=["zip", "tar.gz", "tar", "gz"],
)
def test_an_archive_inside_an_archive_is_refused(inner: bytes) -> None:
    assert ["nested_archive", ""] == codes(read(zipped({"inner": inner, "a.csv": b"a"})))


def test_a_workbook_inside_an_archive_is_a_file() -> None:
    assert [""] == codes(read(zipped({"book.xlsx": xlsx(Sheet="")})))


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    assert ["archive_bomb"] == codes(
        read(zipped({"zeros.csv": bytes(archives.RATIO_APPLIES_FROM_BYTES + 1)}))
    )
    assert ["archive_bomb"] == codes(read(gzip.compress(bytes(archives.RATIO_APPLIES_FROM_BYTES + 1))))


def test_much_that_packs_well_but_is_small_is_no_bomb() -> None:
    assert [""] == codes(read(zipped({"zeros.csv": bytes(1 << 20)})))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    many = {f"{k}.csv": b"a" for k in range(3)}
    assert ["archive_bomb"] == codes(read(zipped(many)))
    assert ["", "", "archive_bomb"] == codes(read(tarred(many)))


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 100)
    assert ["archive_bomb"] == codes(read(zipped({f"{k}.csv": b"a" * 60 for k in range(2)})))


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_member_that_is_too_large_is_refused_and_the_others_are_read(
    pack: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 100)
    assert ["too_large", ""] == codes(read(pack({"big.csv": b"a" * 101, "small.csv": b"a" * 100})))


def test_a_tar_whose_holes_swell_is_refused() -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("holes.csv")
        info.type = tarfile.GNUTYPE_SPARSE
        archive.addfile(info)
    content = bytearray(held.getvalue())
    content[483:495] = b"%011o\0" % (400 << 20)
    content[148:156] = b"%06o\0 " % (sum(content[:148]) + 8 * 32 + sum(content[156:512]))
    assert ["archive_bomb"] == codes(read(bytes(content)))


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_without_files_says_so(pack: type) -> None:
    folder = tarfile.TarInfo("folder/")
    folder.type = tarfile.DIRTYPE
    held = io.BytesIO()
    if pack is zipped:
        held.write(zipped({"folder/": b""}))
    else:
        with tarfile.open(fileobj=held, mode="w") as archive:
            archive.addfile(folder)
    assert ["empty_archive"] == codes(read(held.getvalue()))


def test_a_damaged_member_does_not_lose_the_others() -> None:
    content = bytearray(zipped({"a.csv": b"first" * 50, "b.csv": b"second"}, zipfile.ZIP_STORED))
    content[content.index(b"first") + 3] ^= 0xFF
    found = read(bytes(content))
    assert ["archive_damaged", ""] == codes(found)
    assert b"second" == found[1].content


@pytest.mark.parametrize(
    "whole",
    [zipped(FILES), tarred(FILES), tarred(FILES, "w:gz"), gzip.compress(b"x,y\n" * 500, mtime=0)],
    ids=["zip", "tar", "tar.gz", "gz"],
)
def test_damage_is_a_problem_and_never_a_crash(whole: bytes) -> None:
    dice = random.Random(4)
    for length in dice.sample(range(len(whole)), min(len(whole), 150)):
        _endures(whole[:length])
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(dice.choice([1, 1, 2, 8])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        _endures(bytes(damaged))


def _endures(content: bytes) -> None:
    if is_archive(content):
        for one in members(content, "x.zip"):
            assert one.problem is None or (one.problem.says and one.problem.remedy and one.content == b"")
