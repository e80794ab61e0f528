"""`POST /chat/files`: a photo from the web chat, kept with the message that announces it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import BodyPartReader, web

from bot.chat import TOKEN_CHARS, own_id
from bot.origin import is_ours
from bot.service import Service
from flows.messages import Attachment, Inbound, Kind, clean

FILE_BYTES = 20 * 1024 * 1024
TOO_LARGE = "20 MB까지 보낼 수 있어요. Files up to 20 MB."


@dataclass(frozen=True, slots=True)
class Upload:
    """Takes one file at a time.

    Attributes:
        folder: Where bytes wait, sealed away at once by the fetching worker.
    """

    service: Service
    folder: Path

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Take in a file: fields `token`, `id`, `file`, in this order."""
        if not is_ours(request):
            return web.json_response({"error": "origin", "text": "foreign page"}, status=403)
        try:
            fields, part = await _fields(request)
        except (ValueError, AssertionError):
            return web.json_response(
                {"error": "body", "text": "multipart: token, id, file"}, status=400
            )
        token, client_id = fields.get("token", ""), fields.get("id", "")[:64]
        address = hashlib.sha256(token.encode()).hexdigest()
        if (
            len(token) < TOKEN_CHARS
            or not client_id
            or await self.service.place("web", address) is None
        ):
            return web.json_response({"error": "token", "text": "open the chat first"}, status=403)
        name = hashlib.sha256(f"{address}:{client_id}".encode()).hexdigest()
        size = await self._store(name, part)
        if size is None:
            return web.json_response({"error": "size", "text": TOO_LARGE}, status=413)
        file = Attachment(
            kind="photo"
            if (part.headers.get("Content-Type") or "").startswith("image/")
            else "document",
            source=name,
            name=clean(part.filename or "")[:120],
            mime=(part.headers.get("Content-Type") or "")[:80],
            size=size,
        )
        inbound = Inbound(
            "web", address, own_id(address, client_id), Kind.FILES, attachments=(file,)
        )
        answer = await self.service.receive(inbound)
        return web.json_response({"seq": answer.seq})

    async def _store(self, name: str, part: BodyPartReader) -> int | None:
        """Write the bytes; None when there are too many of them."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, size = self.folder / name, 0
        with path.open("wb") as file:
            while chunk := await part.read_chunk(65_536):
                size += len(chunk)
                if size > FILE_BYTES:
                    path.unlink()
                    return None
                file.write(chunk)
        return size


async def _fields(request: web.Request) -> tuple[dict[str, str], BodyPartReader]:
    fields: dict[str, str] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("nested")  # noqa: TRY004  # told as a bad body
        if part.name == "file":
            return fields, part
        fields[part.name or ""] = (await part.read(decode=False))[:200].decode("utf-8", "replace")
    raise ValueError("no file")
