"""A small reader of `multipart/form-data` that takes what real client libraries write.

Several write `filename=회신 결과.bin` without quotes and in raw UTF-8; stricter readers turn such
a file into a field.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from adapters.telegram.standin.errors import ApiError, bad_request

_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)
_PARAMETER = re.compile(
    r';\s*([\w*-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))', re.IGNORECASE | re.DOTALL
)
_EXTENDED = re.compile(r"^[\w-]+'[\w-]*'")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form: a field, or a file when `filename` is not None."""

    name: str
    filename: str | None
    mime: str
    content: bytes


def parts(body: bytes, content_type: str) -> list[Part]:
    """Read a whole form.

    Raises:
        ApiError: 400, when the boundary or the end of a part is missing.
    """
    found = _BOUNDARY.search(content_type)
    if not found:
        raise bad_request("boundary of the multipart form is missing")
    mark = b"--" + (found[1] or found[2]).encode()
    start = body.find(mark)
    if start < 0:
        raise _broken()
    read: list[Part] = []
    start += len(mark)
    while not body.startswith(b"--", start):
        end = body.find(b"\r\n" + mark, start)
        if end < 0:
            raise _broken()
        read.append(_part(body, start, end))
        start = end + 2 + len(mark)
    return read


def _part(body: bytes, start: int, end: int) -> Part:
    head_end = body.find(b"\r\n\r\n", start, end)
    if head_end < 0:
        raise _broken()
    headers = body[start:head_end].decode("utf-8", "replace")
    name, filename, mime = "", None, ""
    for line in headers.split("\r\n"):
        key, _, value = line.partition(":")
        if key.strip().lower() == "content-disposition":
            name, filename = _disposition(value)
        elif key.strip().lower() == "content-type":
            mime = value.strip()
    return Part(name, filename, mime, body[head_end + 4 : end])


def _disposition(value: str) -> tuple[str, str | None]:
    found: dict[str, str] = {}
    for key, quoted, bare in _PARAMETER.findall(value):
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip()
        found[key.lower()] = text.replace("%22", '"')
    if "filename*" in found:
        found["filename"] = unquote(_EXTENDED.sub("", found["filename*"]))
    return found.get("name", ""), found.get("filename")


def _broken() -> ApiError:
    return bad_request("can't parse multipart form")
