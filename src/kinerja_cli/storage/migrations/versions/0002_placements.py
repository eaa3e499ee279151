"""The units people have left, so that an appraisal knows the spans of its period."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of placements; nobody has moved yet as far as the store knows."""
    op.create_table(
        "placement",
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("assessor_nip", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nip", "ends", name="pk_placement"),
        sa.CheckConstraint("length(ends) = 10", name="ends"),
        sa.ForeignKeyConstraint(
            ["nip"], ["staff.nip"], "fk_placement_nip", ondelete="RESTRICT", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            "fk_placement_unit_code",
            ondelete="RESTRICT",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["assessor_nip"],
            ["staff.nip"],
            "fk_placement_assessor_nip",
            ondelete="RESTRICT",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
