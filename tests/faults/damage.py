"""What can happen to a file: bytes flipped, cut, lost, doubled; parts inside it damaged and packed again."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.faults.good import Good, packed, parts_of

Hurt = Callable[[bytes, Random], bytes]

_NUMBERS: Final = (b"", b"0", b"-1", b"1e309", b"99999999999999999999", b"1048577", b"4294967296", b"NaN", b"0x10")
_CELLS: Final = (b"XFD1048576", b"A0", b"ZZZZ9", b"A500000", b"AAA1", b"1A", b"A-1", b"")
_INSERTS: Final = (
    b"&xxe;", b"&#0;", b"&#x1F;", b"&", b"<", b">", b"]]>", b"<!--", b"<![CDATA[", b"<?x", b"\x00", b"\xff\xfe",
    b"\xed\xa0\x80", b"<c", b"</row>", b"</sheetData>", b"\xe2\x80\xae", b'"', b"'",
)  # fmt: skip
_DOCTYPE: Final = b'<!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY b "bbbbbbbbbb">]>'
_REFERENCE: Final = re.compile(rb'r="([A-Z]+)(\d+)"')
_TAG: Final = re.compile(rb"<[^<>]{0,2000}>")
_ATTRIBUTE: Final = re.compile(rb'[\w:]+="([^"<>]*)"')
_NUMBER: Final = re.compile(rb"\d+")
_WEIGHTS: Final = (("sheet", 10), ("content.xml", 12), ("sharedstrings", 4), ("workbook", 3), (".rels", 2))


@dataclass(frozen=True)
class Damaged:
    """A workbook after something happened to it.

    `part` is the part inside that was changed, None where the file itself was; `before` and `after` are the content
    of what was changed. `how` tells it in a few words.
    """

    content: bytes
    how: str
    part: str | None
    before: bytes
    after: bytes


def damage(good: Good, rng: Random) -> Damaged:
    """Let one thing, sometimes a second, happen to a workbook."""
    inside = good.content[:2] == b"PK" and rng.random() < 0.7
    if inside:
        return _inside(good.content, rng)
    hurts = dict(_BYTES)
    if good.kind == "csv" or good.name.endswith(".htm.xls"):
        hurts |= _MARKUP
    content, how = _hurt(good.content, hurts, rng)
    return Damaged(content, how, None, good.content, content)


def _hurt(content: bytes, hurts: Mapping[str, Hurt], rng: Random) -> tuple[bytes, str]:
    told = []
    for _ in range(1 if rng.random() < 0.7 else 2):
        name = rng.choice(sorted(hurts))
        told.append(name)
        content = hurts[name](content, rng) if content else content
    return content, ", ".join(told)


def _inside(content: bytes, rng: Random) -> Damaged:
    """Change one part of a packed workbook and pack it again, its check sums right."""
    parts = parts_of(content)
    names = sorted(parts)
    weights = [next((weight for word, weight in _WEIGHTS if word in name.lower()), 1) for name in names]
    name = rng.choices(names, weights)[0]
    before = parts[name]
    if rng.random() < 0.05:
        how = rng.choice(("left out", "renamed", "emptied"))
        after = b""
        if how == "emptied":
            parts[name] = b""
        else:
            held = parts.pop(name)
            if how == "renamed":
                parts[name.upper()] = after = held
        return Damaged(packed(parts), f"{name} {how}", name, before, after)
    hurts = _RECORDS if name.endswith(".bin") else _BYTES | _MARKUP | _MARKUP_AGAIN
    after, how = _hurt(before, hurts, rng)
    parts[name] = after
    return Damaged(packed(parts), f"{name}: {how}", name, before, after)


def _span(content: bytes, rng: Random, most: int) -> tuple[int, int]:
    start = rng.randrange(len(content))
    return start, min(len(content), start + 1 + rng.randrange(most))


def _flip_bit(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _other_bytes(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, 8)
    return content[:start] + rng.randbytes(end - start) + content[end:]


def _cut_end(content: bytes, rng: Random) -> bytes:
    return content[: rng.randrange(len(content))]


def _cut_span(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, rng.choice((1, 16, 600)))
    return content[:start] + content[end:]


def _zero_block(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, rng.choice((4, 64, 512)))
    return content[:start] + bytes(end - start) + content[end:]


def _double_block(content: bytes, rng: Random) -> bytes:
    start, end = _span(content, rng, rng.choice((4, 64, 512)))
    return content[:end] + content[start:]


def _swap_blocks(content: bytes, rng: Random) -> bytes:
    size = min(rng.choice((4, 64, 512)), len(content) // 2)
    if not size:
        return content
    one, other = sorted(rng.sample(range(0, len(content) - size + 1), 2)) if len(content) > size else (0, 0)
    if other < one + size:
        return content
    return (
        content[:one] + content[other : other + size] + content[one + size : other] + content[one : one + size]
        + content[other + size :]
    )  # fmt: skip


def _append(content: bytes, rng: Random) -> bytes:
    return content + rng.randbytes(rng.randrange(1, 400))


def _one_match(pattern: re.Pattern[bytes], content: bytes, rng: Random) -> re.Match[bytes] | None:
    found = list(pattern.finditer(content))
    return rng.choice(found) if found else None


def _replace(pattern: re.Pattern[bytes], values: tuple[bytes, ...], group: int = 0) -> Hurt:
    def hurt(content: bytes, rng: Random) -> bytes:
        match = _one_match(pattern, content, rng)
        if match is None:
            return content
        return content[: match.start(group)] + rng.choice(values) + content[match.end(group) :]

    return hurt


def _cut_tag(content: bytes, rng: Random) -> bytes:
    match = _one_match(_TAG, content, rng)
    if match is None:
        return content
    cut = rng.randint(1, len(match[0]))
    return content[: match.start()] + content[match.start() + cut :]


def _double_tag(content: bytes, rng: Random) -> bytes:
    match = _one_match(_TAG, content, rng)
    return content if match is None else content[: match.end()] + content[match.start() :]


def _swap_tags(content: bytes, rng: Random) -> bytes:
    one, other = _one_match(_TAG, content, rng), _one_match(_TAG, content, rng)
    if one is None or other is None or one.end() > other.start():
        return content
    return content[: one.start()] + other[0] + content[one.end() : other.start()] + one[0] + content[other.end() :]


def _explode(content: bytes, rng: Random) -> bytes:
    match = _one_match(_NUMBER, content, rng)
    if match is None:
        return content
    return content[: match.end()] + b"9" * rng.choice((1, 3, 9, 40, 400)) + content[match.end() :]


def _insert(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(_INSERTS) + content[at:]


def _declare_entities(content: bytes, rng: Random) -> bytes:
    end = content.find(b"?>") + 2
    text = content[:end] + _DOCTYPE + content[end:]
    at = rng.randrange(len(text))
    close = text.find(b">", at) + 1
    return text[:close] + b"&b;" + text[close:]


def _far_cell(content: bytes, rng: Random) -> bytes:
    match = _one_match(_REFERENCE, content, rng)
    if match is None:
        return _explode(content, rng)
    return content[: match.start(1)] + rng.choice(_CELLS) + content[match.end(2) :]


def _other_row(content: bytes, rng: Random) -> bytes:
    """A row that says it is another."""
    match = _one_match(re.compile(rb'<row [^<>]*?\br="(\d+)"'), content, rng)
    if match is None:
        return content
    number = str(max(1, int(match[1]) + rng.choice((-3, -1, 1, 2, 40)))).encode()
    return content[: match.start(1)] + number + content[match.end(1) :]


def _other_encoding(content: bytes, rng: Random) -> bytes:
    name = rng.choice((b"utf-16", b"latin-1", b"utf-7", b"nonsense"))
    return re.sub(rb"^<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="' + name + b'"?>', content)


def _record_length(content: bytes, rng: Random) -> bytes:
    """A length of four bytes somewhere in a binary part that says something else."""
    if len(content) < 5:
        return content
    at = rng.randrange(len(content) - 4)
    return (
        content[:at] + rng.choice((b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"\xff\xff\x00\x00")) + content[at + 4 :]
    )


_BYTES: Final[dict[str, Hurt]] = {
    "a bit flipped": _flip_bit,
    "other bytes": _other_bytes,
    "end cut off": _cut_end,
    "a span cut out": _cut_span,
    "a block of zeros": _zero_block,
    "a block twice": _double_block,
    "two blocks swapped": _swap_blocks,
    "bytes appended": _append,
}
_RECORDS: Final[dict[str, Hurt]] = _BYTES | {"a length exploded": _record_length}
_MARKUP: Final[dict[str, Hurt]] = {
    "a tag cut": _cut_tag,
    "a tag twice": _double_tag,
    "two tags swapped": _swap_tags,
    "a number exploded": _explode,
    "something inserted": _insert,
}
_MARKUP_AGAIN: Final[dict[str, Hurt]] = {
    "an attribute changed": _replace(_ATTRIBUTE, _NUMBERS + _CELLS + (b"s", b"t", b"inlineStr", b"e", b"b"), 1),
    "a number changed": _replace(_NUMBER, _NUMBERS),
    "entities declared": _declare_entities,
    "a cell moved far": _far_cell,
    "a row with another number": _other_row,
    "another encoding declared": _other_encoding,
}


def fingerprint(content: bytes) -> str:
    """A short name for a content, to see that a case is the same again."""
    return f"{zlib.crc32(content):08x}"
