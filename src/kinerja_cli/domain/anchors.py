"""Anchors: what is remembered outside the store of how far its chain went, so that rewriting it can be found.

An anchor is the store's id with the number, the hash and the time of its last operation. A file of anchors is JSON
with the list `anchors`; the closing record of a period and the manifest of a backup hold one as well.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal

from kinerja_cli.domain.json_read import read_json

FORM: Final = "kinerja-anchors-1"
"""What a file of anchors calls itself."""

_HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain at one moment: the store, the number of the last operation, its hash, its time."""

    store_id: str
    sequence: int
    hash: str
    at: str

    def as_dict(self) -> dict[str, str | int]:
        """The keys promised to scripts."""
        return asdict(self)


def read_anchors(text: str) -> list[Anchor] | None:
    """The anchors in a file's text, in their order; None where it is no file with anchors.

    >>> read_anchors('{"store_id": "a", "sequence": 1, "hash": "x", "at": ""}') is None
    True
    """
    found = [_anchor(one) for one in _candidates(read_json(text))]
    whole = [one for one in found if one is not None]
    return whole if found and len(whole) == len(found) else None


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closing record says: which period was closed, and with which fingerprint."""

    period: str
    fingerprint: str


def read_closing(text: str) -> Closing | None:
    """What a file's text says of a closing; None where it is no closing record."""
    content = read_json(text)
    if not isinstance(content, dict):
        return None
    period, fingerprint = content.get("period"), content.get("fingerprint")
    return Closing(period, fingerprint) if isinstance(period, str) and isinstance(fingerprint, str) else None


def write_anchors(anchors: Iterable[Anchor]) -> str:
    """The text of a file of anchors, each on lines of its own for the eye and for `diff`."""
    return json.dumps({"form": FORM, "anchors": [one.as_dict() for one in anchors]}, indent=2) + "\n"


def with_anchor(anchors: Sequence[Anchor], new: Anchor) -> list[Anchor]:
    """The anchors and a new one behind them, unless it is there already."""
    return list(anchors) if new in anchors else [*anchors, new]


@dataclass(frozen=True, slots=True)
class Judged:
    """An anchor beside the store: whether it holds, and if not, the last operation that an anchor vouches for.

    `state` is `holds`, `cut` (the chain ends before it), `rewritten` (another hash), `foreign` (another store), or
    `altered` (the chain fits it, but the period whose closing record it stands in has another fingerprint).
    """

    anchor: Anchor
    state: Literal["holds", "cut", "rewritten", "foreign", "altered"]
    after: int = 0


def judge_anchors(
    anchors: Iterable[Anchor], *, store_id: str | None, end: int, hashes: Mapping[int, str]
) -> list[Judged]:
    """Each anchor beside a store whose chain ends at an operation, and has these hashes where anchors were set."""
    states: list[tuple[Anchor, Literal["holds", "cut", "rewritten", "foreign"]]] = []
    for anchor in anchors:
        if anchor.store_id != store_id:
            states.append((anchor, "foreign"))
        elif anchor.sequence > end:
            states.append((anchor, "cut"))
        else:
            states.append((anchor, "holds" if hashes.get(anchor.sequence) == anchor.hash else "rewritten"))
    vouched = [anchor.sequence for anchor, state in states if state == "holds"]
    return [
        Judged(anchor, state, max((one for one in vouched if one < anchor.sequence), default=0))
        for anchor, state in states
    ]


def _candidates(content: object) -> Iterator[Mapping[str, object]]:
    """What could be an anchor: the entries of a list of anchors, a closing record's head, or the whole content."""
    if not isinstance(content, dict):
        return
    listed, head = content.get("anchors"), content.get("head")
    if isinstance(listed, list):
        yield from (one if isinstance(one, dict) else {} for one in listed)
    elif isinstance(head, dict):
        yield head
    elif isinstance(head, str):
        # The manifest of a backup: as many operations as its last one's number.
        yield content | {"sequence": content.get("operations"), "hash": head, "at": content.get("head_at")}
    else:
        yield content


def _anchor(found: Mapping[str, object]) -> Anchor | None:
    """One anchor, or None where something is missing or of another kind."""
    store_id, sequence, hash_, at = (found.get(key) for key in ("store_id", "sequence", "hash", "at"))
    if not (isinstance(store_id, str) and isinstance(hash_, str) and len(hash_) == _HASH_LENGTH):
        return None
    if not isinstance(sequence, int) or isinstance(sequence, bool) or sequence < 1:
        return None
    return Anchor(store_id, sequence, hash_.lower(), at if isinstance(at, str) else "")
