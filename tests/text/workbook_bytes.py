"""Small workbooks written byte by byte, so that tests can damage them where it hurts."""

from __future__ import annotations

import io
import struct
import zipfile

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def xlsx(**sheet_rows: str) -> bytes:
    """An XLSX workbook whose sheets hold the given `<row>` elements."""
    names = list(sheet_rows)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            + "".join(f'<sheet name="{n}" sheetId="{i}" r:id="s{i}"/>' for i, n in enumerate(names, 1))
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}">'
            + "".join(
                f'<Relationship Id="s{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                for i in range(1, len(names) + 1)
            )
            + f'<Relationship Id="st" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/>'
            '<xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>'
        ),
    }
    for number, rows in enumerate(sheet_rows.values(), 1):
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return packed(members)


def ods(rows: str) -> bytes:
    """An ODS workbook with one sheet of the given `<table:table-row>` elements."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
            "content.xml": (
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
                '<office:body><office:spreadsheet><table:table table:name="Requests">'
                f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        },
    )


def xls(cells: dict[tuple[int, int], str | float]) -> bytes:
    """A BIFF8 workbook with one sheet in an OLE container, as Excel 97 wrote them."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    sheet = record(0x0809, begin[:2] + b"\x10\x00" + begin[4:])
    for (row, column), cell in cells.items():
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(cell, str):
            words = cell.encode("utf-16-le")
            sheet += record(0x0204, place + struct.pack("<HB", len(cell), 1) + words)
        else:
            sheet += record(0x0203, place + struct.pack("<d", cell))
    sheet += record(0x000A, b"")
    name = b"Votes"
    bound = struct.pack("<BB", 0, 0) + struct.pack("<BB", len(name), 0) + name
    top = record(0x0809, begin)
    offset = len(top) + 4 + 4 + len(bound) + 4
    stream = top + record(0x0085, struct.pack("<I", offset) + bound) + record(0x000A, b"") + sheet
    return _ole(stream.ljust(4096, b"\0"))


def _ole(stream: bytes) -> bytes:
    sectors = -(-len(stream) // 512)
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    chain = [fat_mark, end, *range(3, sectors + 2), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        words = (name + "\0").encode("utf-16-le") if name else b""
        return (
            words.ljust(64, b"\0")
            + struct.pack("<HBB", len(words), kind, 1)
            + struct.pack("<III", free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    directory += (
        bytes(66) + struct.pack("<BB", 0, 0) + struct.pack("<III", free, free, free) + bytes(48)
    ) * 2
    return header + fat + directory + stream.ljust(sectors * 512, b"\0")
