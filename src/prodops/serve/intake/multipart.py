"""The body of an upload as it streams in: each file goes to disk while the next bytes are on their way."""

from __future__ import annotations

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from prodops.serve.intake.incoming import Arriving, UploadRefusedError

NOT_A_FORM = "This is not how a form sends files: use the page /begin, or multipart/form-data."


class Body:
    """Takes the bytes of a multipart body in pieces of any size."""

    def __init__(self, content_type: str, arriving: Arriving) -> None:
        """Take the request's `Content-Type` and where the files go.

        Raises:
            UploadRefusedError: The body is no form with files.
        """
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not boundary:
            raise UploadRefusedError(NOT_A_FORM, status=415)
        self._arriving = arriving
        self._names: list[bytes] = []
        self._field = self._value = b""
        self._whole = self._in_file = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": self._part_data,
                    "on_part_end": self._part_ends,
                    "on_end": self._ends,
                },
            )
        except FormParserError as error:
            raise UploadRefusedError(NOT_A_FORM, status=415) from error

    def write(self, data: bytes) -> None:
        """The next bytes.

        Raises:
            UploadRefusedError: They are no form, or more than is taken.
        """
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise UploadRefusedError(NOT_A_FORM, status=400) from error

    def end(self) -> None:
        """The body is over.

        Raises:
            UploadRefusedError: It was cut.
        """
        if not self._whole:
            raise UploadRefusedError("The upload was cut before its end. Send it again.", status=400)

    def _part_begins(self) -> None:
        self._names, self._in_file = [], False

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._field.lower() == b"content-disposition":
            _, options = parse_options_header(self._value.decode("latin-1"))
            self._names += [options[b"filename"]] if b"filename" in options else []
        self._field = self._value = b""

    def _headers_end(self) -> None:
        # A chooser that was left empty sends one part without a name.
        self._in_file = bool(self._names and self._names[0])
        if self._in_file:
            self._arriving.begin(self._names[0].decode("utf-8", errors="replace"))

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._arriving.write(data[start:end])

    def _part_ends(self) -> None:
        if self._in_file:
            self._arriving.finish()

    def _ends(self) -> None:
        self._whole = True
