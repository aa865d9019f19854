"""Whatever is edited, published, brought back and collected, in whatever order."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from peru_media.media.maker import Maker
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.history import releases
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.reach import reach
from peru_media.publishing.rollback import prepare_rollback
from peru_media.reading import read_site
from tests.newsroom import Newsroom
from tests.projects import write_project

NUMBERS = st.integers(1, 3)
PUBLISHED, DRAFT = "publish: 2026-03-03 09:00", "publish: draft"


class Undo(RuleBasedStateMachine):
    """Staff at work; a subscriber looks after each step."""

    maker: Maker

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        root = Path(folder) / "project"
        write_project(root, episodes=3)
        self.room = Newsroom(root, self.maker)
        self.guids: dict[str, str] = {}
        self.firsts: dict[str, object] = {}

    def teardown(self) -> None:
        self.stack.close()

    def _page(self, number: int) -> Path:
        return self.room.root / f"episodes/story-{number}/episode.md"

    @rule(number=NUMBERS, word=st.sampled_from(["One", "Two"]))
    def rename(self, number: int, word: str) -> None:
        page = self._page(number)
        lines = page.read_text().splitlines(keepends=True)
        named = [f"title: {word}\n" if "title:" in one else one for one in lines]
        page.write_text("".join(named))

    @rule(number=NUMBERS)
    def take_down_or_put_up(self, number: int) -> None:
        page = self._page(number)
        text = page.read_text()
        old, new = (PUBLISHED, DRAFT) if PUBLISHED in text else (DRAFT, PUBLISHED)
        page.write_text(text.replace(old, new))

    @rule(days=st.sampled_from([0.1, 2, 9]))
    def wait(self, days: float) -> None:
        self.room.clock.advance(timedelta(days=days))

    @rule()
    def publish(self) -> None:
        publish(self.room.prepare(max_delete=99), self.room.desk())

    @precondition(lambda self: read_live(self.room.store, {}).number > 0)
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        known = releases(read_live(self.room.store, {}))
        left = {one.number: one.source() for one in known}
        wanted = data.draw(st.sampled_from(sorted(left)))
        site, read = read_site(self.room.root)
        assert site is not None
        desk = self.room.desk()
        made = prepare_rollback(site, desk, read=read, release=wanted, max_delete=99)
        publish(made.prepared, desk)
        assert read_live(self.room.store, {}).source() == left[wanted]

    @rule()
    def collect(self) -> None:
        found = gather(self.room.desk())
        if found is not None:
            collect(self.room.desk(), found)

    @invariant()
    def the_live_release_is_whole(self) -> None:
        live = read_live(self.room.store, {})
        there = {one.key for one in self.room.store.list("")}
        assert reach(live) <= there

    @invariant()
    def guids_and_first_dates_never_change(self) -> None:
        for name, entry in read_live(self.room.store, {}).ledger().episodes.items():
            assert self.guids.setdefault(name, entry.guid) == entry.guid
            assert self.firsts.setdefault(name, entry.first) == entry.first
        known = read_live(self.room.store, {}).ledger().episodes
        assert known.keys() == self.guids.keys()


@pytest.fixture(scope="module", autouse=True)
def _maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    copies = tmp_path_factory.mktemp("copies")
    with Maker(cache={}, copies=copies, workers=1) as maker:
        Undo.maker = maker
        yield


TestUndo = Undo.TestCase
TestUndo.settings = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
