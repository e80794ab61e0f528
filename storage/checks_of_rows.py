"""Checks of what stands in clear: numbers without gaps, each row with the rows it needs."""

from collections.abc import Iterator

from sqlalchemy import text

from storage.findings import Finding, Scene

MOST = 100
"""Findings of one kind; more say no more."""

CHECKS: tuple[tuple[str, str, str, str], ...] = (
    (
        "I2",
        "conversation",
        "its entries are not numbered from 1 to its last without gaps",
        (
            "SELECT c.id FROM conversation c LEFT JOIN (SELECT conversation_id, count(*) AS many,"
            " min(seq) AS first, max(seq) AS last FROM transcript GROUP BY conversation_id) t"
            " ON t.conversation_id = c.id WHERE coalesce(t.many, 0) <> c.seq"
            " OR coalesce(t.last, 0) <> c.seq OR coalesce(t.first, 1) <> 1"
        ),
    ),
    (
        "I2",
        "transcript",
        "has no conversation",
        (
            "SELECT DISTINCT t.conversation_id FROM transcript t LEFT JOIN conversation c"
            " ON c.id = t.conversation_id WHERE c.id IS NULL"
        ),
    ),
    (
        "I1",
        "inbox",
        "points at entries that are not there",
        (
            "SELECT i.channel, i.conversation_id, i.seq FROM inbox i LEFT JOIN conversation c"
            " ON c.id = i.conversation_id WHERE i.conversation_id IS NOT NULL"
            " AND (c.id IS NULL OR i.seq > i.last_seq OR i.last_seq > c.seq)"
        ),
    ),
    (
        "I3",
        "outbox",
        "has no entry",
        (
            "SELECT o.conversation_id, o.seq FROM outbox o LEFT JOIN transcript t"
            " ON t.conversation_id = o.conversation_id AND t.seq = o.seq WHERE t.seq IS NULL"
        ),
    ),
    (
        "I3",
        "outbox",
        "is in no known state",
        (
            "SELECT conversation_id, seq FROM outbox"
            " WHERE status NOT IN ('ready', 'sending', 'sent', 'dead')"
        ),
    ),
    (
        "I3",
        "outbox",
        "is dead without a reason",
        "SELECT conversation_id, seq FROM outbox WHERE status = 'dead' AND reason IS NULL",
    ),
    (
        "I5",
        "transcript",
        "an entry is of an older epoch than the one before it",
        (
            "SELECT t.conversation_id, t.seq FROM transcript t JOIN transcript b"
            " ON b.conversation_id = t.conversation_id AND b.seq = t.seq - 1"
            " WHERE b.epoch > t.epoch"
        ),
    ),
    (
        "I6",
        "voice",
        "speaks for no conversation, or for an erased one",
        (
            "SELECT v.conversation_id FROM voice v LEFT JOIN conversation c"
            " ON c.id = v.conversation_id WHERE c.id IS NULL OR c.parted <> 0"
        ),
    ),
    (
        "I7",
        "outbox",
        "is of an epoch that has not come yet",
        (
            "SELECT o.conversation_id, o.seq FROM outbox o JOIN conversation c"
            " ON c.id = o.conversation_id WHERE o.epoch > c.epoch"
        ),
    ),
    (
        "I7",
        "conversation",
        "is live without a counselor",
        "SELECT id FROM conversation WHERE status = 'live' AND staff_id IS NULL",
    ),
    (
        "I10",
        "attachment",
        "has no entry",
        (
            "SELECT a.conversation_id, a.seq, a.n FROM attachment a LEFT JOIN transcript t"
            " ON t.conversation_id = a.conversation_id AND t.seq = a.seq WHERE t.seq IS NULL"
        ),
    ),
    (
        "I12",
        "conversation",
        "was erased, but its key is not destroyed yet",
        "SELECT id FROM conversation WHERE parted = 1",
    ),
    (
        "I12",
        "conversation",
        "was erased, but something of it is left",
        (
            "SELECT id FROM conversation c WHERE parted <> 0 AND (length(state) > 0"
            " OR length(address) > 0 OR EXISTS (SELECT 1 FROM transcript t"
            " WHERE t.conversation_id = c.id AND (length(t.body) > 0 OR t.platform IS NOT NULL))"
            " OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"
            " AND (o.platform_ids IS NOT NULL OR o.status IN ('ready', 'sending')))"
            " OR EXISTS (SELECT 1 FROM attachment a WHERE a.conversation_id = c.id)"
            " OR EXISTS (SELECT 1 FROM preference p WHERE p.conversation_id = c.id)"
            " OR EXISTS (SELECT 1 FROM timer m WHERE m.conversation_id = c.id)"
            " OR EXISTS (SELECT 1 FROM link l WHERE l.conversation_id = c.id))"
        ),
    ),
)
"""The invariant, the table, what is wrong with what the query finds, and the query."""

OVERDUE = (
    "SELECT o.conversation_id, o.seq, o.channel FROM outbox o"
    " WHERE o.status IN ('ready', 'sending') AND o.due < :since"
)
UNFETCHED = (
    "SELECT conversation_id, seq, n FROM attachment WHERE status = 'wanted' AND due < :since"
)


def check(scene: Scene) -> Iterator[Finding]:
    """Yield what is wrong with rows."""
    for invariant, table, what, query in CHECKS:
        with scene.connection.execute(text(query)) as found:
            rows = found.fetchmany(MOST)
        for row in rows:
            yield Finding(invariant, f"{table} {' '.join(map(str, row))}", what)
    yield from _late(scene)


def _late(scene: Scene) -> Iterator[Finding]:
    """Yield what should have been sent or fetched by now."""
    patience = scene.patience
    late = {"since": scene.now - patience.outbox_ms}
    for number, seq, channel in scene.connection.execute(text(OVERDUE), late):
        if channel not in patience.collected:
            yield Finding("I3", f"outbox {number} {seq}", "has waited too long to go out")
    late = {"since": scene.now - patience.files_ms}
    for row in scene.connection.execute(text(UNFETCHED), late):
        where = f"attachment {' '.join(map(str, row))}"
        yield Finding("I3", where, "has waited too long to be fetched")
