"""The shapes of stored rows: no rules, no queries.

Every value is TEXT or INTEGER (dates as ISO text, numbers as integer hundredths, truth as 0 or 1), so that a
row, its image in the ledger and its canonical JSON are the same thing on every database. CHECK constraints
repeat what the domain has already judged; foreign keys are deferred, so that a bulk write need not sort itself.
"""

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, MetaData, Table, Text
from sqlmodel import Field, SQLModel

from kinerja_cli.domain.finality import FINAL_RULES
from kinerja_cli.domain.periods import PARTICIPANTS
from kinerja_cli.domain.personnel import EMPLOYMENTS, POSITION_TYPES, STATUSES

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, without which a later migration would lose it."""

STRICT = {"sqlite_strict": True}
"""What every table of ours is told, so that SQLite keeps to the types of its columns."""

STRICT_WITHOUT_ROWID = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""The same for tables that are looked up by a key of several columns."""


class Base(SQLModel):
    """What all tables share: one catalogue of names."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def one_of(column: str, values: tuple[str, ...], *, name: str | None = None) -> CheckConstraint:
    """A CHECK that an enumeration is stored by one of its values (or is absent, where it may be)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def iso_day(column: str) -> CheckConstraint:
    """A CHECK that a day is ISO text of ten characters."""
    return CheckConstraint(f"length({column}) = 10", name=column)


def refers(columns: list[str], targets: list[str]) -> ForeignKeyConstraint:
    """A foreign key that keeps what it points at, judged when the transaction ends."""
    return ForeignKeyConstraint(columns, targets, ondelete="RESTRICT", deferrable=True, initially="DEFERRED")


class SettingRow(Base, table=True):
    """One setting of the agency."""

    __tablename__ = "setting"
    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class RegulationRow(Base, table=True):
    """A regulation file the agency brought itself."""

    __tablename__ = "regulation"
    __table_args__ = (STRICT,)
    id: str = Field(primary_key=True, sa_type=Text)
    text: str = Field(sa_type=Text)


class UnitRow(Base, table=True):
    """A unit as it is today; a period keeps its own copy of the tree."""

    __tablename__ = "unit"
    __table_args__ = (
        refers(["parent_code"], ["unit.code"]),
        CheckConstraint("work_days IN (5, 6)", name="work_days"),
        Index(None, "parent_code"),
        STRICT,
    )
    code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    parent_code: str | None = Field(default=None, sa_type=Text)
    work_days: int | None = Field(default=None)


class UnitHeadRow(Base, table=True):
    """Who leads a unit, and whether a person said so (`set`) or the positions did (`position`)."""

    __tablename__ = "unit_head"
    __table_args__ = (
        refers(["unit_code"], ["unit.code"]),
        refers(["nip"], ["staff.nip"]),
        one_of("rule", ("position", "set")),
        Index(None, "nip"),
        STRICT,
    )
    unit_code: str = Field(primary_key=True, sa_type=Text)
    nip: str = Field(sa_type=Text)
    rule: str = Field(sa_type=Text)


class StaffRow(Base, table=True):
    """A civil servant as they are today."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("length(nip) = 18", name="nip_length"),
        CheckConstraint("nip NOT GLOB '*[^0-9]*'", name="nip_digits").ddl_if(dialect="sqlite"),
        CheckConstraint("length(name) > 0", name="name"),
        one_of("sex", ("L", "P")),
        one_of("employment", EMPLOYMENTS),
        one_of("status", STATUSES),
        one_of("position_type", POSITION_TYPES),
        one_of("assessor_rule", ("roster", "unit")),
        iso_day("rank_since"),
        iso_day("position_since"),
        refers(["unit_code"], ["unit.code"]),
        refers(["assessor_nip"], ["staff.nip"]),
        Index(None, "unit_code"),
        # Without it SQLite looks through all people for every person added while any link still waits for its end.
        Index(None, "assessor_nip"),
        STRICT,
    )
    nip: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    front_title: str | None = Field(default=None, sa_type=Text)
    back_title: str | None = Field(default=None, sa_type=Text)
    sex: str | None = Field(default=None, sa_type=Text)
    employment: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    rank: str | None = Field(default=None, sa_type=Text)
    rank_since: str | None = Field(default=None, sa_type=Text)
    position: str | None = Field(default=None, sa_type=Text)
    position_type: str | None = Field(default=None, sa_type=Text)
    position_since: str | None = Field(default=None, sa_type=Text)
    echelon: str | None = Field(default=None, sa_type=Text)
    unit_code: str | None = Field(default=None, sa_type=Text)
    assessor_nip: str | None = Field(default=None, sa_type=Text)
    assessor_rule: str = Field(default="unit", sa_type=Text)


class PlacementRow(Base, table=True):
    """A unit that a person has left, by its last day; only who has moved has any."""

    __tablename__ = "placement"
    __table_args__ = (
        refers(["nip"], ["staff.nip"]),
        refers(["unit_code"], ["unit.code"]),
        refers(["assessor_nip"], ["staff.nip"]),
        iso_day("ends"),
        STRICT_WITHOUT_ROWID,
    )
    nip: str = Field(primary_key=True, sa_type=Text)
    ends: str = Field(primary_key=True, sa_type=Text)
    unit_code: str | None = Field(default=None, sa_type=Text)
    position: str | None = Field(default=None, sa_type=Text)
    assessor_nip: str | None = Field(default=None, sa_type=Text)


class PeriodRow(Base, table=True):
    """A review period, with the regulation as it read when the period opened."""

    __tablename__ = "period"
    __table_args__ = (
        one_of("kind", ("monthly", "quarterly", "annual")),
        one_of("state", ("open", "closed")),
        CheckConstraint("starts <= ends AND ends <= window_ends", name="dates"),
        CheckConstraint("peer_opinion IN (0, 1)", name="peer_opinion"),
        iso_day("opened_on"),
        one_of("participants", PARTICIPANTS),
        STRICT,
    )
    code: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    starts: str = Field(sa_type=Text)
    ends: str = Field(sa_type=Text)
    window_ends: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    regulation_id: str = Field(sa_type=Text)
    regulation_text: str = Field(sa_type=Text)
    peer_opinion: int = Field(default=0)
    fingerprint: str | None = Field(default=None, sa_type=Text)
    opened_on: str | None = Field(default=None, sa_type=Text)
    participants: str | None = Field(default=None, sa_type=Text)


class PeriodUnitRow(Base, table=True):
    """A unit as it stood when the period opened: last year's figures do not move with this year's tree."""

    __tablename__ = "period_unit"
    __table_args__ = (refers(["period_code"], ["period.code"]), STRICT_WITHOUT_ROWID)
    period_code: str = Field(primary_key=True, sa_type=Text)
    unit_code: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    path: str = Field(sa_type=Text)
    parent_code: str | None = Field(default=None, sa_type=Text)
    head_nip: str | None = Field(default=None, sa_type=Text)
    organisation: str | None = Field(default=None, sa_type=Text)


class AppraisalRow(Base, table=True):
    """One person in one period: what was frozen at opening, and the ratings since."""

    __tablename__ = "appraisal"
    __table_args__ = (
        refers(["period_code"], ["period.code"]),
        refers(["nip"], ["staff.nip"]),
        one_of("hasil", ("diatas", "sesuai", "dibawah")),
        one_of("perilaku", ("diatas", "sesuai", "dibawah")),
        one_of("predikat", ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")),
        CheckConstraint("skp BETWEEN 0 AND 12000", name="skp"),
        CheckConstraint("perilaku_score BETWEEN 0 AND 12000", name="perilaku_score"),
        CheckConstraint("innovation IN (0, 1)", name="innovation"),
        CheckConstraint("final IN (0, 1)", name="final"),
        iso_day("out_on"),
        one_of("final_rule", FINAL_RULES),
        Index(None, "nip"),
        Index(None, "period_code", "unit_code", "predikat"),
        STRICT_WITHOUT_ROWID,
    )
    period_code: str = Field(primary_key=True, sa_type=Text)
    nip: str = Field(primary_key=True, sa_type=Text)
    span: int = Field(default=1, primary_key=True)
    unit_code: str | None = Field(default=None, sa_type=Text)
    position: str | None = Field(default=None, sa_type=Text)
    position_type: str | None = Field(default=None, sa_type=Text)
    rank: str | None = Field(default=None, sa_type=Text)
    employment: str = Field(sa_type=Text)
    sex: str | None = Field(default=None, sa_type=Text)
    assessor_nip: str | None = Field(default=None, sa_type=Text)
    hasil: str | None = Field(default=None, sa_type=Text)
    perilaku: str | None = Field(default=None, sa_type=Text)
    skp: int | None = Field(default=None)
    perilaku_score: int | None = Field(default=None)
    innovation: int | None = Field(default=None)
    predikat: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    rated_by: str | None = Field(default=None, sa_type=Text)
    final: int = Field(default=0)
    final_rule: str | None = Field(default=None, sa_type=Text)
    assessor_rule: str | None = Field(default=None, sa_type=Text)
    carried_from: str | None = Field(default=None, sa_type=Text)
    out_on: str | None = Field(default=None, sa_type=Text)
    out_reason: str | None = Field(default=None, sa_type=Text)


class FeedbackRow(Base, table=True):
    """One piece of feedback on a person, on a day."""

    __tablename__ = "feedback"
    __table_args__ = (
        refers(["nip"], ["staff.nip"]),
        one_of("giver", ("pimpinan", "rekan", "bawahan", "masyarakat", "pihak_lain")),
        one_of("tone", ("positive", "neutral", "negative")),
        iso_day("given_on"),
        CheckConstraint("length(text) > 0", name="text"),
        CheckConstraint("anonymous IN (0, 1)", name="anonymous"),
        CheckConstraint("anonymous = 0 OR (giver_nip IS NULL AND giver_name IS NULL)", name="anonymity"),
        Index(None, "nip", "given_on"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    nip: str = Field(sa_type=Text)
    given_on: str = Field(sa_type=Text)
    giver: str = Field(sa_type=Text)
    giver_nip: str | None = Field(default=None, sa_type=Text)
    giver_name: str | None = Field(default=None, sa_type=Text)
    anonymous: int = Field(default=0)
    aspect: str | None = Field(default=None, sa_type=Text)
    tone: str | None = Field(default=None, sa_type=Text)
    text: str = Field(sa_type=Text)


class OperationRow(Base, table=True):
    """One write of the program: who, when, what for, and its place in the chain."""

    __tablename__ = "operation"
    __table_args__ = (
        refers(["undoes"], ["operation.seq"]),
        CheckConstraint("length(hash) = 64 AND length(previous) = 64", name="hash"),
        Index(None, "period_code"),
        STRICT,
    )
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    facts: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    period_code: str | None = Field(default=None, sa_type=Text)
    undoes: int | None = Field(default=None)
    changes: int
    digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class ChangeRow(Base, table=True):
    """One row of one table before and after an operation.

    The chain binds `digest`, which commits to the salted images: lawful erasure may empty the images, the key
    and the salt, and the chain still verifies.
    """

    __tablename__ = "change"
    __table_args__ = (
        refers(["seq"], ["operation.seq"]),
        Index(None, "nip"),
        STRICT_WITHOUT_ROWID,
    )
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ordinal: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    relation: str = Field(sa_type=Text)
    key: str | None = Field(default=None, sa_type=Text)
    nip: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)


def table(name: str) -> Table:
    """The SQLAlchemy table of that name."""
    return Base.metadata.tables[name]


SETTING = table("setting")
REGULATION = table("regulation")
UNIT = table("unit")
UNIT_HEAD = table("unit_head")
STAFF = table("staff")
PLACEMENT = table("placement")
PERIOD = table("period")
PERIOD_UNIT = table("period_unit")
APPRAISAL = table("appraisal")
FEEDBACK = table("feedback")
OPERATION = table("operation")
CHANGE = table("change")
