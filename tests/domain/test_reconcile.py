"""Recaps beside the store: nothing where they agree, and exactly the one finding where one thing differs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.findings import NO_RATING, Finding, Kept, Known
from kinerja_cli.domain.rating_cells import Verdict
from kinerja_cli.domain.recaps import read_recaps
from kinerja_cli.domain.reconcile import WHOLE_UNIT, Reconciled, reconcile
from kinerja_cli.domain.regulation import RATINGS, load_regulation
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.units import Unit, UnitTree

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")
UNITS = {
    unit.code: unit
    for unit in (
        Unit("K", "KOTA CONTOH"),
        Unit("D", "DINAS KESEHATAN", "K"),
        Unit("D1", "BIDANG PELAYANAN", "D"),
        Unit("DU", "SUBBAGIAN UMUM", "D"),
        Unit("P", "DINAS PENDIDIKAN", "K"),
        Unit("PU", "SUBBAGIAN UMUM", "P"),
        Unit("S1", "SD NEGERI 1", "P"),
        Unit("S2", "SD NEGERI 2", "P"),
    )
}
COLUMNS = ("nip", "name", "hasil", "perilaku", "predikat", "unit", "assessor_nip", "assessor_name")
SOURCE_COLUMNS = {name: at for at, name in enumerate(COLUMNS)}
NAMES = ("ANI LESTARI", "BUDI SANTOSO", "CITRA DEWI", "DEDI KURNIA", "EKA PUTRI", "FAJAR", "GITA SARI", "HADI")


def nip(number: int) -> str:
    """The NIP of somebody, by their number."""
    return f"19850115201001{1 + number % 2}{number + 1:03}"


def rated(hasil: str = "sesuai", perilaku: str = "sesuai") -> Verdict:
    """A rating."""
    return Verdict(hasil=hasil, perilaku=perilaku, innovation=False, predikat=P6.cells[hasil, perilaku].predikat)


def person(number: int, unit: str | None = "D1", verdict: Verdict = NO_RATING, **more: object) -> Kept:
    """Somebody who takes part."""
    name = NAMES[number % len(NAMES)]
    made = Kept(nip(number), name, f"{name}, S.E.", "active", unit, nip(90), taking_part=True, verdict=verdict)
    return replace(made, **more)  # type: ignore[arg-type] # the fields of one dataclass


def known(*people: Kept, opened: bool = True) -> Known:
    """A store with these people."""
    return Known({one.nip: one for one in people}, UnitTree(UNITS), P6, "2026-Q1", opened)


def line(one: Kept, verdict: Verdict | None = None, **cells: CellValue) -> dict[str, CellValue]:
    """The row of a recap that says of somebody what the store says."""
    said = one.verdict if verdict is None else verdict
    row: dict[str, CellValue] = {"nip": one.nip, "name": one.display_name}
    if said.hasil is not None and said.perilaku is not None:
        row |= {"hasil": P6.rating_label(said.hasil), "perilaku": P6.rating_label(said.perilaku)}
        row["predikat"] = P6.predikat_label(said.predikat or "")
    return row | cells


def recap(title: str, *lines: Mapping[str, CellValue], file: str = "a.xlsx") -> list[Row]:
    """A recap of a unit."""
    source = Source(
        file, "Rekap", "ekinerja_rekap", 4, SOURCE_COLUMNS, (("7371 - Kota Contoh",), (title,), ("TW I 2026",))
    )
    return [Row(source, at, [one.get(name) for name in COLUMNS]) for at, one in enumerate(lines, 5)]


def compare(known: Known, *recaps: Sequence[Row], within: frozenset[str] | None = None) -> Reconciled:
    """What a comparison comes to."""
    rows = [row for one in recaps for row in one]
    return reconcile(read_recaps(rows, known.regulation, peer_opinion=False), known, within=within)


def told(done: Reconciled) -> list[tuple[str, str, str | None]]:
    """Severity, code and person of every finding."""
    return [(str(one.severity), one.code, one.nip) for one in done.findings]


def only(done: Reconciled) -> Finding:
    """The one finding."""
    (finding,) = done.findings
    return finding


ANI = person(0, verdict=rated())
BUDI = person(1, verdict=rated("diatas", "diatas"))


def test_where_everything_agrees_nothing_is_found() -> None:
    done = compare(known(ANI, BUDI), recap("BIDANG PELAYANAN", line(ANI), line(BUDI)))
    assert (told(done), done.compared, done.elsewhere) == ([], 2, 0)


def test_a_row_without_ratings_is_not_rated() -> None:
    finding = only(compare(known(ANI, person(1)), recap("BIDANG PELAYANAN", line(ANI), line(person(1)))))
    assert (finding.severity, finding.code, finding.nip) == ("warning", "not-rated-in-recap", nip(1))
    assert finding.problem.message == "BUDI SANTOSO, S.E. stands in the recap but is not rated yet."
    assert (finding.problem.place.row, finding.unit_store, finding.unit_recap) == (
        6,
        "DINAS KESEHATAN › BIDANG PELAYANAN",
        "BIDANG PELAYANAN",
    )


def test_who_stands_in_no_recap_is_told_with_the_file_of_their_unit() -> None:
    finding = only(compare(known(ANI, person(1)), recap("BIDANG PELAYANAN", line(ANI))))
    assert (finding.severity, finding.code, finding.nip) == ("error", "not-rated-in-recap", nip(1))
    assert "stands in none of the recaps" in finding.problem.message
    assert finding.problem.place.file == "a.xlsx"
    assert finding.assessor_store == nip(90)


@pytest.mark.parametrize("status", ["retired", "transferred", "cltn"])
def test_who_is_not_in_service_need_not_be_rated(status: str) -> None:
    gone = person(1, status=status)
    assert told(compare(known(ANI, gone), recap("BIDANG PELAYANAN", line(ANI)))) == []
    assert told(compare(known(ANI, gone), recap("BIDANG PELAYANAN", line(ANI), line(gone)))) == []
    stranger = replace(gone, taking_part=False)
    assert told(compare(known(ANI, stranger), recap("BIDANG PELAYANAN", line(ANI), line(stranger)))) == []


def test_a_stranger_who_is_rated_is_an_error_and_one_who_is_not_a_note() -> None:
    stranger = person(1, verdict=rated())
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI), line(stranger))))
    assert (finding.severity, finding.code, finding.nip, finding.name) == (
        "error",
        "not-on-roster",
        nip(1),
        "BUDI SANTOSO, S.E.",
    )
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI), line(person(1)))))
    assert (finding.severity, finding.code) == ("note", "not-on-roster")


def test_who_is_rated_though_retired_or_not_in_the_period_is_told_so() -> None:
    gone = person(1, verdict=rated(), status="retired", taking_part=False)
    finding = only(
        compare(known(ANI, replace(gone, verdict=NO_RATING)), recap("BIDANG PELAYANAN", line(ANI), line(gone)))
    )
    assert (finding.severity, finding.code) == ("error", "not-on-roster")
    assert "not in service (retired)" in finding.problem.message
    late = replace(gone, status="active", verdict=NO_RATING)
    finding = only(compare(known(ANI, late), recap("BIDANG PELAYANAN", line(ANI), line(gone))))
    assert finding.code == "not-on-roster"
    assert "takes no part in 2026-Q1" in finding.problem.message
    assert "--late-joiners" in finding.problem.fix


@pytest.mark.parametrize("title", ["BIDANG PELAYANAN", "bidang  pelayanan", "DINAS KESEHATAN", "KOTA CONTOH", "D1"])
def test_the_unit_itself_and_those_above_agree(title: str) -> None:
    assert told(compare(known(ANI), recap(title, line(ANI)))) == []


@pytest.mark.parametrize(
    "title",
    ["0012 - BIDANG PELAYANAN", "DINAS KESEHATAN - BIDANG PELAYANAN", "Bidang Pelayanan, Dinas Kesehatan"],
)
def test_a_unit_is_known_after_a_code_and_with_those_above(title: str) -> None:
    done = compare(known(ANI), recap(title, line(ANI)))
    assert (told(done), done.elsewhere) == ([], 0)


def test_a_unit_below_agrees_and_is_counted() -> None:
    head = person(2, "D", rated())
    done = compare(known(ANI, head), recap("BIDANG PELAYANAN", line(ANI), line(head)))
    assert (told(done), done.elsewhere) == ([], 1)


def test_another_unit_is_told_with_both() -> None:
    moved = person(2, "S1", rated())
    done = compare(known(ANI, moved), recap("BIDANG PELAYANAN", line(ANI), line(moved)))
    finding = only(done)
    assert (finding.severity, finding.code) == ("warning", "unit-differs")
    assert finding.problem.message == (
        "CITRA DEWI, S.E. stands in the recap of BIDANG PELAYANAN; here the unit is DINAS PENDIDIKAN › SD NEGERI 1."
    )


def test_the_unit_of_the_row_goes_before_that_of_the_title() -> None:
    other = person(2, "S1", rated())
    done = compare(known(ANI, other), recap("BIDANG PELAYANAN", line(ANI), line(other, unit="SD NEGERI 1")))
    assert told(done) == []


def test_of_namesakes_the_unit_whose_people_stand_there_is_meant() -> None:
    ours = [person(number, "DU", rated()) for number in range(4)]
    theirs = person(5, "PU", rated())
    finding = only(compare(known(*ours, theirs), recap("SUBBAGIAN UMUM", *map(line, (*ours, theirs)))))
    assert (finding.code, finding.nip) == ("unit-differs", theirs.nip)
    assert told(compare(known(ours[0], theirs), recap("SUBBAGIAN UMUM", line(ours[0]), line(theirs)))) == []
    above = person(6, "D", rated())
    assert told(compare(known(above), recap("SUBBAGIAN UMUM", line(above)))) == []


def test_a_name_no_unit_has_is_told_once_and_its_people_are_still_compared() -> None:
    done = compare(known(ANI, BUDI, person(3)), recap("BIDANG PELAYANAM", line(ANI), line(BUDI)))
    assert told(done) == [("error", "not-rated-in-recap", nip(3)), ("warning", "recap-unit-unknown", None)]
    unknown = done.findings[1]
    assert unknown.problem.message.endswith("perhaps BIDANG PELAYANAN is meant.")
    assert (unknown.people, unknown.problem.place.row) == (2, 5)
    strange = compare(known(ANI), recap("KANTOR PUSAT", line(ANI)))
    assert "perhaps" not in only(strange).problem.message


def test_many_recaps_of_one_unknown_name_are_one_finding() -> None:
    done = compare(known(ANI, BUDI), recap("PUSAT", line(ANI)), recap("Pusat", line(BUDI), file="b.xlsx"))
    assert [(one.code, one.people, one.problem.place.file) for one in done.findings] == [
        ("recap-unit-unknown", 2, "a.xlsx")
    ]


@pytest.mark.parametrize("title", ["Pemkot Contoh", "7371 - PEMKOT CONTOH"])
def test_a_recap_of_the_whole_agency_is_of_every_unit(title: str) -> None:
    store = replace(known(ANI, person(1, "S1")), agency="Pemkot Contoh")
    assert told(compare(store, recap(title, line(ANI)))) == [("error", "not-rated-in-recap", nip(1))]


def test_a_guest_in_a_recap_of_no_name_makes_nobody_else_of_their_unit_missing() -> None:
    school = [person(number, "S1") for number in range(10, 20)]
    guest = replace(school[0], verdict=rated())
    done = compare(known(ANI, guest, *school[1:]), recap("", line(ANI), line(guest)))
    assert [(one.code, one.unit_store, one.people) for one in done.findings] == [
        ("unit-without-recap", "DINAS PENDIDIKAN", 9)
    ]


def test_a_recap_without_the_name_of_a_unit_is_compared_without_it() -> None:
    done = compare(known(ANI, person(1), person(2, "S1")), recap("", line(ANI)))
    assert [(code, who) for _severity, code, who in told(done)] == [
        ("not-rated-in-recap", nip(1)),
        ("unit-without-recap", None),
    ]


def test_units_that_no_recap_is_of_are_one_finding_each() -> None:
    schools = [person(number, f"S{1 + number % 2}") for number in range(10, 20)]
    nowhere = person(30, None)
    done = compare(known(ANI, *schools, nowhere), recap("BIDANG PELAYANAN", line(ANI)))
    assert [(one.code, one.unit_store, one.people) for one in done.findings] == [
        ("unit-without-recap", None, 1),
        ("unit-without-recap", "DINAS PENDIDIKAN", 10),
    ]
    assert "people without a unit" in done.findings[0].problem.message


def test_a_whole_unit_missing_below_the_one_named_is_one_finding_a_few_people_are_not() -> None:
    office = person(5, "P", rated())
    school = [person(number, "S1") for number in range(10, 10 + WHOLE_UNIT)]
    few = [person(number, "S2") for number in range(30, 29 + WHOLE_UNIT)]
    done = compare(known(office, *school, *few), recap("DINAS PENDIDIKAN", line(office)))
    assert [(one.code, one.people) for one in done.findings] == [
        *[("not-rated-in-recap", None)] * len(few),
        ("unit-without-recap", WHOLE_UNIT),
    ]


def test_one_unit_alone_is_compared_where_it_is_asked_for() -> None:
    other = person(5, "S1")
    recaps = (recap("BIDANG PELAYANAN", line(ANI)), recap("DINAS PENDIDIKAN", line(other), file="b.xlsx"))
    assert told(compare(known(ANI, other), *recaps, within=frozenset({"D", "D1", "DU"}))) == []
    assert [
        code for _severity, code, _nip in told(compare(known(ANI, other), *recaps, within=frozenset({"P", "S1"})))
    ] == ["not-rated-in-recap"]
    stranger = person(6, verdict=rated())
    guest = compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI), line(stranger)), within=frozenset({"P"}))
    assert told(guest) == []
    odd = recap("KANTOR PUSAT", line(ANI), line(stranger), {"nip": 1.0, "name": "X"})
    assert told(compare(known(ANI), odd, within=frozenset({"D1"}))) == []


@pytest.mark.parametrize(
    ("cells", "here", "message"),
    [
        ({"assessor_nip": nip(90)}, nip(90), None),
        ({"assessor_name": "Dr. Surya Darma, M.Kes."}, nip(90), None),
        ({"assessor_name": "SURYA"}, nip(90), None),
        ({"assessor_name": "-"}, nip(90), None),
        ({"assessor_name": "Wali Kota"}, None, None),
        ({"assessor_nip": nip(91)}, nip(90), f"is {nip(91)} in the recap and SURYA DARMA, S.E. ({nip(90)}) here"),
        ({"assessor_nip": nip(90)}, None, f"is SURYA DARMA, S.E. ({nip(90)}) in the recap; here nobody is on record"),
        ({"assessor_name": "TUTI"}, nip(90), f"is TUTI in the recap and SURYA DARMA, S.E. ({nip(90)}) here"),
        ({"assessor_nip": nip(91), "assessor_name": "TUTI"}, nip(90), f"is TUTI ({nip(91)}) in the recap"),
        ({"assessor_nip": 1.98e17}, nip(90), "is no NIP, so it could not be compared"),
        ({"assessor_nip": 1.98e17, "assessor_name": "SURYA DARMA"}, nip(90), None),
    ],
)
def test_assessors_are_compared_by_nip_or_else_by_name(
    cells: dict[str, CellValue], here: str | None, message: str | None
) -> None:
    head = person(90, "D", rated(), name="SURYA DARMA", display_name="SURYA DARMA, S.E.", assessor_nip=None)
    one = replace(ANI, assessor_nip=here)
    done = compare(known(one, head), recap("DINAS KESEHATAN", line(one, None, **cells), line(head)))
    if message is None:
        assert told(done) == []
    else:
        assert (only(done).severity, only(done).code) == ("warning", "assessor-differs")
        assert message in only(done).problem.message


def test_a_name_with_no_word_in_common_is_told() -> None:
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI, name="Tuti Handayani"))))
    assert (finding.severity, finding.code, finding.name) == ("warning", "name-differs", ANI.display_name)


def test_two_rows_that_agree_are_a_note_and_two_that_do_not_an_error_with_both_places() -> None:
    twice = recap("BIDANG PELAYANAN", line(ANI), line(ANI))
    assert told(compare(known(ANI), twice)) == [("note", "twice", ANI.nip)]
    empty = recap("BIDANG PELAYANAN", line(ANI, NO_RATING), line(ANI))
    assert told(compare(known(ANI), empty)) == [("note", "twice", ANI.nip)]
    odd = [
        *recap("BIDANG PELAYANAN", line(ANI)),
        *recap("DINAS KESEHATAN", line(ANI, rated("diatas", "diatas")), file="b.xlsx"),
    ]
    finding = only(compare(known(ANI), odd))
    assert (finding.severity, finding.code) == ("error", "twice")
    assert "a.xlsx, sheet Rekap, row 5; b.xlsx, sheet Rekap, row 5" in finding.problem.message
    stranger = compare(known(), recap("BIDANG PELAYANAN", line(ANI), line(ANI)))
    assert [code for _severity, code, _nip in told(stranger)] == ["not-on-roster", "twice"]


@pytest.mark.parametrize(
    ("cells", "code", "severity"),
    [
        ({"predikat": "Sangat Baik"}, "matrix-disagrees", "error"),
        ({"perilaku": "-"}, "rating-half", "error"),
        ({"hasil": "sesui ekspektasi"}, "rating-unknown", "error"),
        ({"predikat": "Baik Sekali"}, "predikat-unknown", "error"),
        ({"hasil": "", "perilaku": ""}, "predikat-alone", "error"),
    ],
)
def test_a_row_that_contradicts_itself_is_told_and_not_compared(
    cells: dict[str, CellValue], code: str, severity: str
) -> None:
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI, None, **cells))))
    assert (finding.severity, finding.code, finding.nip, finding.problem.place.row) == (severity, code, ANI.nip, 5)
    assert finding.problem.place.column is not None
    assert finding.predikat_store == "baik"


def test_an_old_name_of_a_predikat_is_a_note() -> None:
    one = person(0, verdict=rated("dibawah", "sesuai"))
    finding = only(compare(known(one), recap("BIDANG PELAYANAN", line(one, predikat="Cukup"))))
    assert (finding.severity, finding.code) == ("note", "predikat-old-name")


def test_ratings_that_differ_are_both_shown() -> None:
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI, rated("diatas", "diatas")))))
    assert (finding.severity, finding.code) == ("error", "rating-differs")
    assert finding.problem.message == (
        "ANI LESTARI, S.E. is rated Diatas Ekspektasi / Diatas Ekspektasi (Sangat Baik) in the recap "
        "and Sesuai Ekspektasi / Sesuai Ekspektasi (Baik) here."
    )
    assert (finding.predikat_store, finding.predikat_recap) == ("baik", "sangat_baik")


def test_who_is_rated_on_one_side_only_is_told_so() -> None:
    absent = compare(known(ANI, BUDI), recap("BIDANG PELAYANAN", line(BUDI)))
    assert told(absent) == [("warning", "rated-here-only", ANI.nip)]
    assert "stands in none of the recaps" in only(absent).problem.message
    empty = compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI, NO_RATING)))
    assert told(empty) == [("warning", "rated-here-only", ANI.nip)]
    there = compare(known(person(0)), recap("BIDANG PELAYANAN", line(ANI)))
    assert told(there) == [("warning", "rated-there-only", ANI.nip)]


def test_without_the_period_opened_only_the_roster_is_compared() -> None:
    plain = replace(ANI, verdict=NO_RATING)
    assert told(compare(known(plain, opened=False), recap("BIDANG PELAYANAN", line(ANI)))) == []
    assert told(compare(known(plain, opened=False), recap("BIDANG PELAYANAN", line(plain)))) == [
        ("warning", "not-rated-in-recap", ANI.nip)
    ]


def test_a_damaged_nip_is_told_with_its_cell_and_the_person_it_may_be() -> None:
    done = compare(known(ANI, BUDI), recap("BIDANG PELAYANAN", line(ANI, nip=1.98501152010011e17), line(BUDI)))
    finding = only(done)
    assert (finding.severity, finding.code, finding.nip) == ("error", "nip-numeric", ANI.nip)
    assert finding.as_dict()["message"] == (
        f"{finding.problem.message} Perhaps it is ANI LESTARI, S.E., NIP {ANI.nip}."
    )
    assert (finding.problem.place.row, finding.problem.place.column) == (5, "A")


def test_a_damaged_nip_of_a_common_or_unknown_name_names_nobody() -> None:
    namesake = replace(ANI, nip=nip(20))
    damaged = line(ANI, nip="1.98501E+17")
    done = compare(known(ANI, namesake, BUDI), recap("BIDANG PELAYANAN", damaged, line(BUDI), {"nip": "1"}))
    assert sorted(code for _severity, code, _nip in told(done)) == [
        "nip-damaged",
        "nip-length",
        "rated-here-only",
        "rated-here-only",
    ]
    assert [one.name for one in done.findings if one.code == "nip-length"] == [""]
    far = replace(person(3, "S1"), name="ZAINAL")
    done = compare(known(BUDI, far), recap("BIDANG PELAYANAN", line(BUDI), {"nip": "1", "name": "ZAINAL"}))
    assert [code for _severity, code, _nip in told(done)] == ["nip-length", "unit-without-recap"]


def test_a_row_that_names_nobody_is_told_by_its_missing_nip_alone() -> None:
    done = compare(known(BUDI), recap("BIDANG PELAYANAN", line(BUDI), {"hasil": "Binjai, 31 Maret 2026"}))
    assert told(done) == [("error", "nip-missing", None)]
    named = compare(known(BUDI), recap("BIDANG PELAYANAN", line(BUDI), {"name": "TUTI", "hasil": "hebat"}))
    assert {one.code for one in named.findings} == {"nip-missing", "rating-unknown", "rating-half"}


def test_numbers_are_compared_under_the_older_regulation() -> None:
    verdict = Verdict(skp=9550, perilaku_score=9000, innovation=False, predikat="baik")
    one = person(0, verdict=verdict)
    store = replace(known(one), regulation=PP30)
    columns = {name: at for at, name in enumerate(("nip", "name", "skp", "perilaku_score"))}
    source = Source("a.xlsx", "S", "generic", 1, columns)
    assert told(compare(store, [Row(source, 2, [one.nip, one.name, "95,5", 90])])) == []
    finding = only(compare(store, [Row(source, 2, [one.nip, one.name, 95, 90])]))
    assert "95 / 90 (Baik) in the recap and 95.5 / 90 (Baik) here" in finding.problem.message


def test_a_finding_has_the_promised_keys() -> None:
    finding = only(compare(known(ANI), recap("BIDANG PELAYANAN", line(ANI, rated("diatas", "diatas")))))
    assert " ".join(finding.as_dict()) == (
        "severity code nip name unit_store unit_recap assessor_store assessor_recap predikat_store predikat_recap "
        "people file sheet row column message fix"
    )


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([*UNITS, None]),
        st.one_of(st.none(), st.tuples(st.sampled_from(RATINGS), st.sampled_from(RATINGS))),
        st.sampled_from([*range(8), None]),
    ),
    min_size=1,
    max_size=20,
)


def store_of(people: list[tuple[str | None, tuple[str, str] | None, int | None]]) -> Known:
    """A store with people of units, ratings and assessors."""
    return known(
        *(
            person(
                number,
                unit,
                NO_RATING if ratings is None else rated(*ratings),
                assessor_nip=None if assessor is None or assessor == number else nip(assessor),
            )
            for number, (unit, ratings, assessor) in enumerate(people)
        )
    )


def recaps_of(store: Known) -> list[list[Row]]:
    """The recaps that say what the store says: one a unit, its path in the title, the rated people in it."""
    files = []
    for code in [*UNITS, None]:
        title = " - ".join(unit.name for unit in reversed(store.tree.line(code))) if code else ""
        lines = [
            line(one, None, assessor_nip=one.assessor_nip)
            for one in store.people.values()
            if one.unit_code == code and one.verdict.predikat is not None
        ]
        if lines:
            files.append(recap(title, *lines, file=f"{code}.xlsx"))
    return files


@given(PEOPLE)
def test_recaps_made_of_the_store_itself_agree_with_it(
    people: list[tuple[str | None, tuple[str, str] | None, int | None]],
) -> None:
    store = store_of([one for one in people if one[1] is not None])
    done = compare(store, *recaps_of(store))
    assert (told(done), done.compared) == ([], len(store.people))


CHANGES: Mapping[str, dict[str, CellValue]] = {
    "rating-differs": {"hasil": "?", "perilaku": "?", "predikat": ""},
    "rated-here-only": {"hasil": "-", "perilaku": "Belum dinilai", "predikat": None},
    "matrix-disagrees": {"predikat": "?"},
    "rating-half": {"hasil": None},
    "rating-unknown": {"perilaku": "memenuhi"},
    "predikat-unknown": {"predikat": "Istimewa"},
    "name-differs": {"name": "TUTI HANDAYANI"},
    "assessor-differs": {"assessor_nip": nip(80)},
    "unit-differs": {"unit": "KANTOR LAIN"},
    "not-on-roster": {"nip": nip(70)},
    "nip-length": {"nip": "19850115"},
}


@given(PEOPLE, st.sampled_from([*CHANGES]), st.data())
def test_one_thing_changed_is_the_one_thing_found(
    people: list[tuple[str | None, tuple[str, str] | None, int | None]], code: str, data: st.DataObject
) -> None:
    store = store_of([(unit or "D1", ratings or ("sesuai", "sesuai"), who) for unit, ratings, who in people])
    store = replace(store, tree=UnitTree({**UNITS, "Z": Unit("Z", "KANTOR LAIN")}))
    recaps = recaps_of(store)
    one = data.draw(st.sampled_from([*store.people.values()]))
    changed = dict(CHANGES[code])
    if code == "rating-differs":
        other = next(rating for rating in RATINGS if rating != one.verdict.hasil)
        changed |= {"hasil": other, "perilaku": one.verdict.perilaku}
    if code == "matrix-disagrees":
        changed["predikat"] = "Kurang" if one.verdict.predikat != "kurang" else "Baik"
    for rows in recaps:
        for at, row in enumerate(rows):
            if row.cells[0] == one.nip:
                cells = [changed.get(name, row.cells[index]) for index, name in enumerate(COLUMNS)]
                rows[at] = Row(row.source, row.number, cells)
    expected = [(code, one.nip)]
    if code == "not-on-roster":
        expected = [(code, nip(70)), ("rated-here-only", one.nip)]
    assert [(what, who) for _severity, what, who in told(compare(store, *recaps))] == expected


@pytest.mark.parametrize(
    ("standing", "here", "said"),
    [
        ("left", rated("diatas"), "An import does not take it"),
        ("excluded", NO_RATING, "`kinerja staff exclude"),
        ("objected", rated("diatas"), "`kinerja objection decide 3`"),
        ("decided", rated("diatas"), "`kinerja undo OPERATION`"),
        ("late", rated("diatas"), "--late`"),
    ],
)
def test_what_is_to_be_done_about_a_rating_is_what_an_import_would_allow(
    standing: str, here: Verdict, said: str
) -> None:
    facts = {"day": "2026-02-01", "reason": "Cuti", "number": 3}
    one = person(1, verdict=here, standing=standing, facts=facts)
    finding = only(compare(known(one), recap("BIDANG PELAYANAN", line(one, rated()))))
    assert said in finding.problem.fix
    assert "import the recap with" not in finding.problem.fix
    assert one.expected is (standing not in ("left", "excluded"))
