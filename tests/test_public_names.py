"""What developers import: there, sorted, and no more than it costs."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from textwrap import dedent

import pytest
from starlette.applications import Starlette

import peru_media
from tests.media.samples import sound
from tests.served import own_content

MODULES = [
    info.name
    for info in walk_packages(peru_media.__path__, "peru_media.")
    if not info.name.endswith("__main__")
]


def test_the_names_are_these() -> None:
    assert peru_media.__all__ == [
        "Chapter",
        "ConflictError",
        "ContentError",
        "Episode",
        "FeedRefusedError",
        "FieldError",
        "Funding",
        "Licence",
        "Media",
        "MediaCopy",
        "MediaError",
        "MediaFacts",
        "Owner",
        "ParsedFeed",
        "Person",
        "PeruMediaError",
        "Plan",
        "Problem",
        "RefusedError",
        "SettingsError",
        "Show",
        "Site",
        "Source",
        "Store",
        "StoreError",
        "Transcript",
        "__version__",
        "adopt_feed",
        "check",
        "check_feed",
        "create_app",
        "open_desk",
        "open_store",
        "parse_feed",
        "prepare",
        "publish",
        "publishable_copy",
        "read_all_media",
        "read_media",
        "read_site",
        "render_feed",
        "stream_feed",
        "target_named",
    ]


@pytest.mark.parametrize("name", peru_media.__all__)
def test_each_name_is_there_and_has_words(name: str) -> None:
    thing = getattr(peru_media, name)

    assert thing.__doc__
    assert name in dir(peru_media)


def test_the_example_of_the_package_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_content(tmp_path)
    sound(tmp_path / "talk.wav", "pcm_s16le")
    monkeypatch.chdir(tmp_path)
    words = peru_media.__doc__ or ""
    example = dedent(
        "\n".join(line for line in words.splitlines() if line.startswith("    "))
    )
    names: dict[str, object] = {}

    exec(example, names)  # noqa: S102  # our own example

    assert isinstance(names["app"], Starlette)
    assert isinstance(names["feed"], bytes)
    assert isinstance(names["media"], peru_media.Media)
    assert names["problems"] == ()


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'fly'"):
        peru_media.fly  # noqa: B018  # to be read is enough


def test_the_import_costs_next_to_nothing() -> None:
    code = "import sys; import peru_media; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert {name for name in done.stdout.split() if name.startswith("peru_media")} == {
        "peru_media"
    }


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_offers_in_order(name: str) -> None:
    module = import_module(name)

    assert module.__doc__
    offered = getattr(module, "__all__", [])
    assert sorted(offered, key=_by_kind) == offered
    assert all(hasattr(module, one) for one in offered)
    if not _is_package(name):
        assert offered


def test_the_types_are_marked() -> None:
    assert (Path(peru_media.__file__).parent / "py.typed").exists()


def _is_package(name: str) -> bool:
    return hasattr(import_module(name), "__path__")


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as ruff sorts them."""
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return kind, name
