"""`kinerja staff dossier`: everything held about one person in one file, with its trail."""

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.kept_words import field_words, section_words, table_words, value_words
from kinerja_cli.cli.messages import progress
from kinerja_cli.cli.options import NipArgument, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View

if TYPE_CHECKING:
    from kinerja_cli.actions.dossier import Dossier

_Row = Mapping[str, object]

_LEAST_SAID = frozenset(("span", "id", "nip", "period_code"))
"""Columns that say nothing beside what a line stands under."""


def staff_dossier(
    nip: NipArgument,
    name_givers: Annotated[
        bool,
        typer.Option(
            "--name-givers", help=_("Name also the peers and subordinates who gave feedback; not for the person.")
        ),
    ] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """Show everything held about one person: data, ratings, feedback, objections, and who changed and read what."""
    from kinerja_cli.actions.dossier import dossier

    with progress(_("Looking through the ledger")):
        found = dossier(open_store(), nip, name_givers=name_givers)
    words = section_words()
    notes = [
        _("Put together on {at}.").format(at=found.made_at),
        _("Peers and subordinates who gave feedback are not named; who gave it anonymously is kept nowhere.")
        if not name_givers
        else _("Givers of feedback are named: do not hand this on to the person."),
    ]
    if not found.on_roster:
        notes.insert(0, _("This person is not on the roster; the personal data is what the ledger knew last."))
    view = View(
        _("Dossier of {name} ({nip})").format(name=found.name or "-", nip=found.nip),
        [
            Column("section", _("Part"), labels=dict(words), in_table=False, width=24),
            Column("item", _("Of"), width=30),
            Column("field", _("Field"), width=18),
            Column("value", _("Value"), width=60),
        ],
        list(_lines(found)),
        notes=tuple(notes),
        data=found.as_dict(),
        group=lambda row: words[str(row["section"])],
        people=(found.nip,),
    )
    show(view, output, to)


def _lines(found: "Dossier") -> Iterator[_Row]:
    """A line for each fact, under the part of the dossier that it belongs to."""
    for field, value in found.person.items():
        if value is not None:
            yield _line(found, "person", "", field, value)
    for part, rows in found.parts.items():
        for row in rows:
            yield from _facts(found, part, _item(part, row), row)
    for part, rows in (("feedback_received", found.feedback_received), ("feedback_given", found.feedback_given)):
        for row in rows:
            about = f"{row['name']} ({row['nip']})" if part == "feedback_given" else ""
            item = " · ".join(filter(None, (str(row["given_on"]), about)))
            yield from _facts(found, part, item, {name: row[name] for name in row if name not in ("given_on", "name")})
    tables, fields = table_words(), field_words()
    for row in found.named_in:
        what = f"{tables.get(str(row['table']), str(row['table']))}: {fields.get(str(row['field']), row['field'])}"
        yield {"section": "named_in", "item": row["period"] or "", "field": what, "value": row["rows"]}
    yield from _trail(found)


def _trail(found: "Dossier") -> Iterator[_Row]:
    """What the ledger says: changes old → new, other people's rows, and who read."""
    tables, words = table_words(), field_words()
    for row in found.trail:
        item = _operation(row)
        changes = row["changes"]
        assert isinstance(changes, list)
        for change in changes:
            field = str(change["field"])
            if row["action"] != "changed" and field in _LEAST_SAID:
                continue
            old, new = (_said(found, field, change[which]) for which in ("old", "new"))
            told = {"added": new, "removed": _("removed: {old}").format(old=old)}.get(str(row["action"]))
            named = f"{tables.get(str(row['table']), row['table'])}: {words.get(field, field)}"
            yield {"section": "trail", "item": item, "field": named, "value": told or f"{old} → {new}"}
        if row["reason"]:
            yield {"section": "trail", "item": item, "field": words["reason"], "value": row["reason"]}
    for row in found.mentions:
        yield {
            "section": "mentions",
            "item": _operation(row),
            "field": tables.get(str(row["table"]), row["table"]),
            "value": row["rows"],
        }
    for row in found.reads:
        of = row["of"]
        assert isinstance(of, Mapping)
        chosen = ", ".join(f"{name} {value}" for name, value in of.items())
        what = (str(row["command"]), str(row["file"] or row["form"]), chosen)
        people = _("people: {count}").format(count=row["people"])
        sure = "" if row["certain"] else _("may have been in it")
        yield {
            "section": "reads",
            "item": _operation(row),
            "field": sure or _("was in it"),
            "value": " · ".join(filter(None, (*what, people))),
        }


def _operation(row: _Row) -> str:
    told = _("operation {number}, {at}, {actor}").format(number=row["operation"], at=row["at"], actor=row["actor"])
    return f"{told}, {row['kind']}" if "kind" in row else told


def _facts(found: "Dossier", part: str, item: str, row: _Row) -> Iterator[_Row]:
    for field, value in row.items():
        if value is not None and field not in _LEAST_SAID:
            yield _line(found, part, item, field, value)


def _item(part: str, row: _Row) -> str:
    """What a row is told apart from others by."""
    keys = {
        "appraisals": ("period_code",),
        "documents": ("period_code", "event"),
        "objections": ("period_code", "id"),
        "leads": ("unit_code",),
        "headships": ("unit_code", "ends"),
        "acting": ("unit_code", "starts"),
    }
    return " · ".join(str(row[key]) for key in keys.get(part, ("starts" if "starts" in row else "ends",)))


def _line(found: "Dossier", part: str, item: str, field: str, value: object) -> _Row:
    return {
        "section": part,
        "item": item,
        "field": field_words().get(field, field),
        "value": _said(found, field, value),
    }


def _said(found: "Dossier", field: str, value: object) -> str:
    """A value as people read it: in words, and units by their names."""
    if value is None:
        return "–"
    if field == "unit_code" and value in found.units:
        return f"{found.units[str(value)]} ({value})"
    return value_words(field).get(value, str(value))
