"""Put mutated files to the whole machine: probed, heard and copied by real children.

``make fuzz`` tries 20,000 and prints what happened; the tests try some hundreds.
"""

import os
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from peru_media.errors import MediaError
from peru_media.media.listening import has_sound
from peru_media.media.maker import Maker
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts, FileKind
from peru_media.model.files import DefaultsField, MediaField
from tests.media.mutations import Mutation, mutated, seeds

__all__ = ["MOST_MEMORY", "MOST_SECONDS", "Record", "children", "spent", "tried"]

MOST_SECONDS = 10.0
MOST_MEMORY = 512 << 20
WORKER = b"peru_media.media.worker"
LONGEST_SENTENCE = 250
TAGS = CopyTags(title="The night train", album="Personalisation", guid="g-1")
PEAKS = re.compile(r"Vm(?:HWM|Peak):\s+(\d+) kB")
UNSPOKEN = re.compile(r"Error|Traceback|Exception|0x|errno", re.IGNORECASE)
ENDS = {
    "broke down": "break down",
    "out of memory": "more memory than",
    "out of processor time": "of computing",
    "out of time": "took longer",
}


@dataclass(slots=True)
class Record:
    """What happened to many files.

    Attributes:
        forms, verbs: how many of each, and ``refused``, how many by a sentence.
        ends: how often a child ended over a file, by how.
        slowest: seconds on the clock, and for which verb and file; computed: the
            most seconds of processor time for an answer.
        memory: bytes: most that a child held, most address space it asked for.
        wrong: what must not happen, in words.
        sentences: each refusal that was heard, and how often.
    """

    forms: Counter[str] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    ended: list[tuple[str, int]] = field(default_factory=list)
    slowest: tuple[float, str, int] = (0.0, "", -1)
    computed: float = 0.0
    memory: tuple[int, int] = (0, 0)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Record") -> None:
        """Take in what happened elsewhere."""
        self.forms += other.forms
        self.verbs += other.verbs
        self.refused += other.refused
        self.ends += other.ends
        self.sentences += other.sentences
        self.ended += other.ended
        self.wrong += other.wrong
        self.slowest = max(self.slowest, other.slowest)
        self.computed = max(self.computed, other.computed)
        held, asked = self.memory
        self.memory = max(held, other.memory[0]), max(asked, other.memory[1])

    def __str__(self) -> str:
        forms = ", ".join(f"{name} {count}" for name, count in self.forms.items())
        verbs = ", ".join(
            f"{count:,} {name} ({self.refused[name]:,} refused)"
            for name, count in self.verbs.items()
        )
        ends = ", ".join(f"{count} {name}" for name, count in self.ends.items())
        seconds, verb, number = self.slowest
        held, asked = (size / (1 << 20) for size in self.memory)
        return (
            f"{self.forms.total():,} files ({forms}): {verbs}; "
            f"slowest answer {seconds:.2f} s ({verb} of number {number}), "
            f"most computing {self.computed:.2f} s, "
            f"largest child {held:.0f} MB of {asked:.0f} MB address space; "
            f"children that ended: {ends or 'none'}; wrong: {len(self.wrong)}"
        )


def tried(numbers: Iterable[int], *, seed: int) -> Record:
    """Try the mutated files of these numbers, one by one."""
    record = Record()
    with tempfile.TemporaryDirectory() as name, _said_aloud(record):
        folder = Path(name)
        whole = seeds(folder)
        with Maker(cache={}, copies=folder / "copies", workers=1) as maker:
            for number in numbers:
                one = mutated(whole, seed=seed, number=number)
                _Trial(folder / one.name, number, maker, record).run(one)
    return record


def children() -> list[int]:
    """The readers of media files that this process has started and that still run."""
    told = (path.read_text() for path in Path("/proc/self/task").glob("*/children"))
    pids = [int(pid) for line in told for pid in line.split()]
    return [pid for pid in pids if WORKER in Path(f"/proc/{pid}/cmdline").read_bytes()]


def spent(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _computed() -> float:
    """Seconds of processor time of all children, also of those that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(spent(child) for child in children())


@contextmanager
def _said_aloud(record: Record) -> Iterator[None]:
    """Hear what children say on stderr, which nobody hears otherwise."""
    with (
        tempfile.TemporaryFile() as said,
        patch.object(subprocess, "DEVNULL", said.fileno()),
    ):
        yield
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
        if "Traceback" in text:
            record.wrong.append(text[text.index("Traceback") :][:2000])


@dataclass(frozen=True, slots=True)
class _Trial:
    path: Path
    number: int
    maker: Maker
    record: Record

    def run(self, one: Mutation) -> None:
        self.path.write_bytes(one.data)
        before = self.path.stat()
        self.record.forms[one.form] += 1
        try:
            self._all_verbs()
        except Exception as error:  # noqa: BLE001 - that is what must not happen
            self._wrong(f"{type(error).__name__}: {error}")
        after = self.path.stat()
        changed = (before.st_mtime_ns, before.st_size, before.st_ino)
        if changed != (after.st_mtime_ns, after.st_size, after.st_ino):
            self._wrong("the master was touched")
        if self.path.read_bytes() != one.data:
            self._wrong("the master was changed")

    def _all_verbs(self) -> None:
        with self._timed("probed"):
            facts = self.maker.facts([self.path])[self.path]
            self._hear_sentence("probed", facts.fault)
        if facts.fault:
            return
        if has_sound(facts):
            with self._timed("heard"):
                heard = self.maker.hear({self.path: facts})[self.path]
                self._hear_sentence("heard", heard.fault)
            if heard.fault:
                return
        with self._timed("copied"):
            self._copy(facts)

    def _copy(self, facts: FileFacts) -> None:
        try:
            if facts.kind is FileKind.PICTURE:
                copy = self.maker.picture(self.path)
            else:
                copy = self.maker.copy(self._recipe(facts))
        except MediaError as error:
            self._hear_sentence("copied", str(error).removeprefix(f"{self.path}: "))
        else:
            copy.unlink()

    def _recipe(self, facts: FileFacts) -> CopyRecipe:
        return CopyRecipe(
            master=str(self.path),
            master_sha256=facts.sha256,
            media_type=facts.media_type,
            tags=TAGS.model_copy(update={"chapters": facts.chapters}),
            settings=encoding_of(facts, DefaultsField(), MediaField()),
        )

    @contextmanager
    def _timed(self, verb: str) -> Iterator[None]:
        self.record.verbs[verb] += 1
        began, before = time.monotonic(), _computed()
        yield
        took, computed = time.monotonic() - began, _computed() - before
        self.record.slowest = max(self.record.slowest, (took, verb, self.number))
        self.record.computed = max(self.record.computed, computed)
        if computed > MOST_SECONDS:
            self._wrong(f"{verb} in {computed:.1f} s of computing")
        self._weigh()

    def _hear_sentence(self, verb: str, fault: str | None) -> None:
        if fault is None:
            return
        self.record.refused[verb] += 1
        self.record.sentences[fault] += 1
        for name, words in ENDS.items():
            if words in fault:
                self.record.ends[name] += 1
                self.record.ended.append((f"{verb}: {name}", self.number))
        whole = fault.endswith((".", "?")) and fault.isprintable()
        if not whole or UNSPOKEN.search(fault) or len(fault) > LONGEST_SENTENCE:
            self._wrong(f"no sentence for people: {fault!r}")

    def _weigh(self) -> None:
        """Look how large the children are; the kernel keeps their highest marks."""
        for child in children():
            status = Path(f"/proc/{child}/status").read_text()
            asked, held = (int(kb) << 10 for kb in PEAKS.findall(status))
            most, widest = self.record.memory
            self.record.memory = max(most, held), max(widest, asked)
            if max(asked, held) > MOST_MEMORY:
                self._wrong(f"a child of {max(asked, held) >> 20} MB")

    def _wrong(self, what: str) -> None:
        self.record.wrong.append(f"number {self.number} ({self.path.suffix}): {what}")
