import json
from pathlib import Path

import click
import pytest

from peru_media.checks import ALL_RULES, RULES
from peru_media.cli.exits import run
from peru_media.cli.names import contributors, episodes, shows
from peru_media.cli.probe import readable
from peru_media.cli.verbs import verbs
from peru_media.model.facts import PdfFacts
from peru_media.reading import MEANINGS
from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.factories import make_facts
from tests.media.recordings import recording
from tests.projects import write

OWN = Path(__file__).parents[2]


def test_probe_tells_the_facts_of_each_file(call: Call, project: Path) -> None:
    folder = project / "episodes/story-1"
    files = [str(folder / name) for name in ("audio.mp3", "transcript.vtt")]

    lines = call("probe", "--json", *files).out.splitlines()

    first, second = map(json.loads, lines)
    assert (first["file"], first["media_type"]) == (files[0], "audio/mpeg")
    assert first["duration"] == pytest.approx(1, abs=0.05)
    assert first["size"] == (folder / "audio.mp3").stat().st_size
    assert second["media_type"] == "text/vtt"


def test_probe_speaks_to_people(call: Call, project: Path) -> None:
    sound = str(OWN / "episodes/fellowship-podcast/audio.mp3")
    paper = str(OWN / "episodes/rapid-evidence-assessment/review.pdf")
    picture = str(project / "feeds/stories/cover.png")

    out = call("probe", sound, paper, picture).out

    assert "audio/mpeg, 4 min 1" in out
    assert "mono" in out
    assert "  loudness -16.5 LUFS, range 1.6 LU, true peak -1.9 dBTP\n" in out
    assert "title: Stand-in: fellowship-podcast" in out
    assert "application/pdf" in out
    assert "2 pages" in out
    assert "tagged for screen readers, language en-GB, bookmarks\n  title: A Rap" in out
    assert "1400 x 1400 RGB" in out


def test_probe_tells_of_silence_and_distortion(call: Call, tmp_path: Path) -> None:
    path = recording(
        tmp_path / "a.wav",
        gain=40,
        then=",volume='if(gt(t,3),0,1)':eval=frame",
    )

    out = call("probe", str(path)).out

    assert ", peaks beyond full scale in 3." in out
    assert ", silence 0 min 03 s, first at 0 min 03 s" in out


def test_probe_of_what_cannot_be_decoded_is_3(call: Call, tmp_path: Path) -> None:
    path = recording(tmp_path / "a.flac", seconds=30)
    data = path.read_bytes()
    path.write_bytes(data[:9000] + bytes(len(data) - 9000))

    called = call("probe", str(path))

    assert called.code == 3
    assert called.out.startswith(f"{path}: ")


def test_probe_of_a_published_copy_shows_its_chapters(
    call: Call, project: Path
) -> None:
    page = project / "episodes/story-1/episode.md"
    edit(page, "people:", "chapters:\n  - {start: 0, title: Beginning}\npeople:")
    call("publish", "--yes")
    copies = (project / ".peru-media/copies").glob("*.mp3")

    out = call("probe", *map(str, copies)).out

    assert "  chapter at 0 min 00 s: Beginning" in out


def test_probe_of_a_broken_file_is_3_with_a_sentence(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "empty.mp3").touch()

    called = call("probe", str(tmp_path / "empty.mp3"))

    assert called.code == 3
    assert called.out.strip().endswith(".")
    assert "empty.mp3: " in called.out


@pytest.mark.parametrize(
    "name", ["site.yaml", "show.md", "episode.md", "contributor.yaml", "withdrawn.yaml"]
)
def test_schema_prints_one_file_or_all(call: Call, name: str) -> None:
    one = json.loads(call("schema", name).out)

    assert one["type"] == "object"
    assert json.loads(call("schema").out)[name] == one
    assert call("schema", name, "--json").json["files"] == {name: one}


def test_schema_writes_what_editors_take_one_file_each(
    call: Call, tmp_path: Path
) -> None:
    out = tmp_path / "new/schemas"

    told = call("schema", "--out", str(out)).out
    written = {one.name.removesuffix(".json"): one for one in out.iterdir()}

    whole = json.loads(call("schema").out)
    assert {name: json.loads(one.read_text()) for name, one in written.items()} == whole
    assert all(str(one) in told for one in written.values())


def test_schema_writes_one_file_alone(call: Call, tmp_path: Path) -> None:
    call("schema", "show.md", "--out", str(tmp_path / "schemas"))

    assert [one.name for one in (tmp_path / "schemas").iterdir()] == ["show.md.json"]


def test_a_folder_for_schemas_that_cannot_be_written_is_told(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()

    called = call("schema", "--out", str(tmp_path / "taken/schemas"))

    assert called.code == 4
    assert "say another --out" in called.err


def test_a_project_without_its_file_is_told_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feeds").mkdir()

    assert run(["check", "--project", str(tmp_path)]) == 3
    told = capsys.readouterr()
    assert "docs/fields.md" in told.out + told.err


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(call: Call, rule: object) -> None:
    code = getattr(rule, "code", "")

    called = call("explain", code.lower())

    assert called.code == 0
    assert called.out.startswith(code)
    assert all(word in called.out for word in ("why", "to mend it", "source"))


def test_a_safety_rule_says_that_it_refuses(call: Call) -> None:
    code = next(rule.code for rule in RULES if rule.safety)

    assert "refuses a publish for safety" in call("explain", code).out
    assert call("explain", code, "--json").json["safety"] is True


@pytest.mark.parametrize("code", MEANINGS)
def test_every_fault_of_form_can_be_explained(call: Call, code: str) -> None:
    assert MEANINGS[code] in call("explain", code).out


@pytest.mark.parametrize("code", MEANINGS)
def test_every_fault_of_form_has_a_reason_and_a_way_out(call: Call, code: str) -> None:
    out, answer = call("explain", code).out, call("explain", code, "--json").json

    assert all(word in out for word in ("\nwhy  ", "\nto mend it  "))
    assert answer["why"].endswith(".")
    assert answer["fix"].endswith(".")


def test_explain_lists_every_code(call: Call) -> None:
    out = call("explain").out

    assert all(rule.code in out for rule in ALL_RULES)
    assert all(code in out for code in MEANINGS)
    assert call("explain", "E999").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(call: Call, shell: str) -> None:
    assert "_PERU_MEDIA_COMPLETE" in call("completion", shell).out


def test_names_are_completed(project: Path) -> None:
    write(project, {"feeds/contributors/c-017.yaml": ""})
    context = click.Context(verbs)
    context.params["project"] = str(project)
    param = click.Option(["--x"])

    assert episodes(context, param, "story-2") == ["story-2"]
    assert shows(context, param, "") == ["stories"]
    assert contributors(context, param, "c-0") == ["c-017"]


@pytest.mark.parametrize(
    ("tagged", "pdf", "said"),
    [
        (True, PdfFacts(universal=True), ["tagged for screen readers", "PDF/UA"]),
        (
            False,
            PdfFacts(text=False, mute_figures=2),
            ["no tags for screen readers", "no text", "figures without words 2"],
        ),
    ],
)
def test_a_pdf_says_what_it_has_for_those_who_hear_it(
    pdf: PdfFacts, said: list[str], *, tagged: bool
) -> None:
    facts = make_facts("a.pdf", tagged=tagged, language=None)

    assert [*readable(facts, pdf)] == [said[0], "no language", *said[1:]]
