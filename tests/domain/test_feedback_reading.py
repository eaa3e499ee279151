"""Reading rows of feedback: what they say, what is odd in which cell, and what says nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from kinerja_cli.domain.feedback import Aspect, Giver, Tone
from kinerja_cli.domain.feedback_reading import FeedbackRead, read_feedback
from kinerja_cli.domain.rows import CellValue, Row, Source
from tests.domain.made import BUDI, SARI

TODAY = date(2026, 4, 2)
GOOD: dict[str, CellValue] = {"nip": BUDI, "name": "BUDI", "from": "Rekan kerja", "text": "Rajin"}


def rows(*cells: Mapping[str, CellValue], **more: object) -> list[Row]:
    """Rows of one sheet; its columns are the fields any of the rows names."""
    fields = list(dict.fromkeys(field for row in cells for field in row))
    source = Source("a.xlsx", "S", "generic", 1, {field: at for at, field in enumerate(fields)})
    source = replace(source, **more)  # type: ignore[arg-type]  # the cases give their facts loosely
    return [Row(source, number, [row.get(field) for field in fields]) for number, row in enumerate(cells, 2)]


def read(*cells: Mapping[str, CellValue], giver: Giver | None = None, **more: object) -> FeedbackRead:
    """What one sheet of these rows says."""
    return read_feedback(rows(*cells, **more), today=TODAY, giver=giver)


def told(found: FeedbackRead) -> list[tuple[str, int | None, str | None]]:
    """What was odd, and where."""
    return [(one.code, one.place.row, one.place.column) for one in found.problems]


def test_a_row_is_read_whole() -> None:
    full = GOOD | {
        "nip": "'19850115 201001 1 001",
        "text": " Ramah \n sekali ",
        "aspect": "Pelayanan",
        "tone": "Apresiasi",
        "date": "Kamis, 12 Maret 2026 pukul 14.05 WIB",
        "giver": " Ibu  Wati ",
        "anonymous": "Ya",
    }
    found = read(full)
    assert found.problems == ()
    (draft,) = found.drafts
    assert (draft.nip, draft.name, draft.source, draft.text) == (BUDI, "BUDI", Giver.REKAN, "Ramah\nsekali")
    assert (draft.aspect, draft.tone, draft.day) == (Aspect.BERORIENTASI_PELAYANAN, Tone.POSITIVE, date(2026, 3, 12))
    assert (draft.giver, draft.anonymous, draft.refused) == ("Ibu Wati", True, False)


def test_what_is_left_away_stays_open() -> None:
    (draft,) = read(GOOD | {"aspect": "-", "tone": "", "date": None, "giver": "–", "anonymous": None}).drafts
    assert (draft.aspect, draft.tone, draft.day, draft.giver, draft.anonymous) == (None, None, None, "", False)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("nip", "198501152010011", "nip-length"),
        ("nip", 198501152010011001.0, "nip-numeric"),
        ("nip", "1.98501E+17", "nip-damaged"),
        ("from", "tetangga", "feedback-giver-unknown"),
        ("from", " ", "feedback-giver-missing"),
        ("text", "-", "feedback-text-missing"),
        ("aspect", "disiplin", "feedback-aspect-unknown"),
        ("tone", "nyaring", "feedback-tone-unknown"),
        ("date", "31-02-2026", "feedback-day-impossible"),
        ("date", "3 April 2026", "feedback-day-future"),
        ("date", date(2026, 4, 3), "feedback-day-future"),
        ("giver", 197001012000011001.0, "nip-numeric"),
        ("giver", 197001012000011001, "nip-numeric"),
        ("anonymous", "mungkin", "feedback-anonymous-unknown"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_cell(field: str, value: CellValue, code: str) -> None:
    found = read(GOOD, GOOD | {field: value})
    columns = list(dict.fromkeys([*GOOD, field]))
    assert told(found) == [(code, 3, "ABCDE"[columns.index(field)])]
    assert [draft.refused for draft in found.drafts] == [False, True]


def test_a_near_word_is_proposed() -> None:
    (problem,) = read(GOOD | {"from": "masarakat"}).problems
    assert "; perhaps Masyarakat is meant" in problem.message


def test_a_missing_nip_is_left_to_be_settled() -> None:
    found = read(GOOD | {"nip": None}, GOOD | {"nip": "-"})
    assert [draft.nip for draft in found.drafts] == ["", ""]
    assert found.problems == ()


@pytest.mark.parametrize("word", ["ya", "Y", True, 1, "x", "✓", "Yes", "Anonim"])
def test_anonymity_is_understood_in_many_ways(word: CellValue) -> None:
    assert read(GOOD | {"anonymous": word}).drafts[0].anonymous


@pytest.mark.parametrize("word", ["tidak", "T", False, 0, "no", "-", ""])
def test_so_is_its_absence(word: CellValue) -> None:
    found = read(GOOD | {"anonymous": word})
    assert not found.drafts[0].anonymous
    assert found.problems == ()


def test_a_giver_called_anonymous_is_nobody() -> None:
    (draft,) = read(GOOD | {"giver": "Hamba Allah"}).drafts
    assert (draft.giver, draft.anonymous) == ("", True)


def test_the_number_of_a_giver_goes_before_the_name() -> None:
    (draft,) = read(GOOD | {"giver_nip": SARI, "giver": "Sari"}).drafts
    assert draft.giver == SARI


def test_rows_that_say_nothing_are_counted_once() -> None:
    found = read(
        GOOD,
        {"nip": BUDI, "name": "BUDI"},
        {"from": "Masyarakat", "anonymous": "Tidak"},
        {"nip": "Catatan: dikirim paling lambat Jumat"},
    )
    assert (len(found.drafts), found.blank) == (1, 3)
    assert told(found) == [("feedback-blank", 3, None)]
    assert found.problems[0].facts["count"] == 3


def test_without_a_column_for_the_giver_no_row_can_be_taken() -> None:
    bare = {"nip": BUDI, "text": "Rajin"}
    found = read(bare, bare)
    assert told(found) == [("feedback-givers-missing", 1, None)]
    assert [draft.refused for draft in found.drafts] == [True, True]
    given = read(bare, giver=Giver.PIMPINAN)
    assert (given.problems, given.drafts[0].source) == ((), Giver.PIMPINAN)


def test_a_list_of_reports_is_from_the_public() -> None:
    bare = {"nip": BUDI, "text": "Rajin"}
    found = read(bare, layout="public")
    assert (told(found), found.drafts[0].source) == ([("feedback-public", 1, None)], Giver.MASYARAKAT)
    other = read(bare, giver=Giver.REKAN, layout="public")
    assert (told(other), other.drafts[0].refused) == ([("feedback-public-from", 1, None)], True)
    assert read(bare | {"from": "SMS"}, layout="public").drafts[0].source is Giver.MASYARAKAT
    assert read(GOOD, layout="public").problems == ()
    assert read({"nip": None, "text": None}, layout="public").problems[0].code == "feedback-blank"


def test_an_empty_cell_takes_the_giver_that_was_said() -> None:
    found = read(GOOD | {"from": None}, GOOD, giver=Giver.PIHAK_LAIN)
    assert [draft.source for draft in found.drafts] == [Giver.PIHAK_LAIN, Giver.REKAN]


def test_dates_that_could_be_read_two_ways_are_told_once_but_not_of_our_template() -> None:
    cells = [GOOD | {"date": "03/01/2026"}, GOOD | {"date": "04/01/2026"}]
    found = read(*cells)
    assert told(found) == [("date-ambiguous", None, "E")]
    assert found.problems[0].facts["count"] == 2
    assert [draft.day for draft in found.drafts] == [date(2026, 1, 3), date(2026, 1, 4)]
    assert read(*cells, stamp={"kind": "template"}).problems == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("KTP 1271010101800001", "a NIK"),
        ("NIK.1271 0101 0180 0001,", "a NIK"),
        ("hubungi 0812-3456-7890", "a telephone number"),
        ("wa +62 812 3456 7890", "a telephone number"),
        ("1271010101800001 / 081234567890", "a NIK and a telephone number"),
        ("NIP 198501152010011001", None),
        ("tahun 2026, ruang 0815", None),
    ],
)
def test_numbers_that_find_a_person_are_told_and_not_repeated(text: str, what: str | None) -> None:
    found = read(GOOD | {"text": text})
    assert [one.facts["what"] for one in found.problems] == ([what] if what else [])
    assert all(one.code == "feedback-personal" and one.value is None for one in found.problems)
    assert not found.drafts[0].refused


def test_a_long_text_is_kept_whole() -> None:
    found = read(GOOD | {"text": "a" * 4_000}, GOOD | {"text": "b" * 4_001})
    assert told(found) == [("feedback-long", 3, "D")]
    assert len(found.drafts[1].text) == 4_001


def test_a_cell_without_a_value_is_told_and_nothing_is_guessed() -> None:
    found = read(
        GOOD, GOOD | {"text": None}, GOOD | {"nip": None}, unreadable={3: {3: "#REF!", 99: "#N/A"}, 4: {0: "=A1"}}
    )
    assert told(found) == [("feedback-cell-unreadable", 3, "D"), ("feedback-cell-unreadable", 4, "A")]
    assert [(draft.refused, draft.nip) for draft in found.drafts] == [(False, BUDI), (True, BUDI), (True, None)]


@pytest.mark.parametrize(
    ("written", "text"), [("'=1+1", "=1+1"), ("'- lambat", "- lambat"), ("'kutipan'", "'kutipan'"), (5, "5")]
)
def test_the_guard_against_formulas_is_no_part_of_the_words(written: CellValue, text: str) -> None:
    assert read(GOOD | {"text": written}).drafts[0].text == text


def test_several_sheets_are_read_each_for_itself() -> None:
    found = read_feedback([*rows(GOOD), *rows({"nip": BUDI, "text": "x"}, sheet="T")], today=TODAY)
    assert [(one.place.sheet, one.code) for one in found.problems] == [("T", "feedback-givers-missing")]
