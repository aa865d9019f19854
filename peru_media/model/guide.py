"""What each field means, in the words of those who fill it in.

Editors show these sentences while one types (``peru-media schema``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from peru_media.model.tag_guide import TAG_FIELDS
from peru_media.model.value import Value

__all__ = ["FIELDS", "described"]

_WEB = "The address where it can be looked up or read."
_ROR = "The organisation's ROR address, such as https://ror.org/02hstj355."
_LICENCE = "What others may do with it: a short name like CC-BY-4.0, or {name, url}."
_DOI = "Its DOI without address, such as 10.5281/zenodo.1234567."
_EXPLICIT = "true where there is strong language or content for adults."
_PODCAST = "Any other tag of the podcast namespace, by its name: docs/tags.md."
_EXTRA = "Elements of other namespaces, as XML; show.md declares their prefixes."
_PEOPLE = "Who is named: each a contributor's id or a public name, with a role."

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **TAG_FIELDS,
        "OrganisationField": {
            "name": "The organisation's public name.",
            "ror": _ROR,
            "contact": "Where people write who need something in another form, or "
            "removed; without it, the owner of the first show.",
            "guid": "The guid of its publisher feed, if it had one elsewhere before.",
        },
        "TargetField": {
            "store": "A folder, or s3://bucket/prefix.",
            "base_url": "The address at which listeners reach the site.",
            "endpoint": "The address of the object storage, where it is not AWS.",
            "region": "The region of the bucket.",
            "profile": "The name of the AWS profile with the credentials.",
            "addressing": "How the bucket is named in addresses; auto suits most.",
            "checksums": "When checksums are sent; some storage knows no others.",
            "media_base_url": "The public address of the bucket's media, or of a CDN.",
            "purge": "PURGE, or a command that empties a CDN of addresses.",
        },
        "SiteFile": {
            "organisation": "Who publishes.",
            "timezone": "The time zone of dates without one, such as Europe/London.",
            "languages": "Languages of the pages' own words; the first has the plain "
            "addresses, cy the ones below /cy.",
            "announce": "WebSub hubs that are told of something new.",
            "podping": "A gate to Podping, which is told, too; its token is "
            "PERU_MEDIA_PODPING_TOKEN in the environment.",
            "webhooks": "Other addresses that are told, by JSON; those that are secret "
            "stand in PERU_MEDIA_WEBHOOKS in the environment.",
            "podroll": "false keeps public shows from recommending each other.",
            "targets": "The places to publish to, by name, such as local, production.",
        },
        "OwnerField": {
            "name": "Who answers for the show: better a role than a person.",
            "email": "A role's address; it stands in the feed for anyone to read.",
        },
        "FunderField": {
            "name": "Who paid for the work.",
            "ror": _ROR,
            "grant": "The number of the grant.",
        },
        "PersonField": {
            "contributor": "The id of a consent record, such as c-017.",
            "name": "A public name, for somebody without a consent record.",
            "role": "What they do here.",
            "group": "The organisation or group that they speak for.",
            "orcid": "Their ORCID, such as 0000-0002-1825-0097.",
            "url": "Their own page.",
            "image": "A picture of them, in this folder.",
        },
        "CollectionField": {
            "name": "The name in addresses, such as community-reporting.",
            "title": "The name that people read, such as Community reporting.",
            "season": "The season's number in podcast apps.",
            "description": "What belongs together here, in Markdown.",
        },
        "DocumentField": {
            "file": "The PDF, such as docs/review.pdf.",
            "title": "The document's title.",
            "kind": "What it is: report, review, slides…",
            "doi": _DOI,
            "authors": "Its authors, in their order.",
            "year": "The year in which it came out.",
            "licence": _LICENCE,
            "summary": "What it says, in a few sentences, in Markdown.",
            "accessible": "true where somebody tried it with a screen reader, false "
            "where it does not work with one; the page says so. Without it, what can "
            "be measured counts.",
        },
        "DefaultsField": {
            "transcript": "Whether every episode must have a transcript.",
            "loudness": "The loudness of published copies, in LUFS.",
            "level": "true brings finished MP3 and M4A to that loudness, too.",
            "bit_rate_mono": "Of copies that are encoded, in kbit/s, such as 96.",
            "bit_rate_stereo": "The same where they are stereo, such as 128.",
            "sample_rate": "44100 or 48000; without one, what suits the recording.",
            "cover": "The cover of episodes that have none of their own.",
        },
        "FundingField": {
            "url": "Where to support the show.",
            "text": "The words of the link.",
        },
        "ShowFile": {
            "title": "The show's name, and nothing else.",
            "guid": "The show's own guid; made once, never changed.",
            "language": "The language spoken, such as en-GB or cy.",
            "timezone": "The time zone of its dates; without one, the site's.",
            "author": "Who makes the show, as apps display it.",
            "owner": "Who answers for it: {name, email}.",
            "categories": "Apple's categories, such as Science > Social Sciences.",
            "explicit": _EXPLICIT,
            "type": "episodic: newest first; serial: from the first to the last.",
            "licence": _LICENCE,
            "copyright": "Who holds the rights, without year or sign.",
            "funding": "Ways to support the show: {url, text}.",
            "funder": "Who paid for the work: {name, ror, grant}.",
            "links": "Where else it can be had: apple, spotify, website…",
            "people": _PEOPLE,
            "cover": "The square picture, 1400 to 3000 pixels wide.",
            "defaults": "What episodes take from here: {transcript, loudness, cover…}.",
            "visibility": "unlisted: no list names it; private: for listeners let in.",
            "locked": "true keeps other hosts from taking the feed over.",
            "documents": "PDFs that go with the whole project.",
            "collections": "Named groups of episodes.",
            "feed_items": "all, or how many of the newest episodes the feed holds.",
            "complete": "true where no further episode will ever come.",
            "simple_chapters": "true writes chapters into the feed itself, too.",
            "spotify": "What Spotify alone asks: {recent_count, countries}.",
            "podcast": _PODCAST,
            "namespaces": "Further XML namespaces: their prefixes and addresses.",
            "extra": _EXTRA,
            "previous_url": "The feed's address at its last host.",
            "new_url": "The feed's address from now on, where the show moves away.",
        },
        "MediaField": {
            "file": "The recording, film or PDF; needed where several lie here.",
            "sha256": "Its hash, for a recording that is kept elsewhere.",
            "stand_in": "true where it only holds the place of the real one.",
            "level": "true brings a finished MP3 or M4A to the show's loudness.",
        },
        "ChapterField": {
            "start": "When it starts: 90, 1:30 or 1:02:03.5.",
            "end": "When it ends, where that is before the next one starts.",
            "title": "What it is called.",
            "toc": "false keeps it out of lists: a picture or link for a moment.",
            "location": "The place it is about: {name, geo, osm}.",
            "url": _WEB,
            "image": "A picture, in this folder.",
            "image_alt": "What the picture shows, for those who cannot see it.",
        },
        "WaiverField": {
            "reason": "Why there is no transcript yet; it is printed in public.",
            "until": "The day by which there will be one.",
        },
        "TranscriptField": {
            "file": "The transcript, such as transcript.vtt.",
            "made_by": "How it was made.",
            "checked": "The day on which somebody compared it with the recording.",
            "waiver": "Why there is none yet, and until when: {reason, until}.",
        },
        "SoundbiteField": {
            "start": "When it starts: 90, 1:30 or 1:02:03.5.",
            "duration": "How long it lasts, best 15 to 120 seconds.",
            "title": "What it is called.",
        },
        "EditField": {
            "start": "Where the stretch to take out begins.",
            "end": "Where it ends.",
            "words": "Words to take out of every text, such as a name.",
            "how": "Cut it out of the sound, or put a bleep or silence in its place.",
            "say": "What people read in its place.",
            "lifted": "The day from which it need not be taken out any more.",
        },
        "EpisodeFile": {
            "show": "Its show, or several; its page lies in the first.",
            "guid": "The episode's own guid; made once by new, never changed.",
            "number": "Its number in the show or season.",
            "season": "The number of its season.",
            "collection": "The name of a collection of its show.",
            "type": "full, or a trailer or bonus.",
            "title": "The title, without show and number.",
            "subtitle": "One line more about it.",
            "publish": "draft, now, or a date like 2026-12-01 09:00.",
            "media": "The recording, film or PDF, where several lie in the folder.",
            "language": "The language spoken, where it is not the show's.",
            "explicit": _EXPLICIT,
            "content_note": "What listeners should know before they begin.",
            "licence": _LICENCE,
            "people": _PEOPLE,
            "chapters": "Chapters: {start, title, url, image…}; else the recording's.",
            "transcript": "The transcript: a file, how it was made, who checked it.",
            "documents": "PDFs that go with it.",
            "captions": "What is shown over a film, in place of the transcript.",
            "soundbites": "Stretches worth sharing: {start, duration, title}.",
            "location": "What places it is about: {name, geo, osm, country, rel}.",
            "related": "Other episodes, by the names of their folders.",
            "doi": _DOI,
            "cite": "How to cite it, where the usual form does not fit.",
            "edits": "What to take out everywhere: {start, end, how} or {words}; say.",
            "redirect_from": "Former addresses that lead here, such as /old/feet.",
            "podcast": _PODCAST,
            "extra": _EXTRA,
        },
        "SpotifyField": {
            "recent_count": "How many of the newest episodes Spotify lists.",
            "countries": "The countries it is made for, such as GB.",
        },
        "ConsentRecord": {
            "id": "The name of this file, such as c-017.",
            "public_name": "The name under which they agreed to appear.",
            "name_kind": "Whether that name is real, a pseudonym, or none.",
            "voice": "Whether their voice may be heard as it is.",
            "scope": "What they agreed to.",
            "obtained": "The day on which they agreed.",
            "form_ref": "Where the signed form is kept; no name.",
            "review": "The day on which to ask them again.",
            "expires": "The last day of the consent; without one, it has no end.",
            "on_expiry": "What happens after that day.",
            "basis": "The lawful basis, where it is not consent.",
            "withdrawn": "The day on which they took it back.",
        },
        "TombstoneField": {
            "guid": "SHA-256 of the guid of what was withdrawn.",
            "at": "When it was withdrawn.",
            "id": "The digits by which its addresses knew it: a hash, too.",
            "paths": "SHA-256 of each address that it had.",
            "masters": "SHA-256 of each master.",
            "copies": "SHA-256 of each published copy.",
        },
        "WithdrawnFile": {
            "withdrawn": "What was withdrawn for ever; written by withdraw alone.",
        },
        "Licence": {
            "name": "A short name like CC-BY-4.0, or any name with its address.",
            "url": "The address of its text.",
        },
    }
)


def described(model: type[Value]) -> dict[str, Any]:
    """The JSON Schema of a file, with a sentence for every field."""
    schema = model.model_json_schema()
    _describe(schema, model.__name__)
    for name, part in schema.get("$defs", {}).items():
        _describe(part, name)
    return schema


def _describe(part: dict[str, Any], name: str) -> None:
    """Add the sentences of one group of fields, and plain words for the group."""
    if "anyOf" in part:
        _describe(part["anyOf"][-1], name)
        return
    part["description"] = part["description"].replace("``", "")
    for field, shape in part.get("properties", {}).items():
        shape["description"] = FIELDS[name][field]
        shape.pop("title", None)
