"""Files on their way in: named harmlessly, bounded, whole or not at all."""

from __future__ import annotations

import os
import random
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.serve.intake.incoming import (
    INCOMING,
    Arriving,
    UploadRefusedError,
    arrived,
    remove_incoming,
    sweep_incoming,
)
from prodops.serve.intake.limits import LimitError, UploadLimits, limits_of
from prodops.serve.intake.multipart import Body
from prodops.serve.intake.names import apart, uploaded_name
from serve.sending import BOUNDARY, form_of

KIND = f"multipart/form-data; boundary={BOUNDARY}"
FIELD_ALONE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\nwords\r\n--{BOUNDARY}--\r\n'
).encode()
SMALL = UploadLimits(file_bytes=100, upload_bytes=250, files=3, keep_free_bytes=0)
ROOMY = UploadLimits(keep_free_bytes=0)


def read(
    workspace: Path, body: bytes, *, limits: UploadLimits = ROOMY, piece: int = 1_000
) -> dict[str, bytes]:
    """What arrives of a body that comes in pieces, by name; nothing is left where it is refused."""
    arriving = Arriving(workspace, "job", limits)
    try:
        taking = Body(KIND, arriving)
        for at in range(0, len(body), piece):
            taking.write(body[at : at + piece])
        taking.end()
        arriving.keep()
    except UploadRefusedError:
        arriving.discard()
        raise
    return {name: path.read_bytes() for path, name in arrived(workspace, "job")}


def left(workspace: Path) -> list[str]:
    return sorted(one.name for one in (workspace / INCOMING).iterdir())


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("jira.csv", "uploads/jira.csv"),
        ("exports/2026/jira.csv", "uploads/exports/2026/jira.csv"),
        ("../../../etc/passwd", "uploads/etc/passwd"),
        ("/etc/passwd", "uploads/etc/passwd"),
        ("C:\\Users\\ana\\minutes.md", "uploads/Users/ana/minutes.md"),
        ("..\\..\\boot.ini", "uploads/boot.ini"),
        ("a/./b//c.md", "uploads/a/b/c.md"),
        ("", "uploads/unnamed"),
        ("..", "uploads/unnamed"),
        ("a\0b\r\n.csv", "uploads/a b .csv"),
        ("abc\u202efdp.exe", "uploads/abc fdp.exe"),
        ("x!/y.csv", "uploads/x/y.csv"),
        ("a/" * 40 + "end.csv", "uploads/" + "a/" * 12 + "end.csv"),
        ("y" * 500 + ".csv", "uploads/" + "y" * 107 + ".csv"),
    ],
)
def test_a_name_is_a_name_and_never_a_way_out(told: str, name: str) -> None:
    assert name == uploaded_name(told)


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(told: str) -> None:
    parts = PurePosixPath(uploaded_name(told)).parts
    assert "uploads" == parts[0]
    assert len(parts) >= 2
    assert not {"..", ".", "", "/"} & set(parts)
    assert "!/" not in uploaded_name(told)
    assert uploaded_name(told).isprintable()


def test_two_files_of_one_name_are_told_apart() -> None:
    assert "uploads/a (2).csv" == apart("uploads/a.csv", {"uploads/a.csv"})
    assert "uploads/a (3).csv" == apart("uploads/a.csv", {"uploads/a.csv", "uploads/a (2).csv"})
    assert "uploads/v1.2/a (2)" == apart("uploads/v1.2/a", {"uploads/v1.2/a"})


@pytest.mark.parametrize("piece", [1, 7, 64, 100_000])
def test_files_arrive_whole_however_the_bytes_are_cut(tmp_path: Path, piece: int) -> None:
    content = random.Random(1).randbytes(1_500) + b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\n"
    files = [("a.bin", content), ("folder/b.csv", b"x,y\n"), ("empty.csv", b"")]
    assert {
        "uploads/a.bin": content,
        "uploads/folder/b.csv": b"x,y\n",
        "uploads/empty.csv": b"",
    } == read(tmp_path, form_of(files), piece=piece)


def test_the_same_name_twice_is_two_files(tmp_path: Path) -> None:
    body = form_of([("a.csv", b"1"), ("a.csv", b"2")])
    assert {"uploads/a.csv": b"1", "uploads/a (2).csv": b"2"} == read(tmp_path, body)


def test_what_a_folder_holds_beside_its_exports_is_left_alone(tmp_path: Path) -> None:
    body = form_of([("x/.DS_Store", b"noise"), ("x/.git/config", b"noise"), ("x/a.csv", b"1")])
    assert ["uploads/x/a.csv"] == list(read(tmp_path, body))


def test_names_on_disk_are_numbers_that_nobody_else_can_read(tmp_path: Path) -> None:
    read(tmp_path, form_of([("../../evil.sh", b"x")]))
    folder = tmp_path / INCOMING / "job"
    assert ["000001", "names.json"] == sorted(one.name for one in folder.iterdir())
    assert 0o700 == folder.stat().st_mode & 0o777
    assert not (tmp_path.parent / "evil.sh").exists()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("big.csv", b"x" * 101)], "big.csv holds more than"),
        ([(f"{n}.csv", b"x" * 90) for n in range(3)], "All files together"),
        ([(f"{n}.csv", b"x") for n in range(4)], "more than 3 files"),
    ],
)
def test_more_than_is_taken_is_refused_with_what_to_do(
    tmp_path: Path, files: list[tuple[str, bytes]], says: str
) -> None:
    with pytest.raises(UploadRefusedError, match=says) as refused:
        read(tmp_path, form_of(files), limits=SMALL)
    assert 413 == refused.value.status
    assert not left(tmp_path)


def test_a_disk_that_is_almost_full_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UploadRefusedError, match="disk") as refused:
        Arriving(tmp_path, "job", UploadLimits(keep_free_bytes=1 << 60))
    assert 507 == refused.value.status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (form_of([("a.csv", b"1")], ended=False), 400),
        (form_of([("a.csv", b"1" * 500)])[:300], 400),
        (b"", 400),
        (b"not a form at all", 400),
        (form_of([]), 422),
        (form_of([("", b"")]), 422),
        (FIELD_ALONE, 422),
        (f"--{BOUNDARY}\r\n{'X' * 100_000}: y\r\n\r\n".encode(), 400),
    ],
)
def test_what_is_cut_or_no_form_leaves_nothing(tmp_path: Path, body: bytes, status: int) -> None:
    with pytest.raises(UploadRefusedError) as refused:
        read(tmp_path, body)
    assert status == refused.value.status
    assert not left(tmp_path)


@pytest.mark.parametrize(
    "kind", ["", "application/json", "multipart/form-data", f"multipart/form-data; boundary={'b' * 5_000}"]
)
def test_another_kind_of_body_is_refused(tmp_path: Path, kind: str) -> None:
    arriving = Arriving(tmp_path, "job", ROOMY)
    with pytest.raises(UploadRefusedError) as refused:
        Body(kind, arriving)
    assert 415 == refused.value.status


def test_a_crash_while_files_arrive_is_swept_once_nobody_can_be_at_it(tmp_path: Path) -> None:
    crashed = Arriving(tmp_path, "crashed", ROOMY)
    crashed.begin("a.csv")
    crashed.write(b"half")
    read(tmp_path, form_of([("a.csv", b"1")]))
    sweep_incoming(tmp_path, {"job": False})
    assert ["crashed.part", "job"] == left(tmp_path)
    for one in (tmp_path / INCOMING / "crashed.part").iterdir():
        os.utime(one, (1, 1))
    os.utime(tmp_path / INCOMING / "crashed.part", (1, 1))
    sweep_incoming(tmp_path, {"job": False})
    assert ["job"] == left(tmp_path)
    sweep_incoming(tmp_path, {"job": True})
    assert not left(tmp_path)
    remove_incoming(tmp_path, "not there")


def test_limits_are_read_from_the_environment() -> None:
    env = {"PRODOPS_UPLOAD_FILE_MIB": "2", "PRODOPS_UPLOAD_MIB": "3", "PRODOPS_UPLOAD_FILES": "4"}
    assert UploadLimits(file_bytes=2 << 20, upload_bytes=3 << 20, files=4) == limits_of(env)
    assert UploadLimits() == limits_of({})
    for wrong in ("-1", "many", "9" * 20):
        with pytest.raises(LimitError, match="PRODOPS_UPLOAD_MIB takes a whole number"):
            limits_of({"PRODOPS_UPLOAD_MIB": wrong})
