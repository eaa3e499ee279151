"""A civil servant as the agency knows them today."""

from dataclasses import dataclass

from kinerja_cli.domain.names import display_name


@dataclass(frozen=True, slots=True)
class Employee:
    """One person: identity, standing, rank, position, unit, and the link to who appraises them.

    `assessor_rule` says where the assessor comes from: `roster` is the link in `assessor_nip`, to be taken
    literally even where it is empty; `unit` derives the assessor from the unit tree. Days are ISO text.
    """

    nip: str
    name: str
    front_title: str | None = None
    back_title: str | None = None
    sex: str | None = None
    employment: str = "pns"
    status: str = "active"
    rank: str | None = None
    rank_since: str | None = None
    position: str | None = None
    position_type: str | None = None
    position_since: str | None = None
    echelon: str | None = None
    unit_code: str | None = None
    assessor_nip: str | None = None
    assessor_rule: str = "unit"

    @property
    def display_name(self) -> str:
        """The name with its titles, as forms print it."""
        return display_name(self.front_title, self.name, self.back_title)
