"""Who stands above the assessors of a period on a day, each worked out once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kinerja_cli.domain.finality import REGION_HEAD
from kinerja_cli.domain.history import History
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.rating_order import order_on
from kinerja_cli.domain.superiors import NOBODY, THE_REGION_HEAD, Superior, superior_of
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.units import load_units


class Superiors:
    """The superiors of a period's assessors: as the posts stood on the last day of its window, or today if earlier.

    That is the day on which it shows that an assessor did not rate. Who has left the service since stands above
    nobody; then it is the next one up. So it is where the superior is the person rated themself, who has come to
    stand above the assessor since, or the assessor.
    """

    def __init__(
        self,
        connection: Connection,
        period: StoredPeriod,
        today: date,
        *,
        on: date | None = None,
        history: History | None = None,
        appraisals: Mapping[str, Appraisal] | None = None,
    ) -> None:
        """Look at a period, or at the posts `on` another day; what has been read before need not be read again."""
        day = min(period.window_ends, today.isoformat()) if on is None else on.isoformat()
        history = history or load_history(connection)
        self._staff = {
            nip: one if one.status == history.staff[nip].status else replace(one, status=history.staff[nip].status)
            for nip, one in history.staff_on(day).items()
        }
        self._order = order_on(history, UnitTree(load_units(connection)), day, staff=self._staff)
        self._appraisals = load_appraisals(connection, period.code) if appraisals is None else appraisals
        self._found: dict[str, Superior] = {}

    def above(self, appraisal: Appraisal, *, deciding: bool = False) -> Superior:
        """Who stands above the assessor of an appraisal; where the head of the region is the assessor, the same.

        Nobody is `deciding` on a rating that they gave themself.
        """
        if appraisal.assessor_rule == REGION_HEAD:
            return THE_REGION_HEAD
        nip = appraisal.assessor_nip
        if nip is None or nip not in self._staff:
            return NOBODY
        if nip not in self._found:
            self._found[nip] = self._above(nip)
        found = self._found[nip]
        involved = {appraisal.nip, nip, appraisal.rated_by if deciding else None}
        if found.nip not in involved or found.nip is None:
            return found
        return superior_of(self._staff[nip], self._order, [one for one in involved if one is not None])

    def _above(self, nip: str) -> Superior:
        """Who stands above somebody by the posts of the day; who has left the service has no post to go by any more.

        What the period froze says nothing of another day: an acting appointment can have ended since.
        """
        person, own = self._staff[nip], self._appraisals.get(nip)
        if own is not None and own.assessor_rule == REGION_HEAD and not is_appraised(person.status):
            return THE_REGION_HEAD
        return superior_of(person, self._order)
