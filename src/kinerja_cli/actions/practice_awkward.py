"""The awkward people of the practice agency: what real rosters contain and a program must live with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from kinerja_cli.actions.practice_people import PeopleMaker, Person
from kinerja_cli.actions.practice_units import Unit, practice_data
from kinerja_cli.domain.dates import official_date
from kinerja_cli.domain.nip import Nip, format_nip
from kinerja_cli.domain.rows import CellValue


class Awkward(StrEnum):
    """What is awkward about a person's row."""

    SINGLE_NAME = "single-word-name"
    APOSTROPHE = "apostrophe-in-name"
    SAME_NAME = "same-name"
    LONG_UNIT = "long-unit-name"
    REPEATED_UNIT = "repeated-unit-name"
    HEADLESS_UNIT = "unit-without-head"
    TWO_HEADS = "two-heads-in-unit"
    ADVISER = "structural-but-not-head"
    RETIRED = "retired"
    CLTN = "cltn"
    STUDY = "tugas-belajar"
    MOVED = "moved-away"
    SEX = "sex-digit-disagrees"
    BIRTH = "birth-date-disagrees"
    PPPK_RANK = "pppk-roman-rank"
    NO_RANK = "pppk-paruh-waktu-without-rank"
    CPNS = "cpns"
    DATE_SLASHES = "date-with-slashes"
    DATE_WORDS = "date-in-words"
    DATE_CELL = "date-as-real-date"
    NIP_APOSTROPHE = "nip-leading-apostrophe"
    NIP_SPACES = "nip-with-spaces"
    TRAILING_SPACES = "trailing-spaces"
    LOWER_CASE = "lower-case-status"


_STANDINGS: Final = (
    ("CLTN", Awkward.CLTN),
    ("Tugas Belajar", Awkward.STUDY),
    ("Tugas Belajar", Awkward.STUDY),
    ("Pindah Instansi", Awkward.MOVED),
)
_EMPLOYMENTS: Final = (
    ("pppk", Awkward.PPPK_RANK),
    ("pppk", Awkward.PPPK_RANK),
    ("pppk_paruh_waktu", Awkward.NO_RANK),
    ("pppk_paruh_waktu", Awkward.NO_RANK),
    ("cpns", Awkward.CPNS),
    ("cpns", Awkward.CPNS),
)
_AS_IS: Final[Mapping[str, Any]] = MappingProxyType({})
_OTHER_SEX: Final = {"L": "F", "P": "M"}

_CELLS: Final[tuple[tuple[Awkward, Callable[[Person], Mapping[str, CellValue]]], ...]] = (
    (Awkward.SEX, lambda one: {"JENIS KELAMIN": _OTHER_SEX[one.sex]}),
    (Awkward.BIRTH, lambda one: {"TANGGAL LAHIR": f"{one.born + timedelta(days=9):%d-%m-%Y}"}),
    (Awkward.DATE_SLASHES, lambda one: {"TANGGAL LAHIR": f"{one.born:%d/%m/%Y}"}),
    (Awkward.DATE_WORDS, lambda one: {"TMT JABATAN": official_date(one.position_since)}),
    (Awkward.DATE_CELL, lambda one: {"TANGGAL LAHIR": one.born, "TMT GOLONGAN": one.rank_since}),
    (Awkward.DATE_CELL, lambda one: {"TMT JABATAN": one.position_since}),
    (Awkward.DATE_CELL, lambda one: {"TANGGAL LAHIR": one.born, "TMT CPNS": one.appointed}),
    (Awkward.NIP_APOSTROPHE, lambda one: {"NIP BARU": f"'{one.nip}"}),
    (Awkward.NIP_APOSTROPHE, lambda one: {"NIP BARU": f"'{one.nip}"}),
    (Awkward.NIP_SPACES, lambda one: {"NIP BARU": format_nip(Nip(one.nip))}),
    (Awkward.TRAILING_SPACES, lambda one: {"NAMA": f"{one.name}  ", "JABATAN NAMA": f" {one.position} "}),
    (Awkward.LOWER_CASE, lambda one: {"KEDUDUKAN HUKUM NAMA": one.status.lower()}),
    (Awkward.LOWER_CASE, lambda one: {"KEDUDUKAN HUKUM NAMA": f"{one.status.lower()} "}),
)
"""Facts as careless hands, other systems and spreadsheets write them."""


def arrange_awkward_cases(
    units: Sequence[Unit], people: list[Person], maker: PeopleMaker
) -> tuple[tuple[str, Awkward], ...]:
    """Turn ordinary people of a finished agency into awkward ones; who became what."""
    cases = _Cases(units, people, maker)
    cases.units_of_note()
    cases.posts_of_note()
    cases.people_of_note()
    return tuple(cases.found)


class _Cases:
    """The people of the agency and those of them not yet taken for a case."""

    def __init__(self, units: Sequence[Unit], people: list[Person], maker: PeopleMaker) -> None:
        self._units = units
        self._people = people
        self._maker = maker
        self._words = practice_data()["awkward"]
        self._free = [place for place, person in enumerate(people) if not person.leads]
        self.found: list[tuple[str, Awkward]] = []

    def units_of_note(self) -> None:
        """Units of one name, with a very long name, without a head."""
        words = self._words
        repeated = {unit.code for unit in self._units if unit.name == words["repeated_unit"]}
        leaders = [place for place, one in enumerate(self._people) if one.leads and one.unit_code in repeated]
        for place in leaders[:2]:
            self._note(place, Awkward.REPEATED_UNIT)
        for name, what in (
            (words["long_unit"], Awkward.LONG_UNIT),
            (words["headless_unit"], Awkward.HEADLESS_UNIT),
        ):
            self._note(self._take(_anyone), what, {"unit_code": self._unit(name).code})

    def posts_of_note(self) -> None:
        """Second holders of structural posts: one in office, one retired from it, one who leads no unit."""
        words = self._words
        twice, left = self._unit(words["twice_led_unit"]), self._unit(words["retired_head_unit"])
        self._put(replace(self._maker.head(twice), leads=False), Awkward.TWO_HEADS)
        retired = self._maker.head(left, oldest=True)
        self._put(replace(retired, leads=False, status="Pensiun"), Awkward.RETIRED)
        adviser = self._maker.head(
            self._unit(words["adviser_unit"]), position=words["adviser"], echelon=words["adviser_echelon"]
        )
        self._put(adviser, Awkward.ADVISER)

    def people_of_note(self) -> None:
        """Names, legal standings and kinds of employment that need care, and cells that are written oddly."""
        for sex, name in self._words["apostrophes"].items():
            self._note(self._take(partial(_has, "sex", sex)), Awkward.APOSTROPHE, {"name": name})
        for _twin in range(2):
            name = self._words["same_name"]
            self._note(self._take(partial(_has, "sex", "P")), Awkward.SAME_NAME, {"name": name})
        for _one in range(2):
            self._note(self._take(_single_name), Awkward.SINGLE_NAME)
        for status, what in _STANDINGS:
            self._note(self._take(partial(_has, "employment", "pns")), what, {"status": status})
        for employment, what in _EMPLOYMENTS:
            self._note(self._take(partial(_has, "employment", employment)), what)
        for what, cells in _CELLS:
            place = self._take(partial(_has, "employment", "pns"))
            self._note(place, what, {"cells": cells(self._people[place])})

    def _unit(self, name: str) -> Unit:
        """The first unit whose name begins so."""
        return next(unit for unit in self._units if unit.name.startswith(name))

    def _take(self, fits: Callable[[Person], bool]) -> int:
        """The place of the first ordinary person who fits; nobody is taken twice.

        A small agency may have nobody who fits: then somebody is replaced by a newcomer who does.
        """
        for index, place in enumerate(self._free):
            if fits(self._people[place]):
                return self._free.pop(index)
        place = self._free.pop()
        office = next(unit for unit in self._units if unit.place == "kantor")
        newcomer = self._maker.member(office)
        while not fits(newcomer):
            newcomer = self._maker.member(office)
        self._people[place] = newcomer
        return place

    def _put(self, newcomer: Person, what: Awkward) -> None:
        """A person in place of an ordinary one."""
        self._people[self._take(_anyone)] = newcomer
        self.found.append((newcomer.nip, what))

    def _note(self, place: int, what: Awkward, changes: Mapping[str, Any] = _AS_IS) -> None:
        self._people[place] = replace(self._people[place], **changes)
        self.found.append((self._people[place].nip, what))


def _anyone(_person: Person) -> bool:
    return True


def _single_name(person: Person) -> bool:
    return " " not in person.name


def _has(fact: str, value: str, person: Person) -> bool:
    return bool(getattr(person, fact) == value)
