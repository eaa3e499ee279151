"""The container of old Excel files: one stream out of the many small disks within the file."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

_END: Final = 0xFFFFFFFA
"""From here on sector numbers are marks: the end of a chain, a free sector, the table itself."""

_ENTRY: Final = 128
_HEADER_LINKS: Final = 109


class Compound:
    """A compound file that has been read whole; anything broken in it raises ValueError, IndexError or struct.error."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(unpack_from("<H", data, 30)[0], 20)
        self._small = 1 << min(unpack_from("<H", data, 32)[0], 20)
        directory, self._cutoff, small_table = unpack_from("<I4xII", data, 48)
        links, count = unpack_from("<II", data, 68)
        tables = list(unpack_from(f"<{_HEADER_LINKS}I", data, 76))
        for _link in range(min(count, len(data) // self._size)):
            *more, links = self._numbers(links)
            tables += more
        self._next = [number for table in tables if table < _END for number in self._numbers(table)]
        self._small_next: list[int] = []
        for sector in self._chain(small_table, self._next):
            self._small_next += self._numbers(sector)
        self._entries = b"".join(map(self._sector, self._chain(directory, self._next)))
        self._streams: bytes | None = None

    def stream(self, *names: str) -> bytes:
        """The content of the first of these streams that there is; nothing where there is none."""
        for start, size, name, _kind in self._directory():
            if name in names:
                if size >= self._cutoff:
                    return b"".join(map(self._sector, self._chain(start, self._next)))[:size]
                return self._small_stream(start)[:size]
        return b""

    def _small_stream(self, start: int) -> bytes:
        if self._streams is None:
            first = next((begin for begin, _size, _name, kind in self._directory() if kind == 5), _END)
            self._streams = b"".join(map(self._sector, self._chain(first, self._next)))
        size = self._small
        return b"".join(
            self._streams[sector * size : (sector + 1) * size] for sector in self._chain(start, self._small_next)
        )

    def _directory(self) -> Iterator[tuple[int, int, str, int]]:
        """Where each stream starts, how long it is, its name and its kind."""
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            length, kind = unpack_from("<HB", self._entries, at + 64)
            start, size = unpack_from("<II", self._entries, at + 116)
            name = self._entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield start, size, name, kind

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return unpack_from(f"<{self._size // 4}I", self._sector(sector))

    def _chain(self, start: int, links: list[int]) -> Iterator[int]:
        """The sectors of a stream; one that bites its own tail ends when it is longer than the file."""
        for _step in range(len(links)):
            if start >= _END:
                return
            yield start
            start = links[start]
