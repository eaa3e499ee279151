"""The closing record of a period: its fingerprint and the head of the chain in a file, to be kept elsewhere."""

import json
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli import __version__
from kinerja_cli.actions.lookup import require_period
from kinerja_cli.domain.anchors import Anchor
from kinerja_cli.domain.json_read import read_object
from kinerja_cli.domain.text import without_steering
from kinerja_cli.files import atomic_path, make_folder, read_plain, write_new
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import closed_last, last_closing
from kinerja_cli.storage.store.periods import Counts, count_ratings
from kinerja_cli.storage.store.settings import load_settings

FORM = "kinerja-closing-1"
"""What a closing record calls itself."""


_BY_THE_WAY = {"program": None, "agency": None}
"""What a closing record says beside what it proves; both may change while the period stays as it was closed."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a closing record lies; `aside` where something else had its name when it was written."""

    path: Path
    aside: bool


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """Where a closing record belongs, and what stands in it: nothing about any person."""

    path: Path
    text: str


def closing_record(store: Store, period: str, to: Path | None = None) -> ClosingRecord | None:
    """The closing record of a closed period; None while it is open.

    It is written where `to` says, else beside the store under the number of the operation that closed the period.
    """
    with store.reading() as connection:
        stored = require_period(connection, period)
        closing = last_closing(connection, stored.code)
        if stored.is_open or closing is None:
            return None
        settings = load_settings(connection)
        staff, rated, left = count_ratings(connection).get(stored.code, Counts())
    sequence, hash_, at = closing
    content = {
        "form": FORM,
        "program": __version__,
        "agency": settings.get("agency"),
        "period": stored.code,
        "starts": stored.starts,
        "ends": stored.ends,
        "window_ends": stored.window_ends,
        "regulation": stored.regulation_id,
        "appraisals": staff,
        "rated": rated,
        "unrated": staff - rated,
        "left": left,
        "fingerprint": stored.fingerprint,
        "operation": sequence,
        "head": Anchor(settings.get("store_id", ""), sequence, hash_, at).as_dict(),
    }
    folder = store.path.with_name(f"{store.path.name}.manifests")
    return ClosingRecord(
        to or folder / f"{stored.code}-{sequence}.json",
        without_steering(json.dumps(content, ensure_ascii=False, indent=2)) + "\n",
    )


def closings_of_late(store: Store) -> list[str]:
    """The periods whose closing records may be missing, since the run that closed them was killed before the end.

    A run that closes writes them last; as long as nothing but opening and closing was recorded, it may have been it.
    """
    with store.reading() as connection:
        return closed_last(connection)


def write_record(record: ClosingRecord, *, named: bool) -> Written:
    """Write a closing record, over what lies there only where the user has `named` the file.

    Under a name of our own a file that proves the same is left alone. Where anything else bears that name, such as
    the record of a closing that an older backup has taken back since, the record gets the next name that is free.
    Raises OSError as the system gives it.
    """
    path = record.path
    if named:
        with atomic_path(path) as draft:
            draft.write_text(record.text, encoding="utf-8", newline="\n")
        return Written(path, aside=False)
    make_folder(path.parent)
    here, number = path, 1
    while not _proves(here, record):
        if write_new(here, record.text):
            return Written(here, aside=here != path)
        number += 1
        here = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return Written(here, aside=False)


def _proves(path: Path, record: ClosingRecord) -> bool:
    """Whether an ordinary file is this closing record, by whatever version of the program it was written."""
    try:
        kept = read_object(read_plain(path, follow=False))
    except (OSError, UnicodeDecodeError):
        return False
    return kept | _BY_THE_WAY == read_object(record.text) | _BY_THE_WAY
