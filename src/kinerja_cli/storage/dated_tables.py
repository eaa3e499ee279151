"""The shapes of rows that have days of their own: who was where until when, and what follows an evaluation."""

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from kinerja_cli.domain.personnel import STATUSES
from kinerja_cli.domain.regulation import PREDIKAT, RATINGS
from kinerja_cli.storage.tables import STRICT, STRICT_WITHOUT_ROWID, Base, iso_day, one_of, refers, table


class StandingRow(Base, table=True):
    """A legal standing that a person no longer has, by its last day; `absent` before they came."""

    __tablename__ = "standing"
    __table_args__ = (
        refers(["nip"], ["staff.nip"]),
        iso_day("ends"),
        one_of("status", (*STATUSES, "absent")),
        STRICT_WITHOUT_ROWID,
    )
    nip: str = Field(primary_key=True, sa_type=Text)
    ends: str = Field(primary_key=True, sa_type=Text)
    status: str = Field(sa_type=Text)


class HeadshipRow(Base, table=True):
    """Who no longer leads a unit, by the last day; without a NIP nobody did."""

    __tablename__ = "headship"
    __table_args__ = (
        refers(["unit_code"], ["unit.code"]),
        refers(["nip"], ["staff.nip"]),
        iso_day("ends"),
        STRICT_WITHOUT_ROWID,
    )
    unit_code: str = Field(primary_key=True, sa_type=Text)
    ends: str = Field(primary_key=True, sa_type=Text)
    nip: str | None = Field(default=None, sa_type=Text)


class ActingRow(Base, table=True):
    """An official who leads a unit for a time (Plt., Plh.)."""

    __tablename__ = "acting"
    __table_args__ = (
        refers(["unit_code"], ["unit.code"]),
        refers(["nip"], ["staff.nip"]),
        one_of("kind", ("plt", "plh")),
        iso_day("starts"),
        iso_day("ends"),
        CheckConstraint("starts <= ends", name="days"),
        STRICT_WITHOUT_ROWID,
    )
    unit_code: str = Field(primary_key=True, sa_type=Text)
    starts: str = Field(primary_key=True, sa_type=Text)
    nip: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)


class DelegationRow(Base, table=True):
    """An assessor's authority handed to another for a time; `ratee` is a NIP, or `*` for all."""

    __tablename__ = "delegation"
    __table_args__ = (
        refers(["assessor_nip"], ["staff.nip"]),
        refers(["delegate_nip"], ["staff.nip"]),
        iso_day("starts"),
        iso_day("ends"),
        CheckConstraint("starts <= ends", name="days"),
        STRICT_WITHOUT_ROWID,
    )
    assessor_nip: str = Field(primary_key=True, sa_type=Text)
    ratee: str = Field(primary_key=True, sa_type=Text)
    starts: str = Field(primary_key=True, sa_type=Text)
    delegate_nip: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)


class ExclusionRow(Base, table=True):
    """Days on which a person is not appraised although in service, and why."""

    __tablename__ = "exclusion"
    __table_args__ = (
        refers(["nip"], ["staff.nip"]),
        iso_day("starts"),
        iso_day("ends"),
        CheckConstraint("starts <= ends", name="days"),
        CheckConstraint("length(reason) > 0", name="reason"),
        STRICT_WITHOUT_ROWID,
    )
    nip: str = Field(primary_key=True, sa_type=Text)
    starts: str = Field(primary_key=True, sa_type=Text)
    reason: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)


class HolidayRow(Base, table=True):
    """A day the agency's own file speaks of: a holiday, shared leave, or a day on which it works after all."""

    __tablename__ = "holiday"
    __table_args__ = (one_of("kind", ("holiday", "shared_leave", "working")), iso_day("day"), STRICT)
    day: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)


class UnitRatingRow(Base, table=True):
    """A unit's organisation predikat of a period, and the day on which it was issued.

    The period need not have been opened: last year's result counts where this year's comes late.
    """

    __tablename__ = "unit_rating"
    __table_args__ = (
        refers(["unit_code"], ["unit.code"]),
        one_of("organisation", ("istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")),
        iso_day("issued_on"),
        STRICT_WITHOUT_ROWID,
    )
    period_code: str = Field(primary_key=True, sa_type=Text)
    unit_code: str = Field(primary_key=True, sa_type=Text)
    organisation: str = Field(sa_type=Text)
    issued_on: str | None = Field(default=None, sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)


class JustificationRow(Base, table=True):
    """Why a unit's ratings of a period do not follow the pattern of its organisation predikat."""

    __tablename__ = "justification"
    __table_args__ = (
        refers(["period_code"], ["period.code"]),
        refers(["unit_code"], ["unit.code"]),
        CheckConstraint("length(reason) > 0", name="reason"),
        STRICT_WITHOUT_ROWID,
    )
    period_code: str = Field(primary_key=True, sa_type=Text)
    unit_code: str = Field(primary_key=True, sa_type=Text)
    reason: str = Field(sa_type=Text)


class DocumentDayRow(Base, table=True):
    """A day in the life of a person's dokumen evaluasi of a period: signed, handed over, received, returned."""

    __tablename__ = "document_day"
    __table_args__ = (
        refers(["period_code"], ["period.code"]),
        refers(["nip"], ["staff.nip"]),
        one_of("event", ("signed", "handed_over", "received", "returned", "reported")),
        iso_day("day"),
        STRICT_WITHOUT_ROWID,
    )
    period_code: str = Field(primary_key=True, sa_type=Text)
    nip: str = Field(primary_key=True, sa_type=Text)
    event: str = Field(primary_key=True, sa_type=Text)
    day: str = Field(sa_type=Text)


class ObjectionRow(Base, table=True):
    """A keberatan against a result, and what was decided; the ratings objected to are kept."""

    __tablename__ = "objection"
    __table_args__ = (
        refers(["period_code"], ["period.code"]),
        refers(["nip"], ["staff.nip"]),
        iso_day("received_on"),
        iso_day("filed_on"),
        iso_day("decided_on"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("late IN (0, 1)", name="late"),
        one_of("decision", ("upheld", "changed")),
        one_of("hasil", RATINGS),
        one_of("perilaku", RATINGS),
        one_of("predikat", PREDIKAT),
        one_of("new_hasil", RATINGS),
        one_of("new_perilaku", RATINGS),
        one_of("new_predikat", PREDIKAT),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided"),
        Index(None, "period_code", "nip"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    period_code: str = Field(sa_type=Text)
    nip: str = Field(sa_type=Text)
    received_on: str = Field(sa_type=Text)
    filed_on: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    late: int = Field(default=0)
    hasil: str | None = Field(default=None, sa_type=Text)
    perilaku: str | None = Field(default=None, sa_type=Text)
    skp: int | None = Field(default=None)
    perilaku_score: int | None = Field(default=None)
    predikat: str | None = Field(default=None, sa_type=Text)
    decision: str | None = Field(default=None, sa_type=Text)
    decided_on: str | None = Field(default=None, sa_type=Text)
    decided_by: str | None = Field(default=None, sa_type=Text)
    explanation: str | None = Field(default=None, sa_type=Text)
    new_hasil: str | None = Field(default=None, sa_type=Text)
    new_perilaku: str | None = Field(default=None, sa_type=Text)
    new_skp: int | None = Field(default=None)
    new_perilaku_score: int | None = Field(default=None)
    new_predikat: str | None = Field(default=None, sa_type=Text)


STANDING = table("standing")
HEADSHIP = table("headship")
ACTING = table("acting")
DELEGATION = table("delegation")
EXCLUSION = table("exclusion")
HOLIDAY = table("holiday")
UNIT_RATING = table("unit_rating")
JUSTIFICATION = table("justification")
DOCUMENT_DAY = table("document_day")
OBJECTION = table("objection")
