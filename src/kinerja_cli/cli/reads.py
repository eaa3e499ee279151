"""Record who took people's data out of the store: files always, lists in a pipe from a handful of people on."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.cli.messages import warn
from kinerja_cli.cli.state import session
from kinerja_cli.domain.nip import without_numbers
from kinerja_cli.domain.read_problems import UNRECORDED
from kinerja_cli.errors import KinerjaError, Place

if TYPE_CHECKING:
    from kinerja_cli.cli.views import View

IN_BULK = 5
"""Fewer people on standard output are looked up, not listed: recording that would bury what matters."""

_PORTION = 1 << 20


def note_list(view: "View", form: str) -> None:
    """Record that people are about to be listed on standard output, where nobody looks at it but a program."""
    people = view.whose
    if len(people) < IN_BULK or sys.stdout.isatty():
        return
    _record("read.list", form, people, view.of)


def note_file(view: "View", written: Path) -> None:
    """Record that people's data was written to a file."""
    if view.whose:
        note_files([written], view.whose, view.of)


def note_files(written: Sequence[Path], people: Sequence[str], of: Mapping[str, str | None]) -> None:
    """Record that people's data was written to files; the hash is that of the file, or of the list of their hashes."""
    if session.store is None or not written or not people:
        return
    hashes = [_sha256(path) for path in written]
    if len(written) == 1:
        name, sha256 = written[0].name, hashes[0]
    else:
        name = f"{written[0].parent.name}/ ({len(written)})"
        lines = "".join(f"{one}  {path.name}\n" for one, path in zip(hashes, written, strict=True))
        sha256 = hashlib.sha256(lines.encode()).hexdigest()
    _record("read.export", written[0].suffix.lower().lstrip("."), people, of, without_numbers(name), sha256)


def _record(
    kind: str,
    form: str,
    people: Sequence[str],
    of: Mapping[str, str | None],
    file: str | None = None,
    sha256: str | None = None,
) -> None:
    """Keep it in the ledger; where that cannot be done just now, reading goes on with a warning."""
    if session.store is None:
        return
    from kinerja_cli.storage.store.reads import Reading, note_read

    chosen = {name: without_numbers(value) for name, value in of.items() if value}
    reading = Reading(session.command, form, people, chosen, file, sha256)
    try:
        with session.store.impatient().writing(kind) as operation:
            note_read(operation, reading)
    except (KinerjaError, OSError) as error:
        warn(UNRECORDED.at(Place(), reason=str(error)))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while portion := file.read(_PORTION):
            digest.update(portion)
    return digest.hexdigest()
