"""The practice agency: the same every time, shaped like a real one, with every awkward case it promises."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kinerja_cli.actions.practice import FEWEST_PEOPLE, Awkward, Person, Practice, build_practice, ratings
from kinerja_cli.actions.practice_files import UNIT_HEADINGS, write_recaps, write_roster, write_units
from kinerja_cli.actions.practice_rows import HEADINGS, siasn_row
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.domain.periods import find_period
from kinerja_cli.domain.ranks import parse_rank
from kinerja_cli.domain.regulation import load_regulation, parse_predikat, parse_rating

TODAY = date(2026, 7, 20)
RECAP_HEADINGS = [
    "No",
    "NIP",
    "Nama",
    "Jabatan",
    "Rating Hasil Kinerja",
    "Rating Perilaku Kerja",
    "Predikat Kinerja Periodik",
]
LEAVERS = {Awkward.CLTN, Awkward.RETIRED, Awkward.MOVED}


@cache
def agency(seed: int = 2026, people: int = 600) -> Practice:
    return build_practice(seed=seed, people=people)


def those(what: Awkward, practice: Practice | None = None) -> list[Person]:
    practice = practice or agency()
    nips = {nip for nip, found in practice.awkward if found == what}
    return [person for person in practice.people if person.nip in nips]


def row(what: Awkward) -> dict[str, object]:
    """The roster row of the first person with something awkward."""
    return dict(siasn_row(agency(), those(what)[0]))


def sheet(path: Path) -> list[list[Any]]:
    return [list(cells) for cells in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def test_the_same_seed_gives_the_same_agency_and_another_seed_another() -> None:
    again = build_practice(seed=2026, people=600)
    assert again == agency()
    assert ratings(again, "2026-Q1") == ratings(agency(), "2026-Q1")
    assert {person.nip for person in agency(seed=7).people} != {person.nip for person in again.people}


@pytest.mark.parametrize(("people", "units"), [(FEWEST_PEOPLE, 46), (600, 46), (1500, 100), (5000, 333)])
def test_size(people: int, units: int) -> None:
    practice = agency(people=people)
    assert (len(practice.people), len(practice.units)) == (people, units)


@pytest.mark.parametrize("seed", range(8))
def test_the_smallest_agency_of_any_seed_has_every_case(seed: int) -> None:
    assert {what for _nip, what in agency(seed, FEWEST_PEOPLE).awkward} == set(Awkward)


def test_too_small_an_agency_is_refused() -> None:
    with pytest.raises(ValueError, match=str(FEWEST_PEOPLE)):
        build_practice(people=FEWEST_PEOPLE - 1)


@pytest.mark.parametrize("people", [600, 5000])
def test_every_nip_is_well_formed_unique_and_fits_the_person(people: int) -> None:
    staff = agency(people=people).people
    assert len({person.nip for person in staff}) == people
    for person in staff:
        facts = judge_nip(person.nip, today=TODAY).facts
        assert facts is not None, person.nip
        assert (facts.born, facts.sex) == (person.born, person.sex)
        assert facts.pppk == person.employment.startswith("pppk")
        assert facts.year == person.appointed.year
        assert facts.month in (None, person.appointed.month)
        assert person.appointed.year - person.born.year >= 18


@pytest.mark.parametrize("people", [600, 5000])
def test_units_are_a_tree_with_parents_first(people: int) -> None:
    practice = agency(people=people)
    seen: set[str] = set()
    for unit in practice.units:
        assert re.fullmatch(r"[0-9A-F]{32}", unit.code)
        assert unit.code not in seen
        assert unit.parent_code in seen or (unit.parent_code is None and not seen)
        seen.add(unit.code)
    assert {person.unit_code for person in practice.people} == {unit.code for unit in practice.units[1:]}
    assert set(practice.organisations().values()) == {unit.code for unit in practice.units if unit.depth <= 1}


@pytest.mark.parametrize("people", [600, 5000])
def test_every_unit_has_one_head_but_for_the_agency_itself_and_one_case(people: int) -> None:
    practice = agency(people=people)
    leaders = Counter(person.unit_code for person in practice.people if person.leads)
    assert set(leaders.values()) == {1}
    headless = those(Awkward.HEADLESS_UNIT, practice)[0].unit_code
    assert {unit.code for unit in practice.units} - set(leaders) == {practice.units[0].code, headless}
    extra = {person.nip for person in practice.people if person.echelon and not person.leads}
    assert extra == {
        nip for nip, what in practice.awkward if what in (Awkward.TWO_HEADS, Awkward.RETIRED, Awkward.ADVISER)
    }


def test_posts_ranks_and_employment_fit_together() -> None:
    staff = agency().people
    counts = Counter(person.employment for person in staff)
    assert counts.keys() == {"pns", "cpns", "pppk", "pppk_paruh_waktu"}
    assert counts["pns"] > 300 > counts["pppk"] > 60 > counts["cpns"] > 5
    for person in staff:
        contract = person.employment.startswith("pppk")
        assert bool(parse_rank(person.rank, pppk=contract)) == (person.employment != "pppk_paruh_waktu")
        assert ("/" in person.rank) == (not contract)
        assert person.appointed <= person.rank_since <= date(2026, 1, 1)
        assert person.appointed <= person.position_since <= date(2026, 1, 1)
        assert bool(person.echelon) == (person.position_type == "struktural")
    assert any(person.position == "TERAMPIL - PERAWAT" for person in staff if person.employment == "pppk")
    assert any(person.position.startswith("KEPALA SEKOLAH") for person in staff)


def test_rows_have_exactly_the_headings_of_siasn_and_almost_only_text() -> None:
    assert (len(HEADINGS), HEADINGS[:2], HEADINGS[-1]) == (69, ("PNS ID", "NIP BARU"), "ESELON NAMA")
    dated = 0
    for person in agency().people:
        cells = siasn_row(agency(), person)
        assert tuple(cells) == HEADINGS
        dated += sum(isinstance(value, date) for value in cells.values())
        assert all(isinstance(value, (str, date)) for value in cells.values())
        assert str(cells["NIK"]).startswith("9999")
        assert str(cells["EMAIL"]).endswith(".invalid")
    assert dated == 5


def test_awkward_people() -> None:
    assert all(" " not in person.name for person in those(Awkward.SINGLE_NAME))
    assert all("'" in person.name for person in those(Awkward.APOSTROPHE))
    assert len({person.name for person in those(Awkward.SAME_NAME)}) == 1 < len(those(Awkward.SAME_NAME))
    assert len(agency().unit(those(Awkward.LONG_UNIT)[0].unit_code).name) > 180
    repeated = [agency().unit(person.unit_code) for person in those(Awkward.REPEATED_UNIT)]
    assert len({unit.name for unit in repeated}) == 1 < len({unit.parent_code for unit in repeated})
    assert [person.status for person in those(Awkward.STUDY)] == ["Tugas Belajar"] * 2
    assert {those(what)[0].status for what in LEAVERS} == {"CLTN", "Pensiun", "Pindah Instansi"}
    retired = those(Awkward.RETIRED)[0]
    assert agency().heads[retired.unit_code] != retired.nip
    assert those(Awkward.PPPK_RANK)[0].rank in ("I", "V", "VII", "IX", "X")
    assert those(Awkward.CPNS)[0].employment == "cpns"


def test_awkward_cells() -> None:
    assert row(Awkward.SEX)["JENIS KELAMIN"] == {"L": "F", "P": "M"}[those(Awkward.SEX)[0].sex]
    assert row(Awkward.BIRTH)["TANGGAL LAHIR"] != f"{those(Awkward.BIRTH)[0].born:%d-%m-%Y}"
    assert row(Awkward.NO_RANK)["GOL AKHIR NAMA"] == ""
    assert row(Awkward.CPNS)["STATUS CPNS PNS"] == "CPNS"
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", str(row(Awkward.DATE_SLASHES)["TANGGAL LAHIR"]))
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", str(row(Awkward.DATE_WORDS)["TMT JABATAN"]))
    assert str(row(Awkward.NIP_APOSTROPHE)["NIP BARU"]).startswith("'")
    assert re.fullmatch(r"\d{8} \d{6} \d \d{3}", str(row(Awkward.NIP_SPACES)["NIP BARU"]))
    assert str(row(Awkward.TRAILING_SPACES)["NAMA"]).endswith("  ")
    assert str(row(Awkward.LOWER_CASE)["KEDUDUKAN HUKUM NAMA"]).strip() == "aktif"


@pytest.mark.parametrize("period", ["2026-Q1", "2026-Q2", "2026", "2026-07"])
def test_ratings_are_plausible_and_leave_out_whoever_is_away(period: str) -> None:
    found = ratings(agency(), period)
    away = {person.nip for what in LEAVERS for person in those(what)}
    assert {one.nip for one in found} == {person.nip for person in agency().people} - away
    waiting = [one for one in found if one.hasil == "-"]
    assert 2 <= len(waiting) <= 3
    cells = load_regulation("permenpanrb-6-2022").cells
    counts = Counter(cells[one.hasil, one.perilaku].predikat for one in found if one.hasil != "-")
    shares = {predikat: 100 * number / len(found) for predikat, number in counts.items()}
    assert 8 <= shares["sangat_baik"] <= 16
    assert 68 <= shares["baik"] <= 82
    assert 5 <= shares["butuh_perbaikan"] <= 13
    assert 0 < shares["kurang"] <= 5
    assert 0 < shares["sangat_kurang"] <= 3


def test_periods_differ_but_most_people_keep_their_ratings() -> None:
    before, after = (ratings(agency(), period) for period in ("2026-Q1", "2026-Q2"))
    kept = sum(one == other for one, other in zip(before, after, strict=True))
    assert len(before) // 2 < kept < len(before)


def test_roster_file(tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.xlsx", agency())
    rows = sheet(tmp_path / "roster.xlsx")
    assert rows[0][0] == "DATA ASN PEMERINTAH KOTA CONTOH"
    assert rows[2] == list(HEADINGS)
    assert len(rows) == 603
    assert rows[3] == [siasn_row(agency(), agency().people[0])[heading] for heading in HEADINGS]
    born = HEADINGS.index("TANGGAL LAHIR")
    assert sum(isinstance(cells[born], date) for cells in rows[3:]) == 2


def test_unit_table_file(tmp_path: Path) -> None:
    write_units(tmp_path / "unor.xlsx", agency())
    rows = sheet(tmp_path / "unor.xlsx")
    assert tuple(rows[0]) == UNIT_HEADINGS == ("ID", "NAMA_UNOR", "ID_ATASAN")
    assert rows[1:] == [[unit.code, unit.name, unit.parent_code or ""] for unit in agency().units]


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("2026-Q1", "Periode Triwulan 1 Tahun 2026"),
        ("2026", "Periode Tahunan 2026"),
        ("2026-06", "Periode Bulanan 6 Tahun 2026"),
    ],
)
def test_recap_files_have_the_layout_of_the_portal(period: str, title: str, tmp_path: Path) -> None:
    paths = write_recaps(tmp_path / "rekap", agency(), period)
    regulation = load_regulation("permenpanrb-6-2022")
    given = {one.nip: (one.hasil, one.perilaku) for one in ratings(agency(), period)}
    units: list[str] = []
    read: dict[str, tuple[str, str]] = {}
    for path in paths:
        agency_row, unit_row, period_row, empty, headings, *data = sheet(path)
        assert agency_row[0] == "7999 - Pemerintah Kota Contoh"
        units.append(unit_row[0])
        assert period_row[0] == title
        found = find_period(title)
        assert found is not None
        assert found.code == period
        assert not any(empty)
        assert headings == RECAP_HEADINGS
        assert [cells[0] for cells in data] == [str(number) for number in range(1, len(data) + 1)]
        for _number, nip, _name, _position, hasil, perilaku, predikat in data:
            pair = parse_rating(regulation, hasil) or hasil, parse_rating(regulation, perilaku) or perilaku
            read[nip] = pair
            expected = "-" if pair[0] == "-" else regulation.cells[pair].predikat
            assert (parse_predikat(regulation, predikat) or (predikat,))[0] == expected
    assert read == given
    assert sorted(units) == sorted(unit.name for unit in agency().units if unit.depth == 1)


def test_files_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        write_units(tmp_path / name, agency())
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
