"""The process that reads a foreign file: one request on stdin, one answer on stdout (T59).

Started as the hidden argument `import-worker` of the program. Holds no key and no token.
"""

from __future__ import annotations

import codecs
import gc
import os
import stat
import sys
from typing import BinaryIO, Final

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview
from desktop.domain.limits import IMPORT_FILE_BYTES
from desktop.importers import confine
from desktop.importers.formats import ReadOptions
from desktop.importers.messages import (
    ROWS_PER_FRAME,
    End,
    Failed,
    Head,
    Request,
    Rows,
    pack,
    read_request,
)
from desktop.importers.registry import read_file
from desktop.importers.source import ENCODINGS

_OPEN_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def main() -> int:
    """Serve one request. 0 when an answer was written, be it a refusal."""
    # One short life, no cycles worth finding: collecting would only cost time.
    gc.disable()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    request = read_request(requests.read)
    if request.encoding in ENCODINGS:
        codecs.lookup(request.encoding)
    confine.limit()
    path = None if request.path is None else os.fsdecode(request.path)
    confine.forbid(path)
    try:
        _answer(_preview(request, path), answers)
    except BadFile as error:
        _fail(answers, error.code, error.line, error.detail)
    except MemoryError:
        _fail(answers, "too_large", None, "not enough memory")
    return 0


def _preview(request: Request, path: str | None) -> ImportPreview:
    data = request.data if path is None else _contents(path)
    if data is None:
        raise BadFile("unreadable", detail="nothing to read")
    options = ReadOptions(encoding=request.encoding, decode_entities=request.decode_entities)
    return read_file(data, request.name, key=request.format, options=options)


def _contents(path: str) -> bytes:
    """The bytes of a regular file. Raises BadFile: not_a_file, too_large, unreadable."""
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise BadFile("not_a_file", detail="symbolic link")
        number = os.open(path, _OPEN_FLAGS)
    except (OSError, ValueError) as error:
        raise BadFile("unreadable", detail=type(error).__name__) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise BadFile("not_a_file")
    with os.fdopen(number, "rb") as file:
        try:
            data = file.read(IMPORT_FILE_BYTES + 1)
        except OSError as error:
            raise BadFile("unreadable", detail=type(error).__name__) from None
    if len(data) > IMPORT_FILE_BYTES:
        raise BadFile("too_large", detail=f"more than {IMPORT_FILE_BYTES} bytes")
    return data


def _answer(preview: ImportPreview, answers: BinaryIO) -> None:
    head = Head(
        format=preview.format,
        confident=preview.confident,
        candidates=preview.candidates,
        file_name=preview.file_name,
        file_bytes=preview.file_bytes,
    )
    answers.write(pack(head))
    for start in range(0, len(preview.rows), ROWS_PER_FRAME):
        answers.write(pack(Rows(rows=preview.rows[start : start + ROWS_PER_FRAME])))
    answers.write(pack(End(rows=len(preview.rows))))
    answers.flush()


def _fail(answers: BinaryIO, code: str, line: int | None, detail: str) -> None:
    answers.write(pack(Failed(code=code, line=line, detail=detail)))
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
