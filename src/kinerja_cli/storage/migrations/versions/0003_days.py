"""Days: who was in which standing and led which unit until when, and what follows an evaluation."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ADDED = (
    "ALTER TABLE unit ADD COLUMN work_days INTEGER CONSTRAINT ck_unit_work_days CHECK (work_days IN (5, 6))",
    "ALTER TABLE period ADD COLUMN opened_on TEXT CONSTRAINT ck_period_opened_on CHECK (length(opened_on) = 10)",
    """ALTER TABLE period ADD COLUMN participants TEXT CONSTRAINT ck_period_participants
    CHECK (participants IN ('everybody', 'full_time', 'part_time'))""",
    """ALTER TABLE appraisal ADD COLUMN final_rule TEXT CONSTRAINT ck_appraisal_final_rule
    CHECK (final_rule IN ('late', 'region_head'))""",
    "ALTER TABLE appraisal ADD COLUMN assessor_rule TEXT",
    "ALTER TABLE appraisal ADD COLUMN carried_from TEXT",
    "ALTER TABLE appraisal ADD COLUMN out_on TEXT CONSTRAINT ck_appraisal_out_on CHECK (length(out_on) = 10)",
    "ALTER TABLE appraisal ADD COLUMN out_reason TEXT",
)
"""Columns are added where the tables stand: rebuilding them would drop the guards of closed periods."""


def upgrade() -> None:
    """Add what is dated; nothing of it is known yet."""
    for statement in _ADDED:
        op.execute(statement)
    op.create_table(
        "standing",
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('active', 'study', 'secondment', 'suspended', 'cltn', 'pension_prep', 'retired', 'dismissed',"
            " 'transferred', 'deceased', 'absent')",
            name=op.f("ck_standing_status"),
        ),
        sa.CheckConstraint("length(ends) = 10", name=op.f("ck_standing_ends")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_standing_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("nip", "ends", name=op.f("pk_standing")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "headship",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=True),
        sa.CheckConstraint("length(ends) = 10", name=op.f("ck_headship_ends")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_headship_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_headship_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("unit_code", "ends", name=op.f("pk_headship")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "acting",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('plt', 'plh')", name=op.f("ck_acting_kind")),
        sa.CheckConstraint("length(ends) = 10", name=op.f("ck_acting_ends")),
        sa.CheckConstraint("length(starts) = 10", name=op.f("ck_acting_starts")),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_acting_days")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_acting_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_acting_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("unit_code", "starts", name=op.f("pk_acting")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "delegation",
        sa.Column("assessor_nip", sa.Text(), nullable=False),
        sa.Column("ratee", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("delegate_nip", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.CheckConstraint("length(ends) = 10", name=op.f("ck_delegation_ends")),
        sa.CheckConstraint("length(starts) = 10", name=op.f("ck_delegation_starts")),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_delegation_days")),
        sa.ForeignKeyConstraint(
            ["assessor_nip"],
            ["staff.nip"],
            name=op.f("fk_delegation_assessor_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["delegate_nip"],
            ["staff.nip"],
            name=op.f("fk_delegation_delegate_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("assessor_nip", "ratee", "starts", name=op.f("pk_delegation")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "exclusion",
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.CheckConstraint("length(ends) = 10", name=op.f("ck_exclusion_ends")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_exclusion_reason")),
        sa.CheckConstraint("length(starts) = 10", name=op.f("ck_exclusion_starts")),
        sa.CheckConstraint("starts <= ends", name=op.f("ck_exclusion_days")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_exclusion_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("nip", "starts", name=op.f("pk_exclusion")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('holiday', 'shared_leave', 'working')", name=op.f("ck_holiday_kind")),
        sa.CheckConstraint("length(day) = 10", name=op.f("ck_holiday_day")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
        sqlite_strict=True,
    )
    op.create_table(
        "unit_rating",
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "organisation IN ('istimewa', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang')",
            name=op.f("ck_unit_rating_organisation"),
        ),
        sa.CheckConstraint("length(issued_on) = 10", name=op.f("ck_unit_rating_issued_on")),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_unit_rating_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("period_code", "unit_code", name=op.f("pk_unit_rating")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "justification",
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_justification_reason")),
        sa.ForeignKeyConstraint(
            ["period_code"],
            ["period.code"],
            name=op.f("fk_justification_period_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_justification_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("period_code", "unit_code", name=op.f("pk_justification")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "document_day",
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "event IN ('signed', 'handed_over', 'received', 'returned', 'reported')", name=op.f("ck_document_day_event")
        ),
        sa.CheckConstraint("length(day) = 10", name=op.f("ck_document_day_day")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_document_day_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["period_code"],
            ["period.code"],
            name=op.f("fk_document_day_period_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("period_code", "nip", "event", name=op.f("pk_document_day")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("hasil", sa.Text(), nullable=True),
        sa.Column("perilaku", sa.Text(), nullable=True),
        sa.Column("skp", sa.Integer(), nullable=True),
        sa.Column("perilaku_score", sa.Integer(), nullable=True),
        sa.Column("predikat", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("new_hasil", sa.Text(), nullable=True),
        sa.Column("new_perilaku", sa.Text(), nullable=True),
        sa.Column("new_skp", sa.Integer(), nullable=True),
        sa.Column("new_perilaku_score", sa.Integer(), nullable=True),
        sa.Column("new_predikat", sa.Text(), nullable=True),
        sa.CheckConstraint("decision IN ('upheld', 'changed')", name=op.f("ck_objection_decision")),
        sa.CheckConstraint("hasil IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_objection_hasil")),
        sa.CheckConstraint("new_hasil IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_objection_new_hasil")),
        sa.CheckConstraint("new_perilaku IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_objection_new_perilaku")),
        sa.CheckConstraint(
            "new_predikat IN ('sangat_baik', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang')",
            name=op.f("ck_objection_new_predikat"),
        ),
        sa.CheckConstraint("perilaku IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_objection_perilaku")),
        sa.CheckConstraint(
            "predikat IN ('sangat_baik', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang')",
            name=op.f("ck_objection_predikat"),
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_objection_decided")),
        sa.CheckConstraint("late IN (0, 1)", name=op.f("ck_objection_late")),
        sa.CheckConstraint("length(decided_on) = 10", name=op.f("ck_objection_decided_on")),
        sa.CheckConstraint("length(filed_on) = 10", name=op.f("ck_objection_filed_on")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_objection_reason")),
        sa.CheckConstraint("length(received_on) = 10", name=op.f("ck_objection_received_on")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_objection_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["period_code"],
            ["period.code"],
            name=op.f("fk_objection_period_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_objection_period_code_nip"), "objection", ["period_code", "nip"], unique=False)
