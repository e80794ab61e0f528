"""The files of one bot: what it uploaded and what people sent it."""

import mimetypes
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from adapters.telegram.standin import images
from adapters.telegram.standin.errors import ApiError, bad_request
from adapters.telegram.standin.requests import Upload
from adapters.telegram.standin.values import Json

MAX_DOWNLOAD = 20 << 20
MAX_UPLOAD = 50 << 20
MAX_PHOTO = 10 << 20
_MAX_SIDES = 10_000
_MAX_RATIO = 20
_STEPS = (90, 320, 800, 1280)
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "animation": "animations",
}
_EXTENSIONS = {"photo": ".jpg", "voice": ".oga", "image/jpeg": ".jpg"}


@dataclass(slots=True)
class StoredFile:
    """One file.

    Attributes:
        file_id: What a bot asks for it by; each size of a photo has its own.
        unique_id: Stable; no bot can ask for a file by it.
        kind: `photo`, `document`, `voice`, `audio`, `video` or `animation`.
        path: Set when a bot has asked for the file.
    """

    file_id: str
    unique_id: str
    kind: str
    content: bytes
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    path: str = ""

    @property
    def ids(self) -> Json:
        """The two ids, as every object about a file begins."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id}


class Files:
    """All files that one bot knows."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_unique: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._albums: dict[str, list[StoredFile]] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file that is no photo.

        Raises:
            ApiError: 400 for an empty one, 413 for one that is too big.
        """
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        name = PurePosixPath(upload.name.replace("\\", "/")).name
        mime = upload.mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep(kind, StoredFile("", "", kind, upload.content, name, mime))

    def add_photo(self, content: bytes) -> list[StoredFile]:
        """Keep a photo and return its sizes, the smallest first.

        Every size carries the same bytes: nothing is scaled here.

        Raises:
            ApiError: 400 when it is too big, of odd proportions, or no picture.
        """
        if len(content) > MAX_PHOTO:
            raise bad_request(
                f"file of size {len(content)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO} bytes"
            )
        found = images.size(content)
        if found is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = found
        longer, shorter = max(found), min(found)
        if width + height > _MAX_SIDES or not shorter or longer / shorter > _MAX_RATIO:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        steps = [step for step in _STEPS if step < longer] or [longer]
        if longer <= _STEPS[-1] and longer not in steps:
            steps.append(longer)
        sizes = [self._size(content, width, height, step / longer) for step in steps]
        for each in sizes:
            self._albums[each.file_id] = sizes
        return sizes

    def _size(self, content: bytes, width: int, height: int, scale: float) -> StoredFile:
        stored = StoredFile("", "", "photo", content, mime=_mime(content))
        stored.width = max(1, round(width * scale))
        stored.height = max(1, round(height * scale))
        return self._keep("photo", stored)

    def _keep(self, kind: str, stored: StoredFile) -> StoredFile:
        stored.file_id = f"{'AgACAgUAAxk' if kind == 'photo' else 'BQACAgUAAxk'}{_token(42)}"
        stored.unique_id = f"{'AQAD' if kind == 'photo' else 'AgAD'}{_token(9)}"
        self._by_id[stored.file_id] = stored
        self._by_unique[stored.unique_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """Return a file by what a bot asks for it."""
        return self._by_id.get(file_id)

    def sizes(self, stored: StoredFile) -> list[StoredFile]:
        """Return all sizes of a photo."""
        return self._albums.get(stored.file_id, [stored])

    def shown(self, unique_id: str) -> StoredFile | None:
        """Return a file for the person's phone."""
        return self._by_unique.get(unique_id)

    def at(self, path: str) -> StoredFile | None:
        """Return a file by the path that `getFile` gave."""
        return self._by_path.get(path)

    def opened(self, file_id: str) -> StoredFile:
        """Return a file for download, now with a path.

        Raises:
            ApiError: 400, when there is no such file or it is too big.
        """
        if not file_id:
            raise bad_request("file_id not specified")
        stored = self.find(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        if not stored.path:
            number = len(self._by_path)
            stored.path = f"{_FOLDERS[stored.kind]}/file_{number}{_extension(stored)}"
            self._by_path[stored.path] = stored
        return stored


def _extension(stored: StoredFile) -> str:
    own = PurePosixPath(stored.name).suffix
    known = _EXTENSIONS.get(stored.kind) or _EXTENSIONS.get(stored.mime)
    return own or known or mimetypes.guess_extension(stored.mime) or ""


def _mime(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "image/png"
    if content.startswith(b"GIF8"):
        return "image/gif"
    return "image/webp" if content[8:12] == b"WEBP" else "image/jpeg"


def _token(length: int) -> str:
    return secrets.token_urlsafe(length)
