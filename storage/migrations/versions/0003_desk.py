"""Tables of the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make them."""
    _work()
    _doors()


def _work() -> None:
    op.create_table(
        "presence",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "desk_task",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_desk_task_conversation_id"), "desk_task", ["conversation_id"])
    op.create_index("desk_task_open", "desk_task", ["status", "due"])
    for name, moment in (("desk_draft", "at"), ("desk_grant", "until")):
        op.create_table(
            name,
            sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column(moment, sa.BigInteger(), nullable=False),
            sa.Column("body", sa.LargeBinary(), nullable=False),
            sa.PrimaryKeyConstraint("conversation_id", "staff_id"),
        )
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "quick_reply",
        sa.Column("id", number, nullable=False),
        *_authored(),
        sa.PrimaryKeyConstraint("id"),
    )


def _doors() -> None:
    op.create_table(
        "desk_setting",
        sa.Column("name", sa.String(), nullable=False),
        *_authored(),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "second_factor",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "recovery",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )


def _authored() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
