"""Whether the post somebody holds is one that an assessor can have; which do is data (`regulations/personnel.toml`).

PermenPANRB 6/2022 Pasal 1 (9) and Lampiran IV.A.7.
"""

from gettext import gettext as _

from kinerja_cli.domain.personnel import POSITION_TYPE_LABELS, vocabulary
from kinerja_cli.domain.staff import Employee


def leads_nothing(person: Employee, *, leads: bool) -> bool:
    """Whether somebody holds a post that can be handed the rating of others only with a unit, and leads none."""
    return not leads and person.position_type in vocabulary().assessing_if_leading


def why_unfit(person: Employee, *, leads: bool) -> str | None:
    """Why somebody can be no assessor by their post, in words; None where they can, or the post is not known."""
    kind = person.position_type
    if leads_nothing(person, leads=leads):
        return _("a functional official who leads no unit")
    words = vocabulary()
    if kind is None or kind in words.assessing or kind in words.assessing_if_leading:
        return None
    return _("{post}, below pejabat pengawas").format(post=_(POSITION_TYPE_LABELS[kind]))
