"""The files that staff write have the fields of the design, and no others."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from peru_media.model import files
from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    OnExpiry,
    PersonField,
    Scope,
    ShowFile,
    SiteFile,
    WithdrawnFile,
)
from peru_media.model.value import Value

EPISODE: dict[str, Any] = {"show": "personalisation", "title": "Homelessness"}
SHOW: dict[str, Any] = {"title": "Personalisation", "language": "en"}
CONSENT: dict[str, Any] = {
    "id": "c-017",
    "public_name": "Dan",
    "name_kind": "pseudonym",
    "scope": "podcast",
    "obtained": "2026-03-31",
}

DESIGN: dict[type[Value], str] = {
    SiteFile: "organisation timezone announce targets",
    files.OrganisationField: "name ror",
    files.TargetField: "store base_url endpoint region media_base_url purge",
    ShowFile: (
        "title guid language timezone author owner categories explicit type licence "
        "copyright funding funder links people defaults visibility locked documents "
        "collections feed_items namespaces podcast previous_url new_url"
    ),
    files.OwnerField: "name email",
    files.FunderField: "name ror grant",
    files.DefaultsField: (
        "transcript loudness level bit_rate_mono bit_rate_stereo sample_rate cover"
    ),
    EpisodeFile: (
        "show guid number season collection type title subtitle publish media "
        "language explicit content_note licence people chapters transcript documents "
        "captions soundbites location related doi cite edits redirect_from podcast"
    ),
    files.MediaField: "file sha256 stand_in level",
    PersonField: "contributor name role group orcid url image",
    files.ChapterField: "start title url image image_alt",
    files.TranscriptField: "file made_by checked waiver",
    files.WaiverField: "reason until",
    files.DocumentField: (
        "file title kind doi authors year licence summary accessible"
    ),
    ConsentRecord: (
        "id public_name name_kind voice scope obtained form_ref review expires "
        "on_expiry basis withdrawn"
    ),
    WithdrawnFile: "withdrawn",
}


@pytest.mark.parametrize("model", DESIGN, ids=lambda model: model.__name__)
def test_every_field_of_the_design_is_there(model: type[Value]) -> None:
    assert set(DESIGN[model].split()) <= set(model.model_fields)


def test_a_minimal_episode_has_sensible_defaults() -> None:
    episode = EpisodeFile.model_validate(EPISODE)

    assert episode.show == ("personalisation",)
    assert episode.publish == "draft"
    assert episode.type == "full"
    assert episode.media.file is episode.transcript.file is None
    assert episode.transcript.made_by == "human"
    assert episode.explicit is None


def test_a_minimal_show_has_sensible_defaults() -> None:
    show = ShowFile.model_validate(SHOW)

    assert (show.type, show.visibility, show.feed_items) == (
        "episodic",
        "public",
        "all",
    )
    assert (show.cover, show.explicit, show.locked) == ("cover.png", False, True)
    assert (show.defaults.transcript, show.defaults.loudness) == ("required", -16.0)


def test_a_minimal_consent_ends_with_withdrawal() -> None:
    record = ConsentRecord.model_validate(CONSENT)

    assert record.scope == (Scope.PODCAST,)
    assert record.obtained == date(2026, 3, 31)
    assert record.on_expiry is OnExpiry.WITHDRAW
    assert record.expires is record.withdrawn is None


def test_one_thing_stands_for_a_list_of_one_and_a_name_for_a_file() -> None:
    episode = EpisodeFile.model_validate(
        EPISODE | {"media": "a.mp3", "transcript": "t.vtt", "related": "social-workers"}
    )
    show = ShowFile.model_validate(SHOW | {"funder": {"name": "ESRC"}})

    assert episode.media.file == "a.mp3"
    assert episode.transcript.file == "t.vtt"
    assert episode.related == ("social-workers",)
    assert show.funder[0].name == "ESRC"


@pytest.mark.parametrize(
    "person", [{}, {"name": "Ann", "contributor": "c-017"}, {"role": "host"}]
)
def test_a_person_has_a_name_or_a_record(person: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="either a name or a contributor"):
        PersonField.model_validate(person)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (EpisodeFile, EPISODE | {"show": []}),
        (EpisodeFile, EPISODE | {"title": ""}),
        (EpisodeFile, EPISODE | {"number": "0"}),
        (EpisodeFile, EPISODE | {"podcast": "x"}),
        (EpisodeFile, EPISODE | {"location": {"name": "x" * 129}}),
        (
            EpisodeFile,
            EPISODE | {"documents": [{"file": "a", "title": "b", "year": "9"}]},
        ),
        (ShowFile, SHOW | {"defaults": {"loudness": "1"}}),
        (ShowFile, SHOW | {"funding": {"url": "https://a.b", "text": "x" * 129}}),
        (ConsentRecord, CONSENT | {"scope": []}),
        (ConsentRecord, CONSENT | {"scope": ["everything"]}),
        (SiteFile, {"organisation": {"name": "x"}, "targets": {"No Slug": {}}}),
        (WithdrawnFile, {"withdrawn": [{"guid": "plain", "at": "x"}]}),
    ],
)
def test_a_wrong_file_cannot_be_built(
    model: type[Value], fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(fields)


def test_the_names_of_the_module_are_sorted() -> None:
    assert files.__all__ == sorted(files.__all__)
