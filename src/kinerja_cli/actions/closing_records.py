"""The closing record of a period: its fingerprint and the head of the chain in a file, to be kept elsewhere."""

import json
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli import __version__
from kinerja_cli.actions.lookup import require_period
from kinerja_cli.domain.anchors import Anchor
from kinerja_cli.domain.text import without_steering
from kinerja_cli.files import atomic_path, make_folder
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import closed_last, last_closing
from kinerja_cli.storage.store.periods import Counts, count_ratings
from kinerja_cli.storage.store.settings import load_settings

FORM = "kinerja-closing-1"
"""What a closing record calls itself."""


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


def write_record(record: ClosingRecord, *, anew: bool) -> None:
    """Write a closing record; one that lies there already is left alone unless it is asked for `anew`.

    Raises OSError as the system gives it.
    """
    if record.path.exists() and not anew:
        return
    if not anew:
        make_folder(record.path.parent)
    with atomic_path(record.path) as draft:
        draft.write_text(record.text, encoding="utf-8", newline="\n")
