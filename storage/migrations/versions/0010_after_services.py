"""What is asked after services, and facilities that are edited on a page."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the name of a standing round, and the table of facilities."""
    op.add_column("survey_round", sa.Column("standing", sa.String(), nullable=True))
    op.create_index("ix_survey_round_standing", "survey_round", ["standing"], unique=True)
    op.create_table(
        "facility",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
