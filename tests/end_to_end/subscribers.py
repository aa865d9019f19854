"""Real podcast clients as subscribers: each looks at a feed, and takes what is new."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.end_to_end.listening import client, downloaded

__all__ = ["Gpodder", "Newsboat", "Podget", "Subscriber"]


class Subscriber(Protocol):
    """A client with a home of its own."""

    def look(self) -> set[str]:
        """Look at the feed and take what is new; everything it ever took.

        By address, or by the SHA-256 of the file.
        """
        ...


@dataclass(frozen=True, slots=True)
class Gpodder:
    """gPodder, by its command line ``gpo``."""

    home: Path
    feed_url: str

    def look(self) -> set[str]:
        """Files that it has."""
        if not self.home.exists():
            settings = self.home / "gPodder/Settings.json"
            settings.parent.mkdir(parents=True)
            settings.write_text(json.dumps({"ui": {"cli": {"colors": False}}}))
            self._gpo("subscribe", self.feed_url)
        self._gpo("update", self.feed_url)
        self._gpo("download", self.feed_url)
        return downloaded(self.home)

    def _gpo(self, *words: str) -> None:
        _run(("gpo", "-q", *words), home=self.home)


@dataclass(frozen=True, slots=True)
class Newsboat:
    """newsboat, which hands every new recording to podboat's queue."""

    home: Path
    feed_url: str

    def look(self) -> set[str]:
        """Addresses that stand in the queue."""
        folder = self.home / ".newsboat"
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / "urls").write_text(f"{self.feed_url}\n")
            (folder / "config").write_text("podcast-auto-enqueue yes\n")
        _run(("newsboat", "-x", "reload"), home=self.home)
        lines = (folder / "queue").read_text().splitlines()
        return {line.split()[0] for line in lines if line}


@dataclass(frozen=True, slots=True)
class Podget:
    """podget, which remembers the addresses that it took."""

    home: Path
    feed_url: str

    def look(self) -> set[str]:
        """Addresses that it remembers."""
        folder, files = self.home / ".podget", self.home / "files"
        command = ("podget", "-d", str(folder))
        if not folder.exists():
            folder.mkdir(parents=True)
            client((*command, "--create-config", "podgetrc"), home=self.home)
            (folder / "serverlist").write_text(f"{self.feed_url} Research Stories\n")
            settings = (folder / "podgetrc").read_text().splitlines()
            kept = [line for line in settings if "MOST_RECENT=" not in line]
            (folder / "podgetrc").write_text("\n".join([*kept, "MOST_RECENT=0", ""]))
        client((*command, "-l", str(files), "-n"), home=self.home)
        return set((files / ".LOG/done").read_text().split())


def _run(command: Sequence[str], *, home: Path) -> None:
    done = client(command, home=home, timeout=60)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
