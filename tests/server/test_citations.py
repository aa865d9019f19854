"""A citation is there in every form, though one alone is stored."""

import json

import pytest

from peru_media.model.forms import CITATION_KINDS
from peru_media.rendering.citation import cited_episode, csl_json
from peru_media.rendering.citation_forms import citation_form
from tests.releases import gone, page, publish_release
from tests.rendering.samples import BASE, make_episode, make_show
from tests.server.conftest import Serve
from tests.server.stores import TroubledStore

AT = "/personalisation/first/cite."
TYPES = {
    "json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
STORED = csl_json(
    cited_episode(make_episode(), make_show(), organisation="PERU", base_url=BASE)
)


@pytest.mark.parametrize("kind", CITATION_KINDS)
def test_every_form_answers_with_its_type_and_runs_nothing(
    kind: str, store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, {f"{AT}json": page(STORED.decode(), kind="citation")})
    site = serve(store)

    answer = site.ask(f"{AT}{kind}", accept_encoding="gzip")

    assert answer.status_code == 200
    assert answer.content == citation_form(STORED, kind=kind)
    assert answer.headers["content-type"] == TYPES[kind]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["access-control-allow-origin"] == "*"
    again = site.ask(
        f"{AT}{kind}", if_none_match=answer.headers["etag"], accept_encoding="gzip"
    )
    assert again.status_code == 304


def test_a_citation_goes_with_its_episode(store: TroubledStore, serve: Serve) -> None:
    publish_release(store, {f"{AT}json": page(STORED.decode(), kind="citation")})
    site = serve(store)
    assert json.loads(site.ask(f"{AT}json").text)[0]["title"] == "The story first"

    publish_release(store, {f"{AT}json": gone()}, number=2)
    site.until_release(2)

    answer = site.ask(f"{AT}bib")
    assert answer.status_code == 410
    assert "first" not in answer.text


def test_other_addresses_have_no_citation(store: TroubledStore, serve: Serve) -> None:
    publish_release(store, {f"{AT}json": page(STORED.decode(), kind="citation")})
    site = serve(store)

    for path in (f"{AT}xml", f"{AT}txt", "/personalisation/other/cite.bib"):
        assert site.ask(path).status_code == 404
