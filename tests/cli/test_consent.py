from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.projects import write

SECRETS = ("form-0815", "told to Jo on the phone", "Real Name")
RECORD = """\
# Real Name is known to Jo
id: {id}
public_name: {name}
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-01-05
form_ref: form-0815
basis: told to Jo on the phone
{more}
"""
EPISODE = "episodes/story-1/episode.md"


def _record(name: str, public: str, more: str) -> dict[str, str | bytes]:
    text = RECORD.format(id=name, name=public, more=more)
    return {f"feeds/contributors/{name}.yaml": text}


def _in(days: int) -> date:
    return (datetime.now(UTC) + timedelta(days=days)).date()  # as the verb


@pytest.fixture
def consenting(project: Path) -> Path:
    """A project with people of every kind."""
    write(
        project,
        _record("c-1", "Ada", f"expires: {_in(12)}\nreview: 2026-02-01")
        | _record("c-2", "Ben", "expires: 2999-01-01\non_expiry: keep")
        | _record("c-3", "Cas", "withdrawn: 2026-02-02")
        | _record("c-4", "Dee", "expires: 2026-02-01\non_expiry: stop-new")
        | _record("c-5", "Eli", ""),
    )
    people = (
        "  - contributor: c-1\n    role: guest\n  - contributor: c-3\n    role: guest"
    )
    edit(project / EPISODE, "  - name: The host\n    role: host", people)
    edit(project / EPISODE, "publish: 2026-03-03 09:00", "publish: draft")
    show = project / "feeds/stories/show.md"
    edit(show, "explicit: false", "explicit: false\npeople:\n  - contributor: c-4")
    return project


@pytest.mark.usefixtures("consenting")
def test_who_is_where_and_what_then_happens(call: Call) -> None:
    out = call("consent").out

    assert "c-1  Ada: holds until the end of " in out
    assert "in stories / story-1 (draft)" in out
    assert "then its episodes end by themselves, and are erased" in out
    assert "! Ask them now whether they want to renew it." in out
    assert "! The review was due on 2026-02-01." in out
    assert "c-3  Cas: withdrawn" in out
    assert "! Take out what they are in: make withdraw CONTRIBUTOR=c-3" in out
    assert "c-4  Dee: ended after 2026-02-01" in out
    assert "in stories (to be published)" in out
    assert "then nothing new of theirs goes out; what is out stays" in out
    assert "c-5  Eli: holds, with no end\n    in nothing: unused" in out
    assert "5 consents: 1 ending within 30 days, 1 due for review." in out


@pytest.mark.usefixtures("consenting")
def test_no_more_of_a_record_is_told_than_may_be(call: Call) -> None:
    for words in ([], ["--json"], ["c-1"], ["c-1", "--json"]):
        said = call("consent", *words)
        assert not [secret for secret in SECRETS if secret in said.out + said.err]


@pytest.mark.usefixtures("consenting")
def test_one_person_is_told_of_as_json(call: Call) -> None:
    (one,) = call("consent", "c-1", "--json").json["contributors"]

    assert one["public_name"] == "Ada"
    assert one["state"] == "ends soon"
    assert one["expires"] == str(_in(12))
    assert one["on_expiry"] == "withdraw"
    assert one["review_due"]
    assert one["appearances"] == [
        {"show": "stories", "episode": "story-1", "state": "draft"}
    ]


@pytest.mark.usefixtures("consenting")
def test_what_was_asked_is_not_repeated_for_it_may_be_a_name(call: Call) -> None:
    called = call("consent", "Real Name")

    assert called.code == 4
    assert "Real Name" not in called.err
    assert "Known: c-1, c-2, c-3, c-4, c-5." in called.err


def test_a_record_that_cannot_be_read_is_not_passed_over(
    call: Call, consenting: Path
) -> None:
    edit(consenting / "feeds/contributors/c-5.yaml", "scope", "scopes")

    called = call("consent")

    assert "feeds/contributors/c-5.yaml has problems" in called.err
    assert "c-5" not in called.out


def test_what_is_published_is_told_apart(call: Call, project: Path) -> None:
    write(project, _record("c-1", "Ada", ""))
    edit(project / EPISODE, "name: The host", "contributor: c-1")
    call("publish", "--yes")

    assert "in stories / story-1 (published)" in call("consent").out
