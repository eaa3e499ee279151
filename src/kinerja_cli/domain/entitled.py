"""Who may rate somebody in a period beside the assessor: whoever was handed the rating.

PermenPANRB 6/2022 Pasal 1 (9): the direct superior, or another official to whom the authority was delegated.
"""

from collections.abc import Iterable

from kinerja_cli.domain.history import EVERYBODY, Delegation


def entitled(
    assessors: Iterable[str | None], delegations: Iterable[Delegation], ratee: str, first: str, last: str
) -> frozenset[str]:
    """The assessors, and whom they handed the rating of somebody to on any day from `first` to `last` (ISO text).

    >>> handed = [Delegation("1", "5", "2026-03-20", "2", "2026-03-31"), Delegation("1", "*", "2026-06-01", "3")]
    >>> sorted(entitled(["1", None], handed, "5", "2026-03-17", "2026-04-14"))
    ['1', '2']
    """
    own = frozenset(nip for nip in assessors if nip is not None)
    handed = (
        one.delegate_nip
        for one in delegations
        if one.assessor_nip in own
        and one.ratee in (ratee, EVERYBODY)
        and one.starts <= last
        and (one.ends is None or one.ends >= first)
    )
    return own | frozenset(handed) - {ratee}
