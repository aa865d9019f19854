"""An import that is cut off at any point goes on where it stopped."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from peru_media.media.maker import Maker
from peru_media.publishing.importing.desk import Wish
from tests.importing.imports import Project, tree
from tests.importing.old_host import OldHost
from tests.importing.stopping import Plug, PluggedRoom, PluggedWeb
from tests.stores import Stopped

Record = Callable[[str, object], None]
ONE = Wish(limit=1)  # the episode with everything


def _plugged(project: Project, plug: Plug) -> Project:
    return project.again(
        web=PluggedWeb(project.web, plug), room=lambda room: PluggedRoom(room, plug)
    )


def test_cut_off_at_every_step_and_run_again_it_is_the_same(
    tmp_path: Path, maker: Maker, host: OldHost, record_property: Record
) -> None:
    whole = Project(root=tmp_path / "whole", maker=maker, web=host.web())
    count = Plug()
    _plugged(whole, count).run(host.feed, wish=ONE)
    wanted, sizes = tree(whole.root), count.bytes

    at, cut = 1, True
    while cut:
        project = Project(root=tmp_path / str(at), maker=maker, web=host.web())
        first, second = Plug(at=at), Plug()
        cut = _is_cut(_plugged(project, first), host.feed)
        _plugged(project, second).run(host.feed, wish=ONE)

        assert _alike(tree(project.root), wanted), at
        if not first.ended:
            assert first.bytes + second.bytes == sizes, at
        assert not list((project.root / ".peru-media").glob("import-*")), at
        at += 1
    record_property("figure", f"an import cut off: at each of {at - 1} steps")
    assert at > 50


def _is_cut(project: Project, feed: str) -> bool:
    try:
        project.run(feed, wish=ONE)
    except Stopped:
        return True
    return False


def _alike(found: dict[str, bytes], wanted: dict[str, bytes]) -> bool:
    """Equal; an import that had come to its end finds all in its place."""
    report = "import-report.md"
    done = b"1 here already" in found[report]
    return found | {report: b""} == wanted | {report: b""} and (
        done or found[report] == wanted[report]
    )


def test_cut_off_again_and_again_it_comes_to_an_end(
    tmp_path: Path, maker: Maker, host: OldHost
) -> None:
    project = Project(root=tmp_path / "project", maker=maker, web=host.web())
    came: Counter[str] = Counter()
    for _ in range(50):
        plug = Plug(at=12, bytes=came)
        try:
            _plugged(project, plug).run(host.feed)
        except Stopped:
            continue
        break

    assert "episodes/the-sleeper/episode.md" in tree(project.root)
    assert came[f"{host.url}/2.mp3"] == len(host.files["/2.mp3"])
