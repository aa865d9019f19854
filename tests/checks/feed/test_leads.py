from peru_media.checks.feed import FeedSurvey
from peru_media.checks.feed.leads import leads
from peru_media.model.probed import Lead, Role
from peru_media.parsing.outline import read_outline

URL = "https://example.org/feeds/one.xml"
HEAD = (
    '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>\n'
)


def _leads(
    text: str, *, url: str | None = URL, newest: int | None = None
) -> tuple[Lead, ...]:
    outline = read_outline(f"{HEAD}{text}</channel></rss>".encode())
    survey = FeedSurvey(outline=outline, name="f.xml", url=url)
    return leads(survey, newest=newest)


def test_each_part_is_told_with_its_place_and_what_is_promised() -> None:
    (lead,) = _leads(
        '<item><title> One\n</title><enclosure url=" https://a.org/1.mp3 " length="7" '
        'type="audio/mpeg"/></item>'
    )

    assert lead == Lead(
        role=Role.MEDIA,
        url="https://a.org/1.mp3",
        line=3,
        of='"One"',
        type="audio/mpeg",
        length="7",
    )


def test_other_forms_of_a_medium_are_media_too() -> None:
    found = _leads(
        '<item><podcast:alternateEnclosure type="video/mp4" length="9">'
        '<podcast:source uri="https://a.org/1.mp4"/>'
        '<podcast:source uri="https://a.org/1" contentType="application/x-mpegURL"/>'
        '<podcast:source uri="ipfs://some"/>'
        "</podcast:alternateEnclosure></item>"
    )

    told = [(lead.role, lead.url, lead.type, lead.length) for lead in found]
    assert told == [
        (Role.MEDIA, "https://a.org/1.mp4", "video/mp4", "9"),
        (Role.MEDIA, "https://a.org/1", "application/x-mpegURL", "9"),
    ]
    assert {lead.of for lead in found} == {"an episode without a title"}


def test_one_episode_sends_us_to_forty_addresses_at_most() -> None:
    many = "".join(
        f'<podcast:transcript url="https://victim.example/?{n}" type="text/vtt"/>'
        for n in range(5000)
    )
    text = f"<item>{many}</item><item>{many.replace('?', 'b?')}</item>"

    assert len(_leads(text, newest=2)) == 80
    assert len(_leads(text)) == 10_000  # so that what is left out is counted


def test_a_trailer_of_the_show_is_a_medium() -> None:
    (lead,) = _leads(
        '<podcast:trailer url="https://a.org/t.mp3" length="5">T</podcast:trailer>'
    )

    assert (lead.role, lead.of, lead.length) == (Role.MEDIA, "the show", "5")


def test_only_addresses_of_the_web_lead_anywhere() -> None:
    items = "".join(
        f'<item><enclosure url="{url}"/></item>'
        for url in ("", "ftp://a/1", "javascript:x", "http://[::1", "/1.mp3", "//b/2")
    )

    assert [lead.url for lead in _leads(items)] == [
        "http://[::1",
        "https://example.org/1.mp3",
        "https://b/2",
    ]
    assert [lead.url for lead in _leads(items, url=None)] == ["http://[::1"]


def test_an_address_is_told_once_for_each_thing_that_it_is_there_for() -> None:
    image = '<itunes:image href="https://a.org/1"/>'
    item = f"<item><title>x</title><link>https://a.org/1</link>{image}</item>"

    found = _leads(f"{image}{item * 3}")

    assert [(lead.role, lead.of) for lead in found] == [
        (Role.ARTWORK, "the show"),
        (Role.PAGE, '"x"'),
    ]


def test_the_newest_come_first_and_what_has_no_date_last() -> None:
    dates = ("", "Mon, 02 Nov 2020 09:00:00 GMT", "Tue, 99", "02 Nov 2021 09:00 +9999")
    items = "".join(
        f"<item><pubDate>{date}</pubDate><link>https://a.org/{number}</link></item>"
        for number, date in enumerate((*dates, "Mon, 01 Nov 2021 09:00:00 GMT"))
    )

    order = [lead.url[-1] for lead in _leads(items)]

    assert order[:2] == ["4", "1"]
    assert sorted(order) == ["0", "1", "2", "3", "4"]
    assert [lead.url[-1] for lead in _leads(items, newest=1)] == ["4"]
    assert _leads(items, newest=0) == ()


def test_what_is_no_rss_leads_nowhere() -> None:
    outline = read_outline(b'<feed xmlns="http://www.w3.org/2005/Atom"/>')

    assert leads(FeedSurvey(outline=outline, name="f.xml")) == ()
