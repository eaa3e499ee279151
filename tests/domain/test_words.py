"""Cells, dates and the words of personnel files; and that every problem can be told."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.dates import official_date, read_date
from kinerja_cli.domain.personnel import (
    EMPLOYMENT_LABELS,
    EMPLOYMENTS,
    POSITION_TYPE_LABELS,
    POSITION_TYPES,
    STATUS_LABELS,
    STATUSES,
    echelon_order,
    is_appraised,
    is_standing,
    out_reason,
    position_kind,
    vocabulary,
)
from kinerja_cli.domain.problem_codes import PROBLEMS
from kinerja_cli.domain.rows import CellValue, Row, Source, column_letter
from kinerja_cli.domain.text import clean_lines, clean_text, fold, slug, without_steering
from kinerja_cli.errors import Place


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (12.0, "12"),
        (1.5, "1.5"),
        (7, "7"),
        (True, "True"),
        (" a\u00a0 b\n", "a b"),
        ("e\u0301", "é"),
        ("a\u200bb\ufeff\x07", "ab"),
        ("é \u200b é", "é é"),
    ],
)
def test_a_cell_is_one_clean_line(cell: CellValue, text: str) -> None:
    assert clean_text(cell) == text


def test_lines_of_a_note_stay_lines() -> None:
    assert clean_lines(" a  b \r\n\tc\n") == "a b\nc"
    assert slug("Dinas P2 & KB") == "dinas-p2-kb"


@given(st.text())
def test_cleaning_and_folding_twice_is_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold(fold(text)) == fold(text) or not text.isascii()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2015, 3, 1), date(2015, 3, 1)),
        (datetime(2015, 3, 1, 8), date(2015, 3, 1)),  # noqa: DTZ001 - as a spreadsheet holds it
        (42064, date(2015, 3, 1)),
        (42064.5, date(2015, 3, 1)),
        ("42064", date(2015, 3, 1)),
        ("2015-03-01", date(2015, 3, 1)),
        ("2015/3/1", date(2015, 3, 1)),
        ("2015-03-01 00:00:00", date(2015, 3, 1)),
        ("01/03/2015", date(2015, 3, 1)),
        ("1.3.2015", date(2015, 3, 1)),
        ("1 Maret 2015", date(2015, 3, 1)),
        ("1-MAR-2015", date(2015, 3, 1)),
        ("1 Nopember 2015", date(2015, 11, 1)),
        ("1 Brumaire 2015", None),
        ("31/02/2015", None),
        ("2015-02-31", None),
        ("3", None),
        (0, None),
        (True, None),
        (None, None),
        ("soon", None),
    ],
)
def test_dates_are_read_day_first(cell: CellValue, day: date | None) -> None:
    assert read_date(cell).day == day


def test_a_date_that_could_be_read_two_ways_says_so() -> None:
    assert [read_date(text).ambiguous for text in ("03/04/2015", "04/04/2015", "13/04/2015", "2015-04-03")] == [
        True,
        False,
        False,
        False,
    ]


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2099, 12, 31)))
def test_every_way_of_writing_a_day_is_that_day(day: date) -> None:
    written = (official_date(day), f"{day:%d-%m-%Y}", day.isoformat(), (day - date(1899, 12, 30)).days)
    assert {read_date(one).day for one in written} == {day}


def test_every_value_of_the_personnel_words_has_a_label_and_its_own_name() -> None:
    words = vocabulary()
    assert set(EMPLOYMENT_LABELS) == set(EMPLOYMENTS) == set(words.employment.values())
    assert set(STATUS_LABELS) == set(STATUSES) == set(words.status.values())
    assert set(POSITION_TYPE_LABELS) == set(POSITION_TYPES) == set(words.position_type.values())
    assert set(words.sex.values()) == {"L", "P"}
    assert all(words.employment[fold(value)] == value for value in EMPLOYMENTS)
    assert all(words.position_type[fold(value)] == value for value in POSITION_TYPES)
    assert {status for status in STATUSES if is_appraised(status)} == {"active", "study", "secondment"}


@pytest.mark.parametrize(
    ("word", "echelon", "kind"),
    [
        ("Struktural", "II.b", "jpt_pratama"),
        ("Struktural", "Eselon IV a", "pengawas"),
        ("Struktural", "", "struktural"),
        ("Struktural", "Non Eselon", "struktural"),
        ("Fungsional", "III.a", "fungsional"),
        ("", "III", "administrator"),
        ("", "", None),
        ("?", "III.a", None),
    ],
)
def test_the_echelon_refines_a_structural_position(word: str, echelon: str, kind: str | None) -> None:
    assert position_kind(word, echelon) == kind


def test_echelons_are_ordered_from_the_top() -> None:
    written = ["I.a", "II.a", "IIb", "II", "III/a", "eselon iv.b", None]
    assert sorted(written, key=echelon_order) == written


def test_a_row_knows_its_values_and_their_places() -> None:
    row = Row(Source("a.xlsx", "S", "generic", 1, {"nip": 0, "name": 27, "rank": 1}), 5, ["1", ""])
    assert (row.get("nip"), row.get("rank"), row.get("name"), row.get("sex")) == ("1", None, None, None)
    assert (row.has("name"), row.has("sex")) == (True, False)
    assert row.place("name") == Place("a.xlsx", "S", 5, "AB")
    assert row.place() == row.place("sex") == Place("a.xlsx", "S", 5)
    assert column_letter(16383) == "XFD"


def test_every_problem_has_a_slug_and_sentences_of_its_own() -> None:
    for code, kind in PROBLEMS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert kind.code == code
        assert kind.message.endswith((".", "?", "}"))
        assert kind.fix.endswith((".", ".{proposal}"))
        assert kind.meaning.endswith(".")
    assert len({kind.message for kind in PROBLEMS.values()}) == len(PROBLEMS)


def test_why_somebody_is_out_is_a_legal_standing_in_words_or_what_was_written() -> None:
    assert out_reason("cltn") == STATUS_LABELS["cltn"]
    assert (out_reason("Pejabat lembaga nonstruktural"), out_reason(None)) == ("Pejabat lembaga nonstruktural", "")
    assert [is_standing(one) for one in ("cltn", "Pejabat lembaga nonstruktural", None)] == [True, False, False]


def test_json_without_steering_characters_stays_as_it_is() -> None:
    assert without_steering('{"name": "Budi"}') == '{"name": "Budi"}'
