"""The first schema: settings, units, people, periods, appraisals, feedback, and the ledger that guards them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GUARDS = (
    """
    CREATE TRIGGER operation_is_kept BEFORE UPDATE ON operation
    BEGIN SELECT RAISE(ABORT, 'the ledger is never rewritten'); END
    """,
    """
    CREATE TRIGGER operation_is_not_removed BEFORE DELETE ON operation
    BEGIN SELECT RAISE(ABORT, 'the ledger is never rewritten'); END
    """,
    # REPLACE deletes without firing a DELETE trigger: what was recorded is not recorded again.
    *(
        f"""
        CREATE TRIGGER {relation}_is_not_replaced BEFORE INSERT ON {relation}
        WHEN NEW.seq <= (SELECT max(seq) FROM operation)
        BEGIN SELECT RAISE(ABORT, 'the ledger is never rewritten'); END
        """
        for relation in ("operation", "change")
    ),
    # Lawful erasure may empty a change of its images; its place and its digest stay.
    """
    CREATE TRIGGER change_is_kept BEFORE UPDATE ON change
    WHEN NOT (NEW.seq = OLD.seq AND NEW.ordinal = OLD.ordinal AND NEW.relation = OLD.relation
              AND NEW.digest = OLD.digest AND NEW.key IS NULL AND NEW.nip IS NULL
              AND NEW.before IS NULL AND NEW.after IS NULL AND NEW.salt IS NULL)
    BEGIN SELECT RAISE(ABORT, 'the ledger is never rewritten'); END
    """,
    """
    CREATE TRIGGER change_is_not_removed BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the ledger is never rewritten'); END
    """,
    *(
        f"""
        CREATE TRIGGER {relation}_closed_to_{name} BEFORE {action} ON {relation}
        WHEN (SELECT state FROM period WHERE code = {row}.period_code) = 'closed'
        BEGIN SELECT RAISE(ABORT, 'the period is closed'); END
        """
        for relation in ("appraisal", "period_unit")
        for name, action, row in (
            ("insert", "INSERT", "NEW"),
            ("update", "UPDATE", "OLD"),
            ("moving_in", "UPDATE OF period_code", "NEW"),
            ("delete", "DELETE", "OLD"),
        )
    ),
    *(
        f"""
        CREATE TRIGGER feedback_closed_to_{action.lower()} BEFORE {action} ON feedback
        WHEN EXISTS (
            SELECT 1 FROM period WHERE state = 'closed' AND {row}.given_on BETWEEN starts AND ends
        )
        BEGIN SELECT RAISE(ABORT, 'the period is closed'); END
        """
        for action, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
)
"""What the database itself refuses, whatever program asks: rewriting the ledger, changing a closed period."""


def upgrade() -> None:
    """Make every table, then the guards."""
    op.create_table(
        "operation",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("period_code", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(hash) = 64 AND length(previous) = 64", name=op.f("ck_operation_hash")),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["operation.seq"],
            name=op.f("fk_operation_undoes"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_operation")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_operation_period_code"), "operation", ["period_code"], unique=False)
    op.create_table(
        "period",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("window_ends", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("regulation_id", sa.Text(), nullable=False),
        sa.Column("regulation_text", sa.Text(), nullable=False),
        sa.Column("peer_opinion", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('monthly', 'quarterly', 'annual')", name=op.f("ck_period_kind")),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_period_state")),
        sa.CheckConstraint("peer_opinion IN (0, 1)", name=op.f("ck_period_peer_opinion")),
        sa.CheckConstraint("starts <= ends AND ends <= window_ends", name=op.f("ck_period_dates")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_period")),
        sqlite_strict=True,
    )
    op.create_table(
        "regulation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation")),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_code"],
            ["unit.code"],
            name=op.f("fk_unit_parent_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit")),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("nip", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seq"],
            ["operation.seq"],
            name=op.f("fk_change_seq"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("seq", "ordinal", name=op.f("pk_change")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_change_nip"), "change", ["nip"], unique=False)
    op.create_table(
        "period_unit",
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("head_nip", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["period_code"],
            ["period.code"],
            name=op.f("fk_period_unit_period_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("period_code", "unit_code", name=op.f("pk_period_unit")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff",
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("front_title", sa.Text(), nullable=True),
        sa.Column("back_title", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("rank_since", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("position_type", sa.Text(), nullable=True),
        sa.Column("position_since", sa.Text(), nullable=True),
        sa.Column("echelon", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("assessor_nip", sa.Text(), nullable=True),
        sa.Column("assessor_rule", sa.Text(), nullable=False),
        sa.CheckConstraint("assessor_rule IN ('roster', 'unit')", name=op.f("ck_staff_assessor_rule")),
        sa.CheckConstraint(
            "employment IN ('pns', 'cpns', 'pppk', 'pppk_paruh_waktu')", name=op.f("ck_staff_employment")
        ),
        sa.CheckConstraint("nip NOT GLOB '*[^0-9]*'", name=op.f("ck_staff_nip_digits")),
        sa.CheckConstraint(
            "position_type IN ('jpt_utama', 'jpt_madya', 'jpt_pratama', 'administrator', 'pengawas', "
            "'struktural', 'fungsional', 'pelaksana')",
            name=op.f("ck_staff_position_type"),
        ),
        sa.CheckConstraint("sex IN ('L', 'P')", name=op.f("ck_staff_sex")),
        sa.CheckConstraint(
            "status IN ('active', 'study', 'secondment', 'suspended', 'cltn', 'pension_prep', "
            "'retired', 'dismissed', 'transferred', 'deceased')",
            name=op.f("ck_staff_status"),
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_staff_name")),
        sa.CheckConstraint("length(nip) = 18", name=op.f("ck_staff_nip_length")),
        sa.CheckConstraint("length(position_since) = 10", name=op.f("ck_staff_position_since")),
        sa.CheckConstraint("length(rank_since) = 10", name=op.f("ck_staff_rank_since")),
        sa.ForeignKeyConstraint(
            ["assessor_nip"],
            ["staff.nip"],
            name=op.f("fk_staff_assessor_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_staff_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("nip", name=op.f("pk_staff")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_staff_unit_code"), "staff", ["unit_code"], unique=False)
    op.create_index(op.f("ix_staff_assessor_nip"), "staff", ["assessor_nip"], unique=False)
    op.create_index(op.f("ix_unit_parent_code"), "unit", ["parent_code"], unique=False)
    op.create_table(
        "appraisal",
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("span", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("position_type", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("assessor_nip", sa.Text(), nullable=True),
        sa.Column("hasil", sa.Text(), nullable=True),
        sa.Column("perilaku", sa.Text(), nullable=True),
        sa.Column("skp", sa.Integer(), nullable=True),
        sa.Column("perilaku_score", sa.Integer(), nullable=True),
        sa.Column("innovation", sa.Integer(), nullable=True),
        sa.Column("predikat", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("rated_by", sa.Text(), nullable=True),
        sa.Column("final", sa.Integer(), nullable=False),
        sa.CheckConstraint("hasil IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_appraisal_hasil")),
        sa.CheckConstraint("perilaku IN ('diatas', 'sesuai', 'dibawah')", name=op.f("ck_appraisal_perilaku")),
        sa.CheckConstraint(
            "predikat IN ('sangat_baik', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang')",
            name=op.f("ck_appraisal_predikat"),
        ),
        sa.CheckConstraint("final IN (0, 1)", name=op.f("ck_appraisal_final")),
        sa.CheckConstraint("innovation IN (0, 1)", name=op.f("ck_appraisal_innovation")),
        sa.CheckConstraint("perilaku_score BETWEEN 0 AND 12000", name=op.f("ck_appraisal_perilaku_score")),
        sa.CheckConstraint("skp BETWEEN 0 AND 12000", name=op.f("ck_appraisal_skp")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_appraisal_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["period_code"],
            ["period.code"],
            name=op.f("fk_appraisal_period_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("period_code", "nip", "span", name=op.f("pk_appraisal")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_appraisal_nip"), "appraisal", ["nip"], unique=False)
    op.create_index(
        op.f("ix_appraisal_period_code_unit_code_predikat"),
        "appraisal",
        ["period_code", "unit_code", "predikat"],
        unique=False,
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("giver_nip", sa.Text(), nullable=True),
        sa.Column("giver_name", sa.Text(), nullable=True),
        sa.Column("anonymous", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=True),
        sa.Column("tone", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "giver IN ('pimpinan', 'rekan', 'bawahan', 'masyarakat', 'pihak_lain')",
            name=op.f("ck_feedback_giver"),
        ),
        sa.CheckConstraint("tone IN ('positive', 'neutral', 'negative')", name=op.f("ck_feedback_tone")),
        sa.CheckConstraint(
            "anonymous = 0 OR (giver_nip IS NULL AND giver_name IS NULL)", name=op.f("ck_feedback_anonymity")
        ),
        sa.CheckConstraint("anonymous IN (0, 1)", name=op.f("ck_feedback_anonymous")),
        sa.CheckConstraint("length(given_on) = 10", name=op.f("ck_feedback_given_on")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_feedback_text")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_feedback_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feedback_nip_given_on"), "feedback", ["nip", "given_on"], unique=False)
    op.create_table(
        "unit_head",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint("rule IN ('position', 'set')", name=op.f("ck_unit_head_rule")),
        sa.ForeignKeyConstraint(
            ["nip"],
            ["staff.nip"],
            name=op.f("fk_unit_head_nip"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["unit.code"],
            name=op.f("fk_unit_head_unit_code"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("unit_code", name=op.f("pk_unit_head")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_unit_head_nip"), "unit_head", ["nip"], unique=False)
    for guard in GUARDS:
        op.execute(guard)
