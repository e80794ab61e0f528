"""Sending files: uploaded, attached, or known already."""

import secrets

from adapters.telegram.standin import entities, keyboards, messages
from adapters.telegram.standin.account import Account
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.files import StoredFile
from adapters.telegram.standin.messages import Outgoing
from adapters.telegram.standin.requests import Query, Upload
from adapters.telegram.standin.results import Written, array
from adapters.telegram.standin.values import Json, Value

KINDS = ("photo", "document", "voice", "audio", "video", "animation")
_ALBUM = frozenset({"photo", "video", "audio", "document"})
_LARGEST_ALBUM = 10
_NUMBERS = {
    "voice": ("duration",),
    "audio": ("duration",),
    "video": ("width", "height", "duration"),
    "animation": ("width", "height", "duration"),
}
_TEXTS = {"audio": ("performer", "title")}
_NAMED = frozenset({"document", "audio", "video", "animation"})
_DEFAULT_MIME = {"voice": "audio/ogg"}
_ATTACH = "attach://"


def send_photo(account: Account, query: Query) -> Written:
    """Send a photo."""
    return _send(account, query, "photo")


def send_document(account: Account, query: Query) -> Written:
    """Send any file."""
    return _send(account, query, "document")


def send_voice(account: Account, query: Query) -> Written:
    """Send a voice message."""
    return _send(account, query, "voice")


def send_audio(account: Account, query: Query) -> Written:
    """Send a piece of music."""
    return _send(account, query, "audio")


def send_video(account: Account, query: Query) -> Written:
    """Send a video."""
    return _send(account, query, "video")


def send_animation(account: Account, query: Query) -> Written:
    """Send a short film without sound."""
    return _send(account, query, "animation")


def _send(account: Account, query: Query, kind: str) -> Written:
    caption = messages.caption_body(account, query)
    markup = keyboards.markup(query)
    account.open_chat(query.text("chat_id"))
    stored = _file(account, query, kind, query.text(kind), kind)
    if stored is None:
        raise bad_request(f"there is no {kind} in the request")
    content = {
        **content_of(account, stored, query.args, kind),
        **caption,
        **_look(query.args, kind),
    }
    return Written(messages.post(account, query, [Outgoing(content, markup, (stored,))])[0].json)


def send_album(account: Account, query: Query) -> Written:
    """Send 2 to 10 files as one group."""
    given = query.json("media", "media")
    if given is None:
        raise bad_request('parameter "media" is required')
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputMedia")
    account.open_chat(query.text("chat_id"))
    if not given:
        raise bad_request("there are no messages to send")
    if len(given) > _LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    group = {"media_group_id": str(10**16 + secrets.randbelow(10**16))} if len(given) > 1 else {}
    outgoing = []
    for each in given:
        content, files = from_description(account, query, each, album=True)
        outgoing.append(Outgoing({**group, **content}, files=files))
    return Written(array([each.json for each in messages.post(account, query, outgoing)]))


def from_description(
    account: Account,
    query: Query,
    given: Value,
    *,
    album: bool = False,
) -> tuple[Json, tuple[StoredFile, ...]]:
    """Return what an InputMedia object puts into a message, and its file.

    Raises:
        ApiError: 400 `can't parse InputMedia: …`.
    """
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = str(given.get("type", ""))
    if kind not in KINDS or (album and kind not in _ALBUM):
        why = "can't be used in sendMediaGroup" if kind in KINDS else "is unsupported"
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" {why}')
    stored = _file(account, query, kind, str(given.get("media") or ""), "")
    if stored is None:
        raise bad_request("can't parse InputMedia: media not found")
    shown = entities.formatted(
        str(given.get("caption") or ""),
        str(given.get("parse_mode") or ""),
        given.get("caption_entities"),
    )
    caption = messages.as_caption(messages.with_persons(account, shown))
    content = {**content_of(account, stored, given, kind), **caption, **_look(given, kind)}
    return content, (stored,)


def content_of(account: Account, stored: StoredFile, given: Json, kind: str) -> Json:
    """Return the field that a file of this kind is in a message."""
    if kind == "photo":
        return {"photo": [_photo_size(size) for size in account.files.sizes(stored)]}
    about: Json = dict(stored.ids)
    for name in _NUMBERS.get(kind, ()):
        about[name] = _whole(given.get(name))
    about.update({name: str(given[name]) for name in _TEXTS.get(kind, ()) if given.get(name)})
    if kind in _NAMED and stored.name:
        about["file_name"] = stored.name
    about["mime_type"] = _DEFAULT_MIME.get(kind, stored.mime)
    about["file_size"] = len(stored.content)
    # A film without sound also counts as a document, so that old bots can read it.
    extra = {"document": _document(stored)} if kind == "animation" else {}
    return {kind: about, **extra}


def _document(stored: StoredFile) -> Json:
    name = {"file_name": stored.name} if stored.name else {}
    return {**stored.ids, **name, "mime_type": stored.mime, "file_size": len(stored.content)}


def _photo_size(size: StoredFile) -> Json:
    return {
        **size.ids,
        "width": size.width,
        "height": size.height,
        "file_size": len(size.content),
    }


def _look(given: Json, kind: str) -> Json:
    look: Json = {}
    if kind in {"photo", "video", "animation"}:
        for name, field in (
            ("show_caption_above_media", "show_caption_above_media"),
            ("has_spoiler", "has_media_spoiler"),
        ):
            if str(given.get(name)).lower() in {"true", "1"}:
                look[field] = True
    return look


def _whole(value: Value) -> int:
    try:
        return max(0, int(value or 0))
    except (TypeError, ValueError):
        return 0


def _file(account: Account, query: Query, kind: str, asked: str, field: str) -> StoredFile | None:
    """Return what a parameter points at: an upload under its name or attached, or a file id."""
    if asked.startswith(_ATTACH):
        field = asked.removeprefix(_ATTACH)
    elif asked:
        return _known(account, kind, asked)
    upload = query.files.get(field)
    return kept(account, kind, upload) if upload else None


def kept(account: Account, kind: str, upload: Upload) -> StoredFile:
    """Keep an upload as what it is sent as; of a photo, the largest size."""
    if kind == "photo":
        return account.files.add_photo(upload.content)[-1]
    return account.files.add(kind, upload)


def _known(account: Account, kind: str, asked: str) -> StoredFile:
    if asked.startswith(("http://", "https://")):
        # Nothing is fetched from elsewhere here.
        raise bad_request("failed to get HTTP URL content")
    stored = account.files.find(asked)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        was, now = stored.kind.capitalize(), kind.capitalize()
        raise bad_request(f"can't use file of type {was} as {now}")
    return stored
