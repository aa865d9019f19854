"""Calls that fail, of projects and stores that hold what nobody may see.

Each canary stands for something secret: a key, a token, what a consent record says.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from peru_media.model.listeners import TOKEN_BYTES, token_from
from tests.cli.calls import edit
from tests.fetching.loopback import Asked, Reply
from tests.private_shows import SHOW
from tests.projects import write

Prepare = Callable[[Path], None]

ACCESS, SECRET = "AKIACANARYACCESS0001", "canary/Secret+Key/0123456789abcdefghijkl"
SESSION, RECEIPT = "canarySessionToken0123456789==", "canary-receipt-key-0123"
TOKEN = token_from(bytes(range(TOKEN_BYTES)))
FORM, BASIS, REAL = "canary-form-0815", "canary told on the phone", "Canary Realname"
FEED = "canaryfeed0123456789"
CANARIES = (ACCESS, SECRET, SESSION, RECEIPT, TOKEN, FORM, BASIS, REAL, FEED)

RECORD = f"""\
# {REAL} asked to be called Dan
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-03-31
form_ref: {FORM}
basis: {BASIS}
"""
PERSON = "feeds/contributors/c-017.yaml"
STORY = "episodes/story-1/episode.md"
BUCKET = """\
  production:
    store: s3://a-bucket/media
    base_url: {url}
    endpoint: {url}
"""
REFUSED = f"""<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>{SECRET} does not match</Message>
<AWSAccessKeyId>{ACCESS}</AWSAccessKeyId><StringToSign>{SESSION}</StringToSign>
</Error>"""


def refusing(asked: Asked) -> Reply:
    """A store that refuses, and says back whatever it was given."""
    del asked
    headers = {"Content-Type": "application/xml", "X-Echo": SESSION}
    return Reply(status=403, headers=headers, body=REFUSED.encode())


def _record(old: str, new: str) -> Prepare:
    return lambda project: edit(project / PERSON, old, new)


def _story(old: str, new: str) -> Prepare:
    return lambda project: edit(project / STORY, old, new)


def _nothing(project: Path) -> None:
    del project


def _plan(project: Path) -> None:
    (project / "plan.json").write_text(json.dumps({"token": TOKEN, "form": FORM}))


def _spoilt(project: Path) -> None:
    (project / ".peru-media/store/current.json").write_text(f'{{"key": "{TOKEN}"}}')


def _in_the_way(project: Path) -> None:
    write(project, {"build/notes.txt": "somebody's"})


@dataclass(frozen=True)
class Failing:
    """A call that fails, after the project was brought into that state."""

    words: tuple[str, ...]
    prepare: Prepare = _nothing
    code: int = 3


WRONG = {
    "a mapping that is none": _record("basis: ", "basis "),
    "a quote without an end": _record(f"form_ref: {FORM}", f'form_ref: "{FORM}'),
    "a field said twice": _record("basis: ", f"form_ref: {BASIS}\nbasis: "),
    "a date that is none": _record("obtained: 2026-03-31", f"obtained: {FORM}"),
    "a review that is none": _record("form_ref", "review"),
    "a choice that is none": _record("name_kind: pseudonym", f"name_kind: {REAL}"),
    "a scope that is none": _record("[podcast, website", f"[{BASIS}, podcast"),
    "a list for a word": _record(f"form_ref: {FORM}", f"form_ref: [{FORM}]"),
    "an unknown field": _record("form_ref", "form_reff"),
    "an anchor": _record("basis: ", "basis: &kept "),
    "a tag": _record("basis: ", "basis: !!binary "),
    "a control letter": _record("basis: ", "basis: \x07"),
    "an id that is a name": _record("id: c-017", f"id: {REAL}"),
    "a field named by a name": _record("basis: ", f"{REAL}: "),
    "a name of nobody": _record("public_name: Dan\n", ""),
    "a record that is a list": _record("id: c-017", "- id: c-017"),
    "a withdrawn consent": _record("basis", "withdrawn: 2026-04-01\nbasis"),
    "an ended consent": _record("basis", "expires: 2026-04-01\nbasis"),
    "a consent of tomorrow": _record("2026-03-31", "2999-03-31"),
    "a scope that is missing": _record("website, transcript", "website"),
    "a person by their name": _story("contributor: c-017", f"contributor: {REAL}"),
}
FORMS = ("text", "json", "junit", "sarif", "github")
FAILING = {
    **{
        f"check {name}": Failing(("check", "--format", FORMS[n % 5]), prepare)
        for n, (name, prepare) in enumerate(WRONG.items())
    },
    **{
        f"publish {name}": Failing(("publish", "--yes", "--debug"), prepare, 7)
        for name, prepare in [*WRONG.items()][::4]
    },
    "plan with a wrong record": Failing(
        ("plan", "--json", "--out", "x.json"), WRONG["a review that is none"], 7
    ),
    "consent with a wrong record": Failing(
        ("consent", "--json"), WRONG["a list for a word"], 0
    ),
    "consent of a name": Failing(("consent", REAL), code=4),
    "new with a name": Failing(
        ("new", "--title", "x", "--show", "stories", "--contributor", "c-017"),
        WRONG["a withdrawn consent"],
        7,
    ),
    "build into what is there": Failing(("build",), _in_the_way, 2),
    "publish what is no plan": Failing(("publish", "plan.json"), _plan, 4),
    "a spoilt store": Failing(("status", "--debug"), _spoilt, 5),
    "listeners of a spoilt store": Failing(("listeners", "list", SHOW), _spoilt, 5),
    "a token for an id": Failing(("listeners", "revoke", "0" * 10), code=4),
    "a feed that nobody gives": Failing(
        ("import", f"http://jo:{FEED}@127.0.0.1:9/private/{FEED}/feed.xml?key={FEED}"),
        code=5,
    ),
    "a check of such a feed": Failing(
        ("check", f"http://127.0.0.1:9/private/{FEED}/feed.xml?token={FEED}"), code=5
    ),
    **{
        f"a bucket that refuses: {words[0]}": Failing((*words, *_AT), code=4)
        for _AT in [("--target", "production", "--debug")]
        for words in (
            ("publish", "--yes"),
            ("publish", "--due"),
            ("plan", "--out", "y.json"),
            ("status", "--json"),
            ("listeners", "add", SHOW),
            ("listeners", "list", SHOW),
        )
    },
    "a bucket that refuses a doctor": Failing(
        ("doctor", "--target", "production"), code=4
    ),
    "a bucket that refuses to forget": Failing(
        ("withdraw", "story-1", "--confirm", "story-1", "--target", "production"),
        code=5,
    ),
}
