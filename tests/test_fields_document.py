"""The page of fields: every field is on it, and every example of it is sound."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from peru_media.cli.exits import run
from peru_media.model.guide import FIELDS
from peru_media.model.site import schema
from peru_media.reading import read_site
from scripts import field_reference
from scripts.field_examples import BEGINNING, COMPLETE
from scripts.field_files import NOT_YET, TAGS, WITHOUT
from scripts.field_kinds import kind
from tests.projects import WORDS, cover, tone, write

PAGE = field_reference.PLACE.read_text()


def test_the_page_is_what_the_models_say() -> None:
    assert field_reference.reference() == PAGE, "make golden, and read the difference"


@pytest.mark.parametrize("name", schema())
def test_every_field_that_a_file_may_hold_has_a_row(name: str) -> None:
    found = schema()[name]
    fields = {*found["properties"]}
    for part in found.get("$defs", {}).values():
        fields |= {*part.get("properties", {})}

    assert [one for one in sorted(fields) if f"`{one}`" not in PAGE] == []


def test_a_field_without_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = {**FIELDS, "WaiverField": {"reason": "Why there is no transcript."}}
    monkeypatch.setattr(field_reference, "FIELDS", fewer)

    with pytest.raises(KeyError, match="until"):
        field_reference.reference()


def test_a_type_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="complex"):
        kind(complex)


def test_whatever_is_said_of_a_field_is_said_of_one_that_exists() -> None:
    for model, tags in TAGS.items():
        assert {*tags} <= {*model.model_fields}
    for model, name in WITHOUT:
        assert name in model.model_fields
    for model, names in NOT_YET.items():
        assert names <= {*model.model_fields}


def test_every_anchor_of_the_page_has_its_heading_once() -> None:
    headings = re.findall(r"^##+ (.*)$", PAGE, re.MULTILINE)
    anchors = [
        re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings
    ]
    linked = set(re.findall(r"\]\(#([^)]+)\)", PAGE))

    assert len(anchors) == len(set(anchors))
    assert linked <= set(anchors)


def test_every_tag_linked_has_its_heading_in_the_page_of_tags() -> None:
    tags = (field_reference.PLACE.parent / "tags.md").read_text()
    headings = re.findall(r"^## (.*)$", tags, re.MULTILINE)
    linked = set(re.findall(r"\]\(tags\.md#([^)]+)\)", PAGE))

    assert linked <= {one.lower().replace(":", "") for one in headings}


@pytest.mark.parametrize("files", [BEGINNING, COMPLETE], ids=["beginning", "complete"])
def test_nothing_is_wrong_with_the_examples(
    files: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, files)
    _beside(tmp_path)

    code = run(["check", "--strict", "--json", "--project", str(tmp_path)])

    answer = json.loads(capsys.readouterr().out)
    assert (code, [one["what"] for one in answer["problems"]]) == (0, [])


def test_a_project_of_ones_own_takes_its_first_episode(tmp_path: Path) -> None:
    write(tmp_path, BEGINNING)
    _beside(tmp_path)
    write(tmp_path, {"recording.mp3": tone(440, seconds=5)})
    words = ["--title", "Finding my feet", "--audio", str(tmp_path / "recording.mp3")]

    assert run(["new", *words, "--no-input", "--project", str(tmp_path)]) == 0
    site, problems = read_site(tmp_path)
    assert problems == ()
    assert site is not None
    assert [one.slug for one in site.episodes] == ["finding-my-feet"]


def test_the_settings_of_the_editor_name_files_that_schema_writes(
    tmp_path: Path,
) -> None:
    (settings,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    assert run(["schema", "--out", str(tmp_path / ".schemas")]) == 0
    for path in json.loads(settings)["yaml.schemas"]:
        name = Path(path).name.removesuffix(".json")
        assert json.loads((tmp_path / path).read_text()) == schema()[name]


def _beside(root: Path) -> None:
    """Put the cover, the recordings and the transcripts beside the examples."""
    write(root, {"feeds/stories/cover.png": cover()})
    for number, page in enumerate(sorted(root.glob("episodes/*/episode.md"))):
        files: dict[str, str | bytes] = {"audio.mp3": tone(300 + number, seconds=20)}
        if "file: transcript.vtt" in page.read_text():
            words = WORDS.format(title="the story")
            files["transcript.vtt"] = words.replace("00:00.900", "00:19.900")
        write(page.parent, files)
