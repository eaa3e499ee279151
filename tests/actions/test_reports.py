"""Summaries: everybody is counted once, as things stood when the period opened."""

from dataclasses import replace
from datetime import date

import pytest

from kinerja_cli.actions.feedback import add_feedback
from kinerja_cli.actions.moves import missing
from kinerja_cli.actions.periods import open_period
from kinerja_cli.actions.reports import results, staff_report, summary
from kinerja_cli.actions.scores import list_scores, record_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.summary import Group
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import GROUPS
from kinerja_cli.storage.store.staff import change_staff, find_employee
from tests.actions.conftest import TODAY
from tests.builders import ANI, BUDI, CITRA, HEAD

QUARTER = "2026-Q1"


def rate(store: Store, nip: str, hasil: str = "sesuai", perilaku: str = "sesuai") -> None:
    """Record a rating of the quarter."""
    record_score(store, nip, QUARTER, hasil=hasil, perilaku=perilaku, today=TODAY)


def counted(store: Store, by: str) -> list[tuple[str | None, str, int, int]]:
    """Key, label, people and people rated of every group."""
    return [(one.key, one.label, one.staff, one.rated) for one in summary(store, QUARTER, by).groups]


def test_a_summary_by_each_thing(store: Store) -> None:
    rate(store, BUDI)
    rate(store, HEAD, "diatas", "diatas")
    assert counted(store, "unit") == [("U2", "BIDANG PELAYANAN", 3, 1), ("U1", "DINAS KESEHATAN", 1, 1)]
    assert counted(store, "parent") == [("U1", "DINAS KESEHATAN", 4, 2)]
    assert counted(store, "position_type") == [
        ("administrator", "Administrator", 1, 0),
        ("fungsional", "Fungsional", 2, 1),
        ("jpt_pratama", "JPT pratama", 1, 1),
    ]
    assert counted(store, "rank") == [
        ("III/a", "III/a Penata Muda", 1, 1),
        ("III/c", "III/c Penata", 1, 0),
        ("IV/b", "IV/b Pembina Tingkat I", 1, 1),
        ("IX", "IX", 1, 0),
    ]
    assert counted(store, "employment") == [("pns", "PNS", 3, 2), ("pppk", "PPPK", 1, 0)]
    assert counted(store, "sex") == [("P", "Female", 2, 0), ("L", "Male", 2, 2)]


@pytest.mark.parametrize("by", GROUPS)
def test_the_groups_add_up_to_the_whole_period(store: Store, by: str) -> None:
    rate(store, BUDI)
    rate(store, HEAD, "diatas", "diatas")
    found = summary(store, "Triwulan I 2026", by)
    assert (found.period, found.agency, found.by) == (QUARTER, "Kota Contoh", by)
    assert found.total == Group(None, "Total", 4, 2, {"baik": 1, "sangat_baik": 1})
    assert sum(group.staff for group in found.groups) == 4


def test_people_without_a_value_make_a_group_of_their_own(empty: Store) -> None:
    with empty.writing("staff.set") as operation:
        old = find_employee(operation.connection, BUDI)
        assert old is not None
        change_staff(operation, [(old, replace(old, unit_code=None, rank=None, position_type=None))])
    open_period(empty, QUARTER, today=TODAY)
    for by in ("unit", "parent", "rank", "position_type"):
        assert ("", "not given", 1, 0) in counted(empty, by)
    assert [row["unit"] for row in list_scores(empty, QUARTER) if row["nip"] == BUDI] == [None]


def test_units_of_one_name_are_told_apart_by_their_path(empty: Store) -> None:
    set_unit(empty, "U3", name="BIDANG PELAYANAN", since=TODAY, today=TODAY)
    set_employee(empty, CITRA, unit="U3", since=date(2026, 3, 2), today=TODAY)
    open_period(empty, QUARTER, today=TODAY)
    assert [label for _, label, *_rest in counted(empty, "unit")] == [
        "BIDANG PELAYANAN",
        "DINAS KESEHATAN",
        "DINAS KESEHATAN \u203a BIDANG PELAYANAN",
    ]


def test_a_summary_does_not_move_with_the_tree(store: Store) -> None:
    set_unit(store, "U2", name="BIDANG BARU", since=TODAY, today=TODAY)
    set_employee(store, BUDI, unit="U1", since=TODAY, today=TODAY)
    assert counted(store, "unit")[0] == ("U2", "BIDANG PELAYANAN", 3, 0)


def test_an_unknown_grouping_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(KinerjaError) as refused:
        summary(store, QUARTER, "height")
    assert refused.value.exit == Exit.USAGE
    assert "position_type" in refused.value.hint


def test_results_are_everybodys_ratings(store: Store) -> None:
    assert results(store, QUARTER) == list_scores(store, QUARTER)
    assert [row["nip"] for row in results(store, QUARTER, unit="U2")] == [ANI, BUDI, CITRA]


def test_who_owes_a_rating_by_assessor_and_those_of_the_region_head_last(store: Store) -> None:
    rate(store, BUDI)
    assert [(row["assessor_nip"], row["assessor"], row["nip"]) for row in missing(store, QUARTER, as_of=TODAY)] == [
        (ANI, "ANI LESTARI", CITRA),
        (HEAD, "SURYA DARMA", ANI),
        (None, "Kepala Daerah", HEAD),
    ]
    assert [row["nip"] for row in missing(store, QUARTER, as_of=TODAY, unit="U2")] == [CITRA, ANI]
    first = missing(store, QUARTER, as_of=TODAY)[0]
    assert list(first)[:7] == ["assessor_nip", "assessor", "nip", "name", "unit_code", "unit", "position"]


def test_a_persons_history_has_periods_and_feedback(store: Store) -> None:
    rate(store, BUDI)
    add_feedback(store, BUDI, giver="rekan", text="Rajin", today=date(2026, 4, 2))
    found = staff_report(store, BUDI)
    assert (found.nip, found.name, found.rank) == (BUDI, "BUDI", "III/a")
    assert [(row["period"], row["predikat"]) for row in found.periods] == [(QUARTER, "baik")]
    assert [row["text"] for row in found.feedback] == ["Rajin"]
