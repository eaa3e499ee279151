"""Find what a command names: a person, a unit, a period; or refuse with the way to find it."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from gettext import gettext as _

from kinerja_cli.actions.refusals import (
    AssessorInactive,
    NipMalformed,
    NipNotFound,
    NotInPeriod,
    PeriodClosed,
    PeriodNotOpened,
    UnitNotFound,
)
from kinerja_cli.domain.nip import NIP_LENGTH, clean_nip
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.personnel import STATUS_LABELS, is_appraised
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.units import Unit
from kinerja_cli.errors import UsageError
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, find_appraisal
from kinerja_cli.storage.store.periods import StoredPeriod, find_stored_period
from kinerja_cli.storage.store.staff import find_employee


def require_period(connection: Connection, text: str) -> StoredPeriod:
    """The period a text names, open or closed. Raises PeriodMalformed or PeriodNotOpened."""
    code = parse_period(text).code
    stored = find_stored_period(connection, code)
    if stored is None:
        raise PeriodNotOpened(code)
    return stored


def require_open(connection: Connection, text: str) -> StoredPeriod:
    """The open period a text names. Raises also PeriodClosed."""
    stored = require_period(connection, text)
    if not stored.is_open:
        raise PeriodClosed(stored.code)
    return stored


def require_nip(text: str) -> str:
    """The 18 digits of a NIP as typed. Raises NipMalformed."""
    nip = clean_nip(text)
    if len(nip) != NIP_LENGTH or not nip.isascii() or not nip.isdigit():
        raise NipMalformed(text)
    return nip


def require_employee(connection: Connection, text: str) -> Employee:
    """The person with a NIP. Raises NipMalformed or NipNotFound."""
    nip = require_nip(text)
    person = find_employee(connection, nip)
    if person is None:
        raise NipNotFound(nip)
    return person


def check_has_come(day: date, today: date) -> None:
    """Raise UsageError where something is recorded before its day has come."""
    if day > today:
        raise UsageError(
            _("{day} lies in the future.").format(day=day.isoformat()), _("Record it once the day has come.")
        )


def check_in_service(person: Employee) -> None:
    """Raise AssessorInactive where somebody who is to lead or appraise is not in service."""
    if not is_appraised(person.status):
        raise AssessorInactive(person.display_name, _(STATUS_LABELS[person.status]))


def require_appraisal(connection: Connection, person: Employee, period: StoredPeriod) -> Appraisal:
    """A person's part in a period. Raises NotInPeriod."""
    appraisal = find_appraisal(connection, period.code, person.nip)
    if appraisal is None:
        raise NotInPeriod(person.display_name, person.nip, period.code)
    return appraisal


def require_unit(units: Mapping[str, Unit], code: str) -> Unit:
    """The unit with a code, whatever its case. Raises UnitNotFound, which names a near one."""
    wanted = code.strip()
    if wanted in units:
        return units[wanted]
    folded = [one for one in units.values() if one.code.casefold() == wanted.casefold()]
    if len(folded) == 1:
        return folded[0]
    raise UnitNotFound(wanted, _near_unit(units, wanted))


def _near_unit(units: Mapping[str, Unit], wanted: str) -> str:
    """A unit that may be meant: one of that name, else of nearly that code."""
    named = [one.code for one in units.values() if fold(one.name) == fold(wanted)]
    codes = named if len(named) == 1 else get_close_matches(wanted, units, n=1, cutoff=0.75)
    return f"{units[codes[0]].name} ({codes[0]})" if codes else ""
