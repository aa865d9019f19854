import json

from lxml import html

from peru_media.rendering.notices import notices
from peru_media.rendering.views import Imprint

IMPRINT = Imprint(
    organisation="PERU <unit>",
    ror=None,
    contact="media@example.org",
    base_url="https://example.org/media",
    languages=("en-GB", "cy"),
    style="/assets/style.css",
    script="/assets/player.js",
    icon="/assets/icon.svg",
)


def test_each_page_is_there_in_each_language_in_the_design_of_the_site() -> None:
    pages = json.loads(notices(IMPRINT))

    assert list(pages) == ["", "/cy"]
    for prefix, language in (("", "en-GB"), ("/cy", "cy")):
        names = ["ended", "late", "removed", "unknown", "withdrawn"]
        assert list(pages[prefix]) == names
        for page in pages[prefix].values():
            tree = html.document_fromstring(page)
            assert tree.get("lang") == language
            assert (
                tree.findtext(".//title") == f"{tree.findtext('.//h1')} | PERU <unit>"
            )
            assert tree.xpath("//link[@rel='stylesheet']/@href") == [
                "/media/assets/style.css"
            ]
            assert tree.xpath("//form/@action") == [f"/media{prefix}/search"]
            assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
            assert not tree.xpath("//link[@hreflang] | //link[@rel='canonical']")


def test_what_is_gone_is_not_named() -> None:
    pages = json.loads(notices(IMPRINT))[""]

    words = html.document_fromstring(pages["withdrawn"]).find(".//main").text_content()
    assert " ".join(words.split()) == (
        "This has been taken down It has been withdrawn. "
        "We ask everyone who kept a copy to delete it."
    )
