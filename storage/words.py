"""Words that only she knows: kept as verifiers, compared in constant time, never read back."""

import hmac
import unicodedata
from os import urandom

from storage.batch import Batch, Draft

SALT_BYTES = 16

_NOBODY = b"\0" * SALT_BYTES


def keep_in(batch: Batch, draft: Draft, conversation_id: int, kind: str, word: str) -> None:
    """Keep a verifier of a word, in place of an earlier word of this kind."""
    salt = urandom(SALT_BYTES)
    verifier = batch.keys.verifier(salt, normal(word))
    draft.write(batch.sql.records.delete_secret, (conversation_id, kind))
    draft.write(
        batch.sql.records.insert_secret, (conversation_id, kind, salt, verifier, batch.now)
    )


def check_in(batch: Batch, conversation_id: int | None, kind: str, word: str) -> bool:
    """Say whether this is the word; as much work is done when there is none."""
    known = batch.query(batch.sql.records.secret, (conversation_id or 0, kind))
    salt, verifier = known[0] if known else (_NOBODY, b"")
    return hmac.compare_digest(batch.keys.verifier(salt, normal(word)), verifier)


def normal(word: str) -> str:
    """Return a word without what a person does not see: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())
