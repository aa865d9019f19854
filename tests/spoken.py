"""A recording in which somebody speaks, and a model that listens to it."""

from pathlib import Path

PROJECT = Path(__file__).parent.parent
SPEECH = PROJECT / "episodes/parenting-programme/audio.mp3"


class Heard:
    """A progress that keeps what it hears."""

    def __init__(self) -> None:
        self.totals: dict[str, tuple[int, str]] = {}
        self.done: dict[str, int] = {}
        self.finished: list[str] = []

    def start(self, phase: str, total: int, unit: str) -> None:
        self.totals[phase] = total, unit

    def advance(self, phase: str, amount: int) -> None:
        self.done[phase] = self.done.get(phase, 0) + amount

    def finish(self, phase: str) -> None:
        self.finished.append(phase)
