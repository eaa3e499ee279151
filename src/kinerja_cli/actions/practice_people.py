"""Invented people of the practice agency, with a NIP, a post and a rank that fit together."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any, Final

from kinerja_cli.actions.practice_units import Unit, practice_data
from kinerja_cli.domain.ranks import PNS_RANKS
from kinerja_cli.domain.rows import CellValue

_RANKS: Final = tuple(code for code, _label in PNS_RANKS)
_DEGREE_ENTRY: Final = _RANKS.index("III/a")
_OLDEST_ENTRY: Final = 34
_PILGRIMS: Final = 0.12
_EMPLOYMENTS: Final = ("pns", "cpns", "pppk", "pppk_paruh_waktu")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person. `cells` are the cells of the roster that differ from what the facts would give."""

    nip: str
    name: str
    front_title: str
    back_title: str
    sex: str
    born: date
    faith: tuple[str, str]
    employment: str
    status: str
    appointed: date
    first_rank: str
    rank: str
    rank_since: date
    position: str
    position_type: str
    position_since: date
    echelon: str
    education: str
    unit_code: str
    leads: bool
    cells: Mapping[str, CellValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Service:
    """What employment brings with it."""

    employment: str
    born: date
    appointed: date
    first_rank: str
    rank: str
    rank_since: date


class PeopleMaker:
    """Draws people one after another from one source of chance; no two get the same NIP."""

    def __init__(self, rng: random.Random) -> None:
        data = practice_data()
        self._rng = rng
        self._year = data["agency"]["as_of"].year
        self._heads: dict[str, dict[str, Any]] = data["heads"]
        self._origins: list[dict[str, Any]] = data["origins"]
        self._origin_weights = list(accumulate(origin["weight"] for origin in self._origins))
        self._posts: dict[str, tuple[list[dict[str, Any]], list[int]]] = {}
        for place in data["places"]:
            posts = [post for post in data["posts"] if place in post["places"]]
            self._posts[place] = posts, list(accumulate(post["places"][place] for post in posts))
        self._shares = {post["name"]: list(accumulate(post["share"])) for post in data["posts"]}
        self._serials: dict[str, int] = {}

    def head(self, unit: Unit, *, position: str = "", echelon: str = "", oldest: bool = False) -> Person:
        """Someone who leads the unit, or holds another structural post in it; `oldest`: at the age limit."""
        kind = self._heads[echelon or unit.echelon or unit.head]
        youngest = 58 if oldest else kind["youngest"]
        service = self._civil_service(self._rng.choice(kind["ranks"]), "III/a", youngest)
        if "post" in kind:
            return self._person(unit, service, kind, kind["post"], "fungsional", leads=True)
        return self._person(
            unit,
            service,
            kind,
            position or unit.head,
            "struktural",
            echelon=echelon or unit.echelon,
            leads=not position,
        )

    def member(self, unit: Unit) -> Person:
        """Someone who works in the unit without leading it."""
        posts, weights = self._posts[unit.place]
        post = self._rng.choices(posts, cum_weights=weights)[0]
        employment = self._rng.choices(_EMPLOYMENTS, cum_weights=self._shares[post["name"]])[0]
        service = self._service(employment, post)
        position = post["pppk"] if employment.startswith("pppk") else post["name"]
        return self._person(unit, service, post, position, post["kind"])

    def _service(self, employment: str, post: dict[str, Any]) -> _Service:
        """Birth, appointment and rank of someone in a post."""
        rng = self._rng
        if employment == "pns":
            first = "III/a" if post["ranks"][0] in _RANKS[_DEGREE_ENTRY:] else post["ranks"][0]
            return self._civil_service(rng.choice(post["ranks"]), first, 0)
        if employment == "cpns":
            appointed, rank = date(self._year - 1, rng.choice((4, 5, 6)), 1), post["ranks"][0]
        elif employment == "pppk":
            appointed = date(rng.randint(self._year - 5, self._year - 1), rng.choice((2, 3, 5, 7)), 1)
            rank = post["golongan"]
        else:
            appointed, rank = date(self._year - 1, 10, 1), ""
        born = self._birthday(self._year - rng.randint(24, 34 if employment == "cpns" else 50))
        return _Service(employment, born, appointed, rank, rank, appointed)

    def _civil_service(self, rank: str, first: str, youngest: int) -> _Service:
        """A PNS who has risen to the rank, a step every four years, and is at least so old."""
        rng = self._rng
        steps = _RANKS.index(rank) - _RANKS.index(first)
        waited = rng.randint(0, 3)
        years = max(2, 4 * steps + waited)
        age = max(years + rng.randint(21, 28), youngest)
        years = max(years, age - _OLDEST_ENTRY)
        appointed = date(self._year - years, rng.choice((1, 2, 3, 4, 12)), 1)
        since = date(self._year - 1 - waited, rng.choice((4, 10)), 1) if steps else appointed
        return _Service("pns", self._birthday(self._year - age), appointed, first, rank, max(since, appointed))

    def _birthday(self, year: int) -> date:
        return date(year, self._rng.randint(1, 12), self._rng.randint(1, 28))

    def _person(
        self,
        unit: Unit,
        service: _Service,
        kind: dict[str, Any],
        position: str,
        position_type: str,
        *,
        echelon: str = "",
        leads: bool = False,
    ) -> Person:
        rng = self._rng
        sex: str = kind.get("sex") or ("L" if rng.random() < (0.62 if leads else 0.42) else "P")
        origin = rng.choices(self._origins, cum_weights=self._origin_weights)[0]
        back = rng.choice(kind["degrees"])
        since = date(self._year - rng.randint(1, 3), rng.randint(1, 12), rng.randint(1, 28))
        return Person(
            nip=self._nip(service, sex),
            name=self._name(origin, sex),
            front_title=self._front_title(kind, origin, sex, service.born.year),
            back_title=back,
            sex=sex,
            born=service.born,
            faith=(origin["faith"][0], origin["faith"][1]),
            employment=service.employment,
            status="PPPK Aktif" if service.employment.startswith("pppk") else "Aktif",
            appointed=service.appointed,
            first_rank=service.first_rank,
            rank=service.rank,
            rank_since=service.rank_since,
            position=position,
            position_type=position_type,
            position_since=max(since, service.appointed),
            echelon=echelon,
            education=_education(back, bool(kind.get("front"))),
            unit_code=unit.code,
            leads=leads,
        )

    def _name(self, origin: dict[str, Any], sex: str) -> str:
        rng = self._rng
        given: list[str] = origin["male" if sex == "L" else "female"]
        first: str = rng.choice(given)
        if rng.randrange(100) < origin["single"]:
            return first
        second = rng.choice(given)
        if second != first and " " not in first + second and rng.random() < 0.3:
            first = f"{first} {second}"
        # A Karo woman writes "br" (beru, daughter) before the name of her clan.
        link = " BR " if origin["name"] == "karo" and sex == "P" else " "
        return f"{first}{link}{rng.choice(origin['surnames'])}"

    def _front_title(self, kind: dict[str, Any], origin: dict[str, Any], sex: str, year: int) -> str:
        front: str = kind.get("front", "")
        if origin["faith"][1] != "Islam" or year > self._year - 45 or self._rng.random() > _PILGRIMS:
            return front
        pilgrim = "H." if sex == "L" else "Hj."
        return f"{pilgrim} {front}".strip()

    def _nip(self, service: _Service, sex: str) -> str:
        """18 digits as BKN gives them: birth, appointment (a PPPK has 21 for the month), sex, serial."""
        contract = service.employment.startswith("pppk")
        appointed = f"{service.appointed.year}21" if contract else f"{service.appointed:%Y%m}"
        stem = f"{service.born:%Y%m%d}{appointed}{1 if sex == 'L' else 2}"
        serial = self._serials.get(stem) or self._rng.randint(0, 5)
        self._serials[stem] = serial + 1
        return f"{stem}{serial + 1:03}"


def _education(degrees: str, profession: bool) -> str:
    """The level of schooling that the letters behind a name stand for."""
    if profession:
        return "Profesi"
    if not degrees:
        return "SLTA"
    if degrees.startswith("A.Md"):
        return "Diploma III"
    return "S-2" if ", M." in degrees else "S-1/Sarjana"
