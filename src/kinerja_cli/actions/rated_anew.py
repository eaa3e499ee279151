"""Rate people anew where they count by now: a rating keeps unit and assessor only for as long as it stands."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from gettext import gettext as _

from kinerja_cli.actions.kept_parts import called
from kinerja_cli.actions.participation import Course, in_step, load_course
from kinerja_cli.domain import rating_problems
from kinerja_cli.domain.participation import Participation
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.rating_order import REGION_HEAD
from kinerja_cli.errors import Place, Problem
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import StoredPeriod


class RatedAnew:
    """An open period beside the history of a day; it is looked at only where somebody is rated."""

    def __init__(self, connection: Connection, period: StoredPeriod, today: date) -> None:
        self._connection = connection
        self._period = parse_period(period.code)
        self._today = today

    @cached_property
    def _course(self) -> Course:
        return load_course(self._connection)

    @cached_property
    def seen(self) -> Participation:
        """Who takes part in the period by now, and who rates."""
        return self._course.of(self._period, self._today)

    def row(self, old: Appraisal) -> Appraisal:
        """An appraisal as it is to be rated."""
        return in_step(self.seen, old)

    def told(self, old: Appraisal, new: Appraisal, place: Place | None = None) -> Iterator[Problem]:
        """That a rating is now of another unit, or another assessor's, than the one before, where there was one.

        Of a result that is carried over nothing else is expected.
        """
        if not old.is_rated or new.carried_from is not None or whose(old) == whose(new):
            return
        assessor = called(
            new.assessor_nip, new.assessor_rule, self._course.history.staff, self._course.agency.region_head
        )
        yield rating_problems.RATED_ELSEWHERE.at(
            place or Place(),
            name=self._course.history.staff[new.nip].display_name,
            nip=new.nip,
            period=new.period_code,
            unit=self._course.tree.path(new.unit_code) or "-",
            assessor=assessor or _("nobody"),
        )


def whose(one: Appraisal) -> tuple[object, ...]:
    """The unit in which somebody counts, and who rates them there; the head of the region has no NIP."""
    return one.unit_code, one.assessor_nip, one.assessor_rule == REGION_HEAD
