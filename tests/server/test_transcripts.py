"""A transcript is there in every form, though one alone is stored."""

from datetime import timedelta

import pytest

from peru_media.model.transcripts import KINDS
from peru_media.rendering.transcript_forms import transcript_form
from tests.clocks import SetClock
from tests.releases import NOON, gone, page, publish_release
from tests.server.conftest import Serve
from tests.server.stores import TroubledStore

AT = "/show/story/transcript."
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Hello <b>you</b>\n"
SRT = "1\n00:00:00,000 --> 00:00:01,000\nAnn: Hello\n"
TYPES = {
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_answers_with_its_type_and_to_every_player(
    kind: str, store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {f"{AT}vtt": page(VTT, kind="vtt")})
    site = serve(store)
    made = transcript_form(VTT.encode(), media_type="text/vtt", kind=kind)

    answer = site.ask(f"{AT}{kind}", origin="https://player.example")

    assert answer.status_code == 200
    assert answer.content == (VTT.encode() if kind == "vtt" else made)
    assert answer.headers["content-type"] == TYPES[kind]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    asked = site.ask(f"{AT}{kind}", "OPTIONS", origin="https://player.example")
    assert asked.headers["access-control-allow-origin"] == "*"


def test_captions_of_either_kind_answer_as_what_browsers_show(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {"/show/story/captions.srt": page(SRT, kind="srt")})
    site = serve(store)

    answer = site.ask("/show/story/captions.vtt")

    assert answer.text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n")
    assert answer.headers["content-type"] == TYPES["vtt"]
    assert site.ask("/show/story/captions.srt").text == SRT
    assert site.ask("/show/story/captions.txt").status_code == 404


def test_a_form_is_made_once_and_unchanged_is_304(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {f"{AT}srt": page(SRT, kind="srt")})
    site = serve(store)
    first = site.ask(f"{AT}vtt", accept_encoding="gzip")
    assert first.text == "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ann>Hello\n"

    again = site.ask(
        f"{AT}vtt", if_none_match=first.headers["etag"], accept_encoding="gzip"
    )

    assert again.status_code == 304
    part = site.ask(f"{AT}vtt", range="bytes=0-5")
    assert (part.status_code, part.text) == (206, "WEBVTT")


def test_words_without_times_have_no_timed_form(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {f"{AT}txt": page("Ann: <Hello>", kind="txt")})
    site = serve(store)

    assert site.ask(f"{AT}vtt").status_code == 404
    assert site.ask(f"{AT}html").text == "<p>Ann: &lt;Hello&gt;</p>\n"
    assert site.ask("/show/other/transcript.html").status_code == 404


def test_a_form_goes_with_what_it_was_made_of(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {f"{AT}vtt": page(VTT, kind="vtt")})
    site = serve(store)
    assert site.ask(f"{AT}txt").status_code == 200

    publish_release(store, {f"{AT}vtt": gone()}, number=2)
    site.until_release(2)

    assert site.ask(f"{AT}txt").status_code == 410
    assert "Hello" not in site.ask(f"{AT}txt").text


def test_a_form_comes_no_sooner_than_its_episode(
    store: TroubledStore, serve: Serve, clock: SetClock
) -> None:
    due = page(VTT, kind="vtt").at(NOON + timedelta(hours=1))
    publish_release(store, {f"{AT}vtt": due})
    site = serve(store)
    assert site.ask(f"{AT}json").status_code == 404

    clock.advance(timedelta(hours=1))

    answer = site.until(f"{AT}json", lambda said: said.status_code == 200)

    assert answer.json()["segments"][0]["speaker"] == "Ann"
