"""Rating workbooks are known again, row by row, and whatever was done to them is told."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.ratings import RatingsRead, read_ratings
from kinerja_cli.domain.regulation import load_regulation
from kinerja_cli.domain.rows import Row
from kinerja_cli.domain.seals import (
    SHEET,
    TEMPLATE,
    Identity,
    Stamp,
    agency_mark,
    is_stamped,
    read_seal,
    read_stamp,
    row_key,
    seal_row,
)
from kinerja_cli.domain.sent_sheets import Person, Roll, examine_sheet
from kinerja_cli.domain.sheet_feedback import read_sheet_feedback, read_tone
from tests.domain.made import BUDI, SARI, TONO, sheet

HERE = Identity(agency_mark("ab" * 32), "2026-Q1")
PEOPLE = {BUDI: Person(BUDI, "BUDI", "STAF"), SARI: Person(SARI, "SARI", "")}
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30)


def sealed(
    nip: str = BUDI, hasil: str | None = "sesuai", note: str = "", *, identity: Identity = HERE, **changes: str | None
) -> dict[str, str | None]:
    """A row as it was sent, with what was changed since."""
    key = row_key(identity, nip)
    person = PEOPLE[nip]
    seal = seal_row(key, person.name, person.position, (hasil, hasil, None, None, None), note)
    row = {"nip": nip, "name": person.name, "position": person.position, "hasil": hasil, "perilaku": hasil}
    return {**row, "note": note, "row_key": key, "row_seal": seal, **changes}


def plain(nip: str = BUDI, hasil: str | None = "sesuai", note: str = "") -> dict[str, str | None]:
    """A row without marks."""
    return sealed(nip, hasil, note, row_key=None, row_seal=None)


def read(*sheets: list[Row]) -> RatingsRead:
    """What sheets of ratings come to."""
    rows = [row for rows in sheets for row in rows]
    return read_ratings(rows, load_regulation("permenpanrb-6-2022"), peer_opinion=False, identity=HERE)


def told(found: RatingsRead) -> list[str]:
    """The codes of what was odd."""
    return [problem.code for problem in found.problems]


def examined(*rows: dict[str, str | None], keys: tuple[str, ...] | None = None) -> list[str]:
    """The codes of what is odd about a sheet that was sent with these keys."""
    made = sheet(*rows)
    stamp = None if keys is None else Stamp(SHEET, HERE.agency, HERE.period, keys=keys)
    return [one.code for one in examine_sheet(made[0].source, made, stamp, Roll(HERE, PEOPLE)).problems]


@given(unit=TEXTS, code=TEXTS, count=st.integers(0, 1_000))
def test_a_stamp_is_read_as_it_was_written(unit: str, code: str, count: int) -> None:
    keys = tuple(row_key(HERE, str(number)) for number in range(count))
    stamp = Stamp(SHEET, HERE.agency, HERE.period, code, unit, "2026-04-01", keys)
    again = read_stamp(stamp.facts())
    assert again is not None
    assert again == replace(stamp, unit_code=again.unit_code, unit=again.unit)
    assert again.unit == " ".join(again.unit.split())


def test_a_stamp_that_was_changed_is_none() -> None:
    facts = Stamp(TEMPLATE, HERE.agency).facts()
    assert read_stamp(facts) == Stamp(TEMPLATE, HERE.agency)
    for name in facts:
        assert read_stamp(facts | {name: "x"}) is None
    assert read_stamp({}) is None
    assert is_stamped(facts | {"agency": "x"})
    assert not is_stamped({"document": "letter"})


def test_keys_differ_by_agency_period_and_person() -> None:
    keys = {
        row_key(identity, nip)
        for identity in (HERE, replace(HERE, agency="x"), replace(HERE, period="2026-Q2"))
        for nip in (BUDI, SARI)
    }
    assert len(keys) == 6


@pytest.mark.parametrize("spoil", [lambda seal: seal[:-1] + "x", lambda seal: seal.replace("s1", "s2"), lambda _: ""])
def test_a_seal_holds_for_its_own_row_alone(spoil: Callable[[str], str]) -> None:
    key = row_key(HERE, BUDI)
    seal = seal_row(key, "BUDI", "STAF", (None,) * 5, "")
    assert read_seal(key, seal) is not None
    assert read_seal(row_key(HERE, SARI), seal) is None
    assert read_seal(key, spoil(seal)) is None


def test_a_sheet_as_it_was_sent_has_nothing_odd() -> None:
    keys = (row_key(HERE, BUDI), row_key(HERE, SARI))
    assert examined(sealed(), sealed(SARI, None), keys=keys) == []
    assert examined(sealed(), plain(SARI)) == []
    assert examined({**plain(), "nip": TONO}, keys=keys[:0]) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "BUDIMAN"}, "locked-changed"),
        ({"position": None}, "locked-changed"),
        ({"nip": SARI}, "nip-changed"),
        ({"nip": TONO}, "nip-changed"),
        ({"row_key": None}, "row-pasted"),
        ({"row_key": "k000000000000"}, "row-pasted"),
        ({"row_seal": "s1"}, "row-pasted"),
        ({"nip": None}, "rows-gone"),
        ({"nip": "1.98501E+17"}, None),
        ({"nip": " 19850115 201001 1 001 ", "hasil": "diatas"}, None),
    ],
)
def test_what_was_done_to_a_row_is_told(changes: dict[str, str | None], code: str | None) -> None:
    found = examined(sealed() | changes, keys=(row_key(HERE, BUDI),))
    assert found == ([] if code is None else [code])


def test_many_people_gone_are_named_in_part() -> None:
    nips = [f"19850115201001{n:04}" for n in range(1001, 1013)]
    people = {nip: Person(nip, f"ORANG {nip[-2:]}", "") for nip in nips}
    stamp = Stamp(SHEET, HERE.agency, HERE.period, keys=(*(row_key(HERE, nip) for nip in nips), "kffffffffffff"))
    source = sheet(plain())[0].source
    (problem,) = examine_sheet(source, (), stamp, Roll(HERE, people)).problems
    assert problem.message.endswith("ORANG 10, … (13).")


def test_an_entry_knows_whether_somebody_touched_it() -> None:
    (entry,) = read(sheet(sealed(note="Rajin"))).entries
    assert (entry.rated_as_sent, entry.noted_as_sent) == (True, True)
    (entry,) = read(sheet(sealed(hasil="sesuai", note="Rajin", perilaku="diatas"))).entries
    assert (entry.rated_as_sent, entry.noted_as_sent) == (False, True)
    elsewhere = replace(HERE, agency="x")
    (entry,) = read(sheet(sealed(identity=elsewhere))).entries
    assert (entry.sent, entry.rated_as_sent, entry.noted_as_sent) == (None, False, False)


def test_of_several_copies_what_was_filled_in_is_taken() -> None:
    touched = sealed(perilaku="diatas", hasil="sesuai")
    found = read(sheet(sealed()), sheet(touched, name="T"))
    assert ([one.perilaku for one in found.entries], told(found)) == (["diatas"], ["rated-in-one"])
    found = read(sheet(sealed()), sheet(sealed(hasil="dibawah"), name="T"))
    assert (len(found.entries), told(found)) == (1, [])
    found = read(sheet(touched), sheet(touched, name="T"), sheet(plain(hasil=None), name="U"))
    assert (len(found.entries), told(found)) == (1, ["rated-in-one", "duplicate-row"])
    found = read(sheet(touched), sheet(sealed(perilaku="dibawah"), name="T"))
    assert (found.entries, found.rejected, told(found)) == ((), 2, ["duplicate-conflict"] * 2)


def test_a_note_may_stand_in_another_copy() -> None:
    for first, second in ((sealed(), plain(note="Rajin")), (plain(), plain(note="Rajin"))):
        (entry,) = read(sheet(first), sheet(second, name="T")).entries
        assert (entry.note, entry.noted_as_sent) == ("Rajin", False)
    (entry,) = read(sheet(sealed(perilaku="diatas")), sheet(sealed(note="Rajin"), name="T")).entries
    assert (entry.perilaku, entry.note, entry.noted_as_sent, entry.rated_as_sent) == ("diatas", "Rajin", True, False)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (sealed(perilaku=None) | {"hasil": None}, ["entry-emptied"]),
        (sealed(note="Rajin") | {"note": None}, ["entry-emptied"]),
        (sealed(hasil=None) | {"note": "Cuti"}, ["note-alone"]),
        (sealed(hasil=None, note="Cuti"), []),
        (plain(hasil=None, note="Cuti"), []),
    ],
)
def test_what_was_emptied_or_left_half_done_is_told(row: dict[str, str | None], codes: list[str]) -> None:
    assert told(read(sheet(row))) == codes


@pytest.mark.parametrize(
    ("written", "tone", "text"),
    [
        ("Netral", "neutral", "Netral"),
        ("POSITIF – ramah", "positive", "ramah"),
        ("Catatan: baik", None, "Catatan: baik"),
        ("Positif:", None, "Positif:"),
        ("baris\n satu ", None, "baris\nsatu"),
    ],
)
def test_tones_of_feedback(written: str, tone: str | None, text: str) -> None:
    assert read_tone(written) == (tone, text)


def test_feedback_is_read_once_for_each_person_value_and_words() -> None:
    rows = sheet(
        {"nip": BUDI, "feedback_loyal": "Setia", "feedback_harmonis": " - "},
        {"nip": BUDI, "feedback_loyal": "Setia", "feedback_harmonis": "Setia"},
        {"nip": "x", "feedback_loyal": "Setia"},
    )
    assert [(one.aspect.value, one.number, one.place().column) for one in read_sheet_feedback(rows)] == [
        ("loyal", 2, "B"),
        ("harmonis", 3, "C"),
    ]
