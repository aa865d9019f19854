"""The site finds its own parts, and tells editors what can be written."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from peru_media.model import (
    alternate,
    files,
    live,
    location,
    notices,
    payment,
    podcast,
    remote,
    social,
)
from peru_media.model.files import ConsentRecord, EpisodeFile, ShowFile, SiteFile
from peru_media.model.guide import FIELDS
from peru_media.model.licence import Licence
from peru_media.model.problem import Place
from peru_media.model.site import Site, Written, due, schema
from peru_media.model.value import Value

MODULES = (
    alternate, files, live, location, notices, payment, podcast, remote, social,
)  # fmt: skip
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def episode(slug: str, **fields: Any) -> Written[EpisodeFile]:
    value = EpisodeFile.model_validate({"show": ["a"], "title": slug} | fields)
    return Written(path=f"episodes/{slug}/episode.md", slug=slug, value=value)


def show(slug: str, **fields: Any) -> Written[ShowFile]:
    value = ShowFile.model_validate({"title": slug, "language": "en"} | fields)
    return Written(path=f"feeds/{slug}/show.md", slug=slug, value=value)


RECORD = ConsentRecord.model_validate(
    {
        "id": "c-1",
        "public_name": "Dan",
        "name_kind": "real",
        "scope": "podcast",
        "obtained": "2026-01-01",
    }
)
SITE = Site(
    site=Written(
        path="feeds/site.yaml",
        slug="",
        value=SiteFile.model_validate({"organisation": {"name": "x"}, "targets": {}}),
    ),
    shows=(show("a"), show("b", timezone="America/Lima")),
    episodes=(
        episode("one"),
        episode("two", show=["b", "a"]),
        episode("three", show="b"),
    ),
    contributors=(
        Written(path="feeds/contributors/c-1.yaml", slug="c-1", value=RECORD),
    ),
)


def test_parts_are_found_by_their_names() -> None:
    assert SITE.show("b") is SITE.shows[1]
    assert SITE.show("c") is None
    assert SITE.contributor("c-1") is SITE.contributors[0]
    assert SITE.contributor("c-2") is None
    assert [e.slug for e in SITE.episodes_of("a")] == ["one", "two"]


def test_a_show_has_its_own_time_zone_or_the_site_s() -> None:
    assert SITE.zone(SITE.shows[0]).key == "Europe/London"
    assert SITE.zone(SITE.shows[1]).key == "America/Lima"


@pytest.mark.parametrize(
    ("shows", "publish", "moment"),
    [
        ("a", "draft", None),
        ("a", "now", NOON),
        ("a", "2026-07-01 09:00", datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (["b", "a"], "2026-07-01 09:00", datetime(2026, 7, 1, 14, tzinfo=UTC)),
        ("gone", "2026-07-01 09:00", datetime(2026, 7, 1, 8, tzinfo=UTC)),
    ],
)
def test_an_episode_is_due_as_its_first_show_s_clocks_say(
    shows: str | list[str], publish: str, moment: datetime | None
) -> None:
    written = episode("x", show=shows, publish=publish)

    assert due(SITE, written, at=NOON) == moment


def test_a_field_has_a_place_or_its_nearest_parent_has() -> None:
    place, value = Place("a/b.md", 3, 1), Place("a/b.md", 4, 3)
    written = Written(
        path="a/b.md",
        slug="b",
        value=RECORD,
        places={("people",): place},
        values={("people",): value},
    )

    assert written.place("people") == written.place("people", 0, "role") == place
    assert written.value_place("people", 0, "role") == value
    assert written.place("title") == written.value_place("title") == Place("a/b.md")
    assert (written.folder, written.file("c.mp3")) == ("a/", "a/c.mp3")


def groups() -> dict[str, type[Value]]:
    named = {
        name: getattr(module, name) for module in MODULES for name in module.__all__
    }
    values = {
        name: model
        for name, model in named.items()
        if isinstance(model, type) and issubclass(model, Value)
    }
    return values | {"Licence": Licence}


def test_every_field_has_its_sentence_and_no_sentence_is_left_over() -> None:
    fields = {name: list(model.model_fields) for name, model in groups().items()}

    assert {name: list(said) for name, said in FIELDS.items()} == fields
    assert all(
        s.endswith((".", "…")) for said in FIELDS.values() for s in said.values()
    )


@pytest.mark.parametrize("name", schema())
def test_a_schema_says_what_it_is_and_describes_every_field(name: str) -> None:
    found = schema()[name]

    parts = [found, *found.get("$defs", {}).values()]
    shapes = [p["anyOf"][-1] if "anyOf" in p else p for p in parts]
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "feeds/" in found["title"] or "episodes/" in found["title"]
    for shape in shapes:
        assert all("description" in p for p in shape.get("properties", {}).values())
        assert "`" not in shape.get("description", "")
        assert shape.get("additionalProperties", False) is not True


def test_schemas_are_the_same_every_time() -> None:
    assert json.dumps(schema()) == json.dumps(schema())


def test_schemas_take_what_staff_may_write() -> None:
    fields = schema()["episode.md"]["properties"]

    assert {"string", "array"} <= {kind.get("type") for kind in fields["show"]["anyOf"]}
    assert fields["media"]["anyOf"][0] == {"type": "string"}
    assert {"enum": ["yes", "no"], "type": "string"} in fields["explicit"]["anyOf"]
