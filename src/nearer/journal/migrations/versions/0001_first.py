"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "relationships",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("relationships"),
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("kept_at", sa.DateTime, nullable=False),
        sa.Column("start", sa.DateTime),
        sa.Column("end", sa.DateTime),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("danger", sa.JSON, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("episodes", sa.JSON, nullable=False),
        sa.Column("text", sa.Text),
        sa.UniqueConstraint("relationship_id", "fingerprint"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("readings", index=True),
        sa.Column("cue", sa.String(12), nullable=False),
        sa.Column("family", sa.String(20), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("polarity", sa.String(6), nullable=False),
        sa.Column("side", sa.String(5), nullable=False),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("time", sa.DateTime),
        sa.Column("confidence", sa.Float, nullable=False),
    )
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("relationships"),
        sa.Column("target", sa.String(20), nullable=False),
        sa.Column("direction", sa.String(5), nullable=False),
        sa.Column("baseline", sa.Float),
        sa.Column("set_on", sa.Date, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("relationships"),
        _of("readings", nullable=True),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "checkins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
    )
    op.create_table(
        "differed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("cue", sa.String(12), nullable=False, index=True),
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("message", sa.String(32), nullable=False),
        sa.UniqueConstraint("cue", "fingerprint", "message"),
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("due", sa.DateTime, nullable=False, index=True),
        sa.Column("state", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("cards", "differed", "checkins", "notes", "goals", "findings", "readings", "relationships"):
        op.drop_table(table)


def _of(table: str, nullable: bool = False, index: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table[:-1]}_id", sa.Integer, key, nullable=nullable, index=index)
