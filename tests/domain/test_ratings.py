"""Reading sheets of ratings: what is taken, what is not rated, and what is refused with its place."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.appraisal import MethodMismatch
from kinerja_cli.domain.rating_cells import Judge
from kinerja_cli.domain.ratings import (
    RatingsRead,
    names_differ,
    read_ratings,
    sheet_period,
    sheet_unit,
)
from kinerja_cli.domain.regulation import RATINGS, load_regulation
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.errors import Place
from tests.domain.made import BUDI, SARI, TONO, sheet

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")
UNRATED: Mapping[str, CellValue] = {"hasil": "", "perilaku": "-"}


def read(*rows: Mapping[str, CellValue], name: str = "S") -> RatingsRead:
    """What one sheet of ratings says; every sheet has the two columns of ratings."""
    return read_ratings(sheet(*({**UNRATED, **row} for row in rows), name=name), P6, peer_opinion=False)


def numbers(*rows: Mapping[str, CellValue], peer_opinion: bool = False) -> RatingsRead:
    """What one sheet of scores says."""
    empty: Mapping[str, CellValue] = {"skp": "", "perilaku_score": ""}
    return read_ratings(sheet(*({**empty, **row} for row in rows)), PP30, peer_opinion=peer_opinion)


def codes_of(found: RatingsRead) -> list[str]:
    """The codes of the problems told."""
    return [problem.code for problem in found.problems]


def rated(
    nip: str = BUDI, hasil: CellValue = "sesuai", perilaku: CellValue = "sesuai", **more: CellValue
) -> dict[str, CellValue]:
    """A row with both ratings."""
    return {"nip": nip, "name": "BUDI", "hasil": hasil, "perilaku": perilaku, **more}


@pytest.mark.parametrize(
    ("hasil", "perilaku", "predikat"),
    [
        ("Diatas Ekspektasi", "Diatas Ekspektasi", "sangat_baik"),
        ("Di  Atas\u00a0Ekspektasi", "SESUAI EKSPEKTASI", "baik"),
        ("diatas", "dibawah", "kurang"),
        (2, 1.0, "baik"),
        ("meets", "meets", "baik"),
        ("2", "3", "kurang"),
        ("Di bawah ekspektasi", "above", "butuh_perbaikan"),
        ("below", "Sesuai Ekspektasi", "butuh_perbaikan"),
        (3, 3, "sangat_kurang"),
    ],
)
def test_two_ratings_in_any_spelling_give_the_predikat_of_the_nine_cells(
    hasil: CellValue, perilaku: CellValue, predikat: str
) -> None:
    found = read(rated(hasil=hasil, perilaku=perilaku))
    assert [(one.nip, one.predikat) for one in found.entries] == [(BUDI, predikat)]
    assert (found.rows, found.rejected, found.unrated, found.problems) == (1, 0, 0, ())


def test_an_entry_has_machine_values_the_note_and_its_place() -> None:
    (entry,) = read(rated(hasil="Sesuai Ekspektasi", note=" Rajin \u00a0sekali ")).entries
    assert (entry.hasil, entry.perilaku, entry.note) == ("sesuai", "sesuai", "Rajin sekali")
    assert (entry.name_in_file, entry.skp, entry.perilaku_score, entry.innovation) == ("BUDI", None, None, None)
    assert entry.place("nip") == Place("a.xlsx", "S", 2, "C")


@pytest.mark.parametrize("empty", [None, "", " ", "-", "–", "- -"])
def test_no_rating_at_all_is_not_rated_and_never_a_zero(empty: CellValue) -> None:
    found = read({"nip": BUDI, "name": "BUDI", "hasil": empty, "perilaku": empty, "predikat": "-"})
    expected = (1, 0, 1) if empty != "- -" else (1, 1, 0)
    assert (found.rows, found.rejected, found.unrated) == expected
    assert found.entries == ()
    assert found.seen == {BUDI}


@pytest.mark.parametrize(("field", "lacking"), [("hasil", "perilaku"), ("perilaku", "hasil")])
def test_half_a_rating_is_refused_at_the_empty_cell(field: str, lacking: str) -> None:
    found = read({"nip": BUDI, "name": "BUDI", field: "sesuai"})
    (problem,) = found.problems
    assert (problem.code, problem.field, found.rejected, found.entries) == ("rating-half", lacking, 1, ())
    assert problem.message == f"BUDI has a rating of {field} but none of {lacking}."


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("Sesuia Ekspetasi", "Sesuia Ekspetasi is no rating of hasil (BUDI); perhaps Sesuai Ekspektasi is meant."),
        ("88", "88 is no rating of hasil (BUDI)."),
    ],
)
def test_a_word_outside_the_scale_is_refused_with_the_nearest_label(word: str, message: str) -> None:
    found = read(rated(hasil=word))
    (problem,) = found.problems
    assert (problem.code, problem.field, problem.value) == ("rating-unknown", "hasil", word)
    assert problem.message == message
    assert found.entries == ()


def test_true_is_no_rating_even_where_1_was_read_before() -> None:
    found = read(rated(hasil=1), rated(nip=SARI, hasil=True))
    assert [one.nip for one in found.entries] == [BUDI]
    assert codes_of(found) == ["rating-unknown"]


def test_an_unknown_word_and_a_missing_rating_are_both_told_and_the_row_counts_once() -> None:
    found = read({"nip": BUDI, "hasil": "hebat"})
    assert codes_of(found) == ["rating-unknown", "rating-half"]
    assert found.rejected == 1
    assert BUDI in found.problems[0].message, "without a name the NIP says who"


@pytest.mark.parametrize(
    ("predikat", "code"),
    [
        ("Baik", None),
        ("-", None),
        ("Sangat Baik", "predikat-mismatch"),
        ("Kurang/Misconduct", "predikat-mismatch"),
        ("Istimewa", "predikat-unknown"),
        ("Bak", "predikat-unknown"),
    ],
)
def test_a_predikat_beside_the_ratings_must_be_the_one_they_give(predikat: str, code: str | None) -> None:
    found = read(rated(predikat=predikat))
    assert codes_of(found) == ([] if code is None else [code])
    assert len(found.entries) == (code is None)


def test_cukup_is_taken_as_butuh_perbaikan_with_a_note() -> None:
    found = read(rated(hasil="dibawah", predikat="Cukup"))
    assert [one.predikat for one in found.entries] == ["butuh_perbaikan"]
    (note,) = found.problems
    assert (note.code, note.severity, note.place.row) == ("predikat-old-name", "note", 2)
    assert note.message == "The predikat Cukup of BUDI was read as Butuh Perbaikan."
    assert found.rejected == 0


def test_a_mismatch_names_what_the_ratings_give() -> None:
    (problem,) = read(rated(predikat="Sangat Baik")).problems
    assert "which give Baik" in problem.message
    assert problem.place.row == 2


def test_a_predikat_alone_is_refused() -> None:
    assert codes_of(read({"nip": BUDI, "name": "BUDI", "predikat": "Baik"})) == ["predikat-alone"]


@pytest.mark.parametrize(
    ("nip", "code"),
    [
        (198501152010011001, "nip-numeric"),
        (1.98501152010011e17, "nip-numeric"),
        ("1.98501E+17", "nip-damaged"),
        ("19850115201001100", "nip-length"),
        ("19850115201001100l", "nip-not-digits"),
        ("198513152010011001", "nip-birth-date"),
        ("198501152010011000", "nip-serial"),
        (None, "nip-missing"),
        (date(2026, 1, 1), "nip-not-digits"),
    ],
)
def test_a_broken_nip_is_refused_as_in_a_roster(nip: CellValue, code: str) -> None:
    found = read(rated() | {"nip": nip})
    assert codes_of(found) == [code]
    assert (found.rows, found.rejected, found.entries, found.seen) == (1, 1, (), frozenset())


def test_a_row_that_says_nothing_is_no_row() -> None:
    found = read({"nip": None, "name": "-"}, rated())
    assert (found.rows, found.rejected) == (1, 0)


def test_a_nip_with_spaces_is_taken() -> None:
    assert [one.nip for one in read(rated(nip="'19850115 201001 1 001")).entries] == [BUDI]


def test_rows_alike_count_once_with_a_note() -> None:
    found = read(rated(note="Rajin"), rated(), rated(hasil="Sesuai Ekspektasi"))
    assert codes_of(found) == ["duplicate-row"]
    assert "3 rows alike" in found.problems[0].message
    assert [one.note for one in found.entries] == ["Rajin"]
    assert found.rejected == 0


def test_the_note_of_a_later_row_alike_is_kept() -> None:
    assert [one.note for one in read(rated(), rated(note="Rajin")).entries] == ["Rajin"]


def test_rows_that_disagree_refuse_all_and_name_each_other() -> None:
    found = read(rated(), rated(hasil="diatas"), rated(nip=SARI))
    assert codes_of(found) == ["duplicate-conflict"] * 2
    assert found.rejected == 2
    assert [one.nip for one in found.entries] == [SARI]
    assert "row 3" in found.problems[0].message
    assert "RATING HASIL KERJA" in found.problems[0].message
    assert found.problems[1].place.row == 3


def test_two_notes_that_disagree_are_a_conflict() -> None:
    assert codes_of(read(rated(note="Rajin"), rated(note="Lalai"))) == ["duplicate-conflict"] * 2


def test_a_person_alike_without_a_name_is_called_by_the_nip() -> None:
    row = rated() | {"name": None}
    (problem,) = read(row, row).problems
    assert problem.message.startswith(BUDI)


def test_an_empty_row_of_a_rated_person_is_no_conflict() -> None:
    found = read(rated(), {"nip": BUDI, "name": "BUDI"})
    assert (len(found.entries), found.unrated, found.problems) == (1, 1, ())


def test_people_are_compared_across_sheets() -> None:
    rows = [*sheet(rated()), *sheet(rated(hasil="diatas"), name="T")]
    found = read_ratings(rows, P6, peer_opinion=False)
    assert codes_of(found) == ["duplicate-conflict"] * 2
    assert "sheet T" in found.problems[0].message


def test_a_short_row_is_as_good_as_empty_cells() -> None:
    (row,) = sheet(rated())
    found = read_ratings([Row(row.source, 2, [BUDI])], P6, peer_opinion=False)
    assert found.unrated == 1


def test_ratings_under_a_numeric_regulation_are_refused_whole_and_the_other_way_round() -> None:
    with pytest.raises(MethodMismatch):
        read_ratings(sheet(rated()), PP30, peer_opinion=False)
    with pytest.raises(MethodMismatch):
        read_ratings(sheet({"nip": BUDI, "skp": 90, "perilaku_score": 90}), P6, peer_opinion=False)
    with pytest.raises(MethodMismatch):
        Judge(P6, peer_opinion=False).values(90, 90, None, None)


@pytest.mark.parametrize(
    ("skp", "perilaku", "innovation", "predikat"),
    [
        (95, 90, None, "baik"),
        ("120", 110, "ya", "sangat_baik"),
        (120, "110", "tidak", "baik"),
        ("89,99", "89.99", "", "butuh_perbaikan"),
        (70, 70.0, "✓", "butuh_perbaikan"),
    ],
)
def test_scores_give_the_predikat_of_their_band(
    skp: CellValue, perilaku: CellValue, innovation: CellValue, predikat: str
) -> None:
    found = numbers({"nip": BUDI, "skp": skp, "perilaku_score": perilaku, "innovation": innovation})
    assert [one.predikat for one in found.entries] == [predikat]
    assert found.problems == ()


def test_scores_are_kept_as_whole_hundredths() -> None:
    found = numbers({"nip": BUDI, "skp": "87,5", "perilaku_score": 93.45000000000002})
    (entry,) = found.entries
    assert (entry.skp, entry.perilaku_score, entry.innovation) == (8750, 9345, False)
    assert (entry.hasil, entry.perilaku) == (None, None)


def test_peer_opinion_changes_the_weights() -> None:
    row: Mapping[str, CellValue] = {"nip": BUDI, "skp": 92, "perilaku_score": 86}
    assert [numbers(row, peer_opinion=peers).entries[0].predikat for peers in (False, True)] == [
        "baik",
        "butuh_perbaikan",
    ]


@pytest.mark.parametrize("score", ["1.250", "baik", 120.01, -1, 99.999, True])
def test_a_value_off_the_scale_or_no_number_is_refused(score: CellValue) -> None:
    found = numbers({"nip": BUDI, "name": "BUDI", "skp": score, "perilaku_score": 90})
    assert codes_of(found) == ["score-invalid"]
    assert found.problems[0].field == "skp"
    assert found.entries == ()


def test_half_of_the_scores_an_odd_innovation_and_a_wrong_predikat_are_refused() -> None:
    found = numbers(
        {"nip": BUDI, "skp": 90},
        {"nip": SARI, "skp": 90, "perilaku_score": 90, "innovation": "mungkin"},
        {"nip": TONO, "skp": 90, "perilaku_score": 90, "predikat": "Sangat Baik"},
        {"nip": "199503122024212007"},
    )
    assert codes_of(found) == ["rating-half", "score-invalid", "predikat-mismatch"]
    assert (found.rows, found.rejected, found.unrated) == (4, 3, 1)


def test_the_same_scores_are_judged_once_and_an_innovation_counts() -> None:
    row: Mapping[str, CellValue] = {"skp": 115, "perilaku_score": 115}
    found = numbers(
        {"nip": BUDI, **row, "innovation": "Ada"},
        {"nip": SARI, **row, "innovation": "-"},
        {"nip": TONO, **row, "innovation": "Ada"},
    )
    assert [one.predikat for one in found.entries] == ["sangat_baik", "baik", "sangat_baik"]


def titled(*above: tuple[str, ...], layout: str = "ekinerja_rekap") -> Source:
    """A sheet with these rows over its headings."""
    return Source("rekap.xlsx", "Rekap", layout, len(above) + 1, {"nip": 0}, above)


@pytest.mark.parametrize(
    ("above", "code"),
    [
        ([("7371 - Pemerintah Kota Contoh",), ("DINAS KESEHATAN",), ("Periode Bulanan 6 Tahun 2026",)], "2026-06"),
        ([("Rekap",), ("PERIODE: TRIWULAN I TAHUN 2026", "1 Januari s.d. 31 Desember 2026")], "2026-Q1"),
        ([("Periode Penilaian:", "2026-Q2")], "2026-Q2"),
        ([("Triwulan III", "Tahun 2026")], "2026-Q3"),
        ([("Periode Tahunan 2026",)], "2026"),
        ([("Periode Penilaian Tahun 2026",), ("Triwulan I 2026",)], "2026-Q1"),
        ([("Triwulan I 2026",), ("Triwulan II 2026",)], None),
        ([("Rekap Penilaian",), ()], None),
        ([], None),
    ],
)
def test_the_period_is_read_from_the_titles(above: list[tuple[str, ...]], code: str | None) -> None:
    period = sheet_period(titled(*above))
    assert (period.code if period else None) == code


def test_the_unit_of_a_recap_is_its_second_title() -> None:
    period = ("Periode Triwulan 1 Tahun 2026",)
    assert sheet_unit(titled(("7371 - Kota",), ("DINAS  KESEHATAN",), period)) == "DINAS KESEHATAN"
    assert sheet_unit(titled(("7371 - Kota",), (), ("DINAS KESEHATAN",), period)) == "DINAS KESEHATAN"
    assert sheet_unit(titled(("7371 - Kota",), period)) is None
    assert sheet_unit(titled(("7371 - Kota",))) is None
    assert sheet_unit(titled(("Ratings",), ("DINAS",), layout="kinerja_sheet")) is None


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Budi Santoso, S.E.", "BUDI SANTOSO", False),
        ("M. Yusuf", "Muhammad Yusuf", False),
        ("Ani", "Budi", True),
        ("M. Ani", "M. Budi", True),
        ("", "Budi", False),
        ("A", "A", False),
    ],
)
def test_names_without_a_word_in_common_differ(one: str, other: str, differ: bool) -> None:
    assert names_differ(one, other) is differ


@given(
    st.lists(
        st.tuples(
            st.sampled_from([BUDI, SARI, TONO]), st.sampled_from([*RATINGS, "", "hebat"]), st.sampled_from(RATINGS)
        ),
        max_size=8,
    )
)
def test_every_row_is_taken_repeated_unrated_or_rejected(rows: list[tuple[str, str, str]]) -> None:
    found = read(*(rated(nip=nip, hasil=hasil, perilaku=perilaku) for nip, hasil, perilaku in rows))
    repeated = sum(int(str(one.facts["count"])) - 1 for one in found.problems if one.code == "duplicate-row")
    assert found.rows == len(rows)
    assert found.rows == len(found.entries) + repeated + found.unrated + found.rejected


def test_a_note_longer_than_a_workbook_can_give_back_keeps_its_row_out() -> None:
    found = read(rated(note="x" * 10_000), rated(SARI, note="x" * 10_001))
    assert [entry.nip for entry in found.entries] == [BUDI]
    (problem,) = found.problems
    assert (problem.code, problem.field, found.rejected) == ("text-too-long", "note", 1)
    assert "10001" in problem.message
