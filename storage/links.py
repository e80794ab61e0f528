"""Links that work once and not for long: they open one conversation on another page."""

from storage.batch import Batch, Draft


def make_in(batch: Batch, draft: Draft, conversation_id: int, link: tuple[str, str, int]) -> None:
    """Make a link of a kind within a turn, by its token: only the hash is kept."""
    kind, token, ttl_ms = link
    row = hashed(batch, token), conversation_id, kind, batch.now + ttl_ms, None
    draft.write(batch.sql.records.insert_link, row)


def use_in(batch: Batch, draft: Draft, kind: str, token: str) -> int | None:
    """Use a link: the conversation it opens, or None when it is unknown, used or too old."""
    number = hashed(batch, token)
    known = batch.query(batch.sql.records.link, (number, kind))
    if not known:
        return None
    conversation_id, expires, used = known[0]
    if used is not None or expires <= batch.now:
        return None
    draft.write(batch.sql.records.use_link, (batch.now, number))
    found: int = conversation_id
    return found


def hashed(batch: Batch, token: str) -> bytes:
    """Return the hash by which a link is found."""
    return batch.keys.hash("link", token)
