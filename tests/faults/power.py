"""What the power going out leaves of a folder: replayed from the calls a command made, down to single inodes.

What was synced stays. Of what was written since, each write is lost, half there, torn in sectors, or there; names
made, changed or removed since their folder was last synced are so as far as a random place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

CALLS: Final = (
    "openat,close,lseek,write,pwrite64,sendfile,copy_file_range,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,dup,dup2,dup3,mmap"
)
TRACE: Final = ("-xx", "-s", str(16 << 20), "-e", f"trace={','.join('?' + one for one in CALLS.split(','))}")
"""What strace is told, so that every byte that is written can be read from its log."""

SECTOR: Final = 512
NAMES: Final = ("name", "rename", "link", "unlink")

_CALL: Final = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_AT: Final = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that reached the system: an inode, the names of a folder, or whoever looks on.

    Of a `write`, `data` is what is written at `place`; None cuts the file off there. `begun` and `said` are the start
    of a command and its first word on standard output, and `place` is then its number.
    """

    kind: str
    inode: int = 0
    place: int = 0
    data: bytes | None = None
    folder: Path = Path()
    name: str = ""
    other: str = ""


@dataclass
class Recording:
    """A folder as it was, and everything that commands did to it since."""

    root: Path
    events: list[Event] = field(default_factory=list)
    names: dict[Path, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    _next: int = 1

    @classmethod
    def of(cls, root: Path) -> "Recording":
        """A recording that begins with the folder as it lies there, all of it long synced."""
        recording = cls(root)
        for path in sorted(root.rglob("*")):
            recording.names[path] = recording._next
            recording.contents[recording._next] = b"" if path.is_dir() else path.read_bytes()
            recording._next += 1
        recording._now = dict(recording.names)
        return recording

    def __post_init__(self) -> None:
        self._now: dict[Path, int] = {}

    def add(self, log: Iterable[str], number: int) -> None:
        """Go on with the calls of one command, which ran in the folder."""
        self.events.append(Event("begun", place=number))
        _Reader(self, number).read(log)
        self.events.append(Event("said", place=number))

    def inode(self, path: Path) -> int | None:
        """The inode that bears a name now."""
        return self._now.get(path)

    def new(self, path: Path) -> int:
        """A new inode, and its name."""
        number, self._next = self._next, self._next + 1
        self._now[path] = number
        self.events.append(Event("name", number, folder=path.parent, name=path.name))
        return number

    def named(self, kind: str, path: Path, to: Path | None = None) -> None:
        """A name that is removed, or given to another path."""
        number = self._now[path]
        if kind != "link":
            del self._now[path]
        if to is not None:
            assert to.parent == path.parent, "from one folder to another"
            self._now[to] = number
        self.events.append(
            Event(kind, number, folder=path.parent, name=path.name, other=to.name if to is not None else "")
        )


class _Reader:
    """The log of one command, line by line."""

    def __init__(self, recording: Recording, number: int) -> None:
        self.recording = recording
        self.command = number
        self.open: dict[int, tuple[int, Path]] = {}
        self.at: dict[int, int] = {}
        self.elsewhere: dict[int, Path] = {}

    def read(self, log: Iterable[str]) -> None:
        for line in log:
            assert "unfinished" not in line, line[:200]
            match = _CALL.match(line)
            if match is None or match[3] in ("?", "-1") or match[3].startswith("-"):
                continue
            what = match[1].removesuffix("at2").removesuffix("at") if match[1] != "openat" else "openat"
            handle = getattr(self, f"_{what}", None)
            assert handle is not None, line[:200]
            handle(match[2], int(match[3]))

    def _path(self, text: str) -> Path:
        return self.recording.root / bytes.fromhex(text.replace("\\x", "")).decode()

    def _paths(self, arguments: str) -> list[Path]:
        return [self._path(text) for text in _TEXT.findall(arguments)]

    def _number(self, arguments: str) -> int:
        return int(arguments.split(",")[0])

    def _inside(self, path: Path) -> bool:
        return path.is_relative_to(self.recording.root)

    def _openat(self, arguments: str, result: int) -> None:
        path = self._paths(arguments)[0]
        self.open.pop(result, None)
        self.elsewhere[result] = path
        if path == self.recording.root:
            self.open[result] = (0, path)
        if not self._inside(path) or path == self.recording.root:
            return
        assert "O_APPEND" not in arguments
        number = self.recording.inode(path)
        if number is None:
            number = self.recording.new(path)
        elif "O_TRUNC" in arguments:
            self._event("write", number, 0, None)
        self.open[result] = (number, path)
        self.at[result] = 0

    def _close(self, arguments: str, _result: int) -> None:
        self.open.pop(self._number(arguments), None)

    def _lseek(self, arguments: str, result: int) -> None:
        self.at[self._number(arguments)] = result

    def _write(self, arguments: str, result: int) -> None:
        number = self._number(arguments)
        data = self._data(arguments, result)
        if number == 1:
            self.recording.events.append(Event("said", place=self.command))
        if number in self.open:
            self._event("write", self.open[number][0], self.at[number], data)
            self.at[number] += result

    def _pwrite64(self, arguments: str, result: int) -> None:
        number = self._number(arguments)
        if number in self.open:
            self._event("write", self.open[number][0], int(arguments.rpartition(",")[2]), self._data(arguments, result))

    def _sendfile(self, arguments: str, result: int) -> None:
        into, source = (int(one) for one in arguments.split(",")[:2])
        if into in self.open and result:
            place = _AT.search(arguments)
            start = int(place[1]) if place else 0
            # What is copied from is at rest, so that it can be read now.
            data = self.elsewhere[source].read_bytes()[start : start + result]
            assert len(data) == result
            self._event("write", self.open[into][0], self.at[into], data)
            self.at[into] += result

    def _ftruncate(self, arguments: str, _result: int) -> None:
        number, size = (int(one) for one in arguments.split(","))
        if number in self.open:
            self._event("write", self.open[number][0], size, None)

    def _fsync(self, arguments: str, _result: int) -> None:
        number = self._number(arguments)
        if number in self.open:
            inode, path = self.open[number]
            self.recording.events.append(Event("sync", inode, folder=path))

    _fdatasync = _fsync

    def _rename(self, arguments: str, _result: int) -> None:
        old, new = self._paths(arguments)
        if self._inside(old):
            self.recording.named("rename", old, new)

    def _link(self, arguments: str, _result: int) -> None:
        old, new = self._paths(arguments)
        if self._inside(old):
            self.recording.named("link", old, new)

    def _unlink(self, arguments: str, _result: int) -> None:
        path = self._paths(arguments)[0]
        if self._inside(path):
            self.recording.named("unlink", path)

    def _mkdir(self, arguments: str, _result: int) -> None:
        path = self._paths(arguments)[0]
        if self._inside(path):
            self.recording.new(path)

    def _mmap(self, arguments: str, _result: int) -> None:
        parts = arguments.split(", ")
        assert "MAP_SHARED" not in arguments or int(parts[4]) not in self.open, arguments

    def _dup2(self, arguments: str, _result: int) -> None:
        assert self._number(arguments) not in self.open

    _dup = _dup3 = _dup2

    def _data(self, arguments: str, result: int) -> bytes:
        match = _TEXT.search(arguments)
        assert match is not None
        return bytes.fromhex(match[1].replace("\\x", ""))[:result]

    def _event(self, kind: str, inode: int, place: int, data: bytes | None) -> None:
        self.recording.events.append(Event(kind, inode, place, data))


def outage(recording: Recording, until: int, into: Path, rng: Random) -> None:
    """Lay down, in a folder that does not exist, what is left where the power went out before the event `until`."""
    contents = {number: bytearray(content) for number, content in recording.contents.items()}
    pending: dict[int, list[Event]] = defaultdict(list)
    names = dict(recording.names)
    renamed: dict[Path, list[Event]] = defaultdict(list)
    for event in recording.events[:until]:
        if event.kind == "write":
            pending[event.inode].append(event)
        elif event.kind == "sync":
            _keep(contents.setdefault(event.inode, bytearray()), pending.pop(event.inode, []))
            _name(names, renamed.pop(event.folder, []))
        elif event.kind in NAMES:
            renamed[event.folder].append(event)
    for events in renamed.values():
        _name(names, events[: rng.randint(0, len(events))])
    careless = rng.choice((0.1, 0.5, 0.9))
    for number, events in pending.items():
        _tear(contents.setdefault(number, bytearray()), events, rng, careless)
    _lay_down(recording.root, into, names, contents)


def settled(recording: Recording, into: Path) -> None:
    """Lay down what is left when everything has reached the disk, to be compared with what really lies there."""
    contents = {number: bytearray(content) for number, content in recording.contents.items()}
    names = dict(recording.names)
    for event in recording.events:
        if event.kind == "write":
            _keep(contents.setdefault(event.inode, bytearray()), [event])
        elif event.kind in NAMES:
            _name(names, [event])
    _lay_down(recording.root, into, names, contents)


def _lay_down(root: Path, into: Path, names: dict[Path, int], contents: dict[int, bytearray]) -> None:
    into.mkdir()
    folders = {path.parent for path in names} - {root}
    for path, number in sorted(names.items()):
        place = into / path.relative_to(root)
        if not place.parent.is_dir():
            # The folder itself did not make it to the disk.
            continue
        if path in folders or (root / path).is_dir():
            place.mkdir()
        else:
            place.write_bytes(contents.get(number, b""))


def _name(names: dict[Path, int], events: Iterable[Event]) -> None:
    for event in events:
        path = event.folder / event.name
        if event.kind in ("rename", "unlink"):
            names.pop(path, None)
        if event.kind == "name":
            names[path] = event.inode
        if event.kind in ("rename", "link"):
            names[event.folder / event.other] = event.inode


def _keep(content: bytearray, events: Iterable[Event]) -> None:
    for event in events:
        if event.data is None:
            _cut(content, event.place)
        else:
            _put(content, event.place, event.data)


def _tear(content: bytearray, events: Iterable[Event], rng: Random, careless: float) -> None:
    """Let each write be lost, half there, torn in sectors, or there."""
    for event in events:
        if rng.random() > careless:
            _keep(content, [event])
            continue
        fate = rng.choice(("lost", "half", "torn"))
        if event.data is None or fate == "lost":
            continue
        sectors = range(0, len(event.data), SECTOR)
        kept = sectors[: len(sectors) // 2] if fate == "half" else [one for one in sectors if rng.random() < 0.5]
        for start in kept:
            _put(content, event.place + start, event.data[start : start + SECTOR])


def _cut(content: bytearray, size: int) -> None:
    if size <= len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def _put(content: bytearray, place: int, data: bytes) -> None:
    if place > len(content):
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data
