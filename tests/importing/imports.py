"""An import at a desk of its own, with real parts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from peru_media.model.site import Site
from peru_media.ports import MediaMaker, Workroom
from peru_media.publishing.importing.desk import FeedSource, ImportDesk, Web, Wish
from peru_media.publishing.importing.outcome import Imported, Plan
from peru_media.publishing.importing.planning import plan_import
from peru_media.publishing.importing.story import import_shows
from peru_media.reading import read_site
from peru_media.reading.composing import composed
from peru_media.reading.workroom import FolderRoom
from peru_media.wiring import Quiet
from tests.projects import SITE, write

__all__ = ["BASE", "Project", "tree"]

BASE = "https://media.example.ac.uk"


@dataclass
class Project:
    """A project that shows are imported into."""

    root: Path
    maker: MediaMaker
    web: Web
    room: Callable[[Workroom], Workroom] = field(default=lambda room: room)

    def __post_init__(self) -> None:
        if not (self.root / "feeds").exists():
            write(self.root, {"feeds/site.yaml": SITE.format(base_url=BASE)})

    @property
    def site(self) -> Site:
        site, problems = read_site(self.root)
        assert site is not None
        assert problems == ()
        return site

    def desk(self) -> ImportDesk:
        return ImportDesk(
            site=self.site,
            base_url=BASE,
            web=self.web,
            maker=self.maker,
            room=lambda name: self.room(FolderRoom(self.root, name=name)),
            compose=composed,
            progress=Quiet(),
        )

    def plan(
        self, *sources: str | FeedSource, wish: Wish | None = None, rehearsal: bool
    ) -> tuple[Plan, ...]:
        feeds = [FeedSource(name=s) if isinstance(s, str) else s for s in sources]
        desk, wish = self.desk(), wish or Wish()
        return plan_import(feeds, desk, wish, rehearsal=rehearsal).plans

    def run(
        self, *sources: str | FeedSource, wish: Wish | None = None
    ) -> tuple[Imported, ...]:
        plans = self.plan(*sources, wish=wish, rehearsal=False)
        return import_shows(plans, self.desk(), wish or Wish())

    def again(self, **change: object) -> "Project":
        return replace(self, **change)  # type: ignore[arg-type]  # fields by name


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a project, but for what lies in the room."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".peru-media" not in path.parts
    }
