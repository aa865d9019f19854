"""What a feed should say, worked out from the model alone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import escape

from peru_media.model.licence import LICENCES, Licence
from peru_media.model.live import LiveItemField
from peru_media.model.moment import local_moment
from peru_media.model.podcast import PodcastShow
from peru_media.model.source import Collection, Episode, Show
from peru_media.rendering.addresses import (
    chapters_path,
    feed_path,
    page_path,
    transcript_path,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.notes import (
    brief_html,
    notes_html,
    plain_text,
    shortened,
)
from peru_media.rendering.words import STAND_IN
from tests.readers.model_tags import Telling
from tests.readers.said import Said

__all__ = ["said_by_model"]

_SHORT, _LONG = 128, 4000


def said_by_model(
    show: Show, episodes: Sequence[Episode], *, base_url: str, built: datetime
) -> Said:
    """Everything that a feed of these episodes, in this order, should say.

    What Markdown becomes is as the renderer works it out: whether that is right its
    own tests look at. A notice of rights has to begin with its holder.
    """
    said: Said = {}
    channel = Telling(said, "", (), base_url)
    _channel(channel, show, built)
    _apple(channel, show)
    _podcast(channel, show)
    _others(channel, show)
    named = {one.name: one for one in show.collections}
    for number, episode in enumerate(episodes):
        collection = named.get(episode.collection or "")
        _episode(channel.inner("item", number), episode, collection, show)
    return said


def _channel(channel: Telling, show: Show, built: datetime) -> None:
    channel.tag("title", text=legal(show.title).strip() or show.slug)
    page = f"{channel.base_url}/{show.slug}"
    channel.tag("link", text=page)
    words = shortened(plain_text(notes_html(show.description, page=page)), limit=_LONG)
    channel.tag("description", text=words or legal(show.title).strip() or show.slug)
    channel.tag("copyright", text=show.copyright)
    channel.tag("language", text=show.language)
    channel.tag("generator", text="peru_media")
    channel.tag("lastBuildDate", text=built)
    channel.tag(
        "atom:link",
        href=channel.address(feed_path(show.slug)),
        rel="self",
        type="application/rss+xml",
    )


def _apple(channel: Telling, show: Show) -> None:
    channel.tag("itunes:author", text=show.author)
    order = list(dict.fromkeys(one.name for one in show.categories))
    for number, name in enumerate(order):
        channel.tag("itunes:category", text=name)
        within = channel.inner("itunes:category", number)
        for one in show.categories:
            if one.name == name:
                within.tag("itunes:category", text=one.sub)
    channel.tag("itunes:explicit", text=show.explicit)
    picture = show.picture.address if show.picture else None
    channel.tag("itunes:image", href=channel.address(picture))
    channel.tag("itunes:type", text=show.type)
    if show.owner:
        within = channel.inner("itunes:owner", 0)
        within.tag("itunes:name", text=show.owner.name)
        within.tag("itunes:email", text=show.owner.email)
    channel.tag("itunes:new-feed-url", text=channel.address(show.new_url))
    channel.tag("itunes:complete", text=show.complete or None)
    hidden = show.visibility != "public"
    channel.tag("itunes:block", text=hidden or None)


def _podcast(channel: Telling, show: Show) -> None:
    mail = show.owner.email if show.owner else None
    channel.tag("podcast:guid", text=show.guid)
    channel.tag("podcast:locked", text=show.locked, owner=mail)
    _licence(channel, show.licence)
    channel.fundings(show.funding)
    channel.people(show.people)
    said, zone = show.podcast, ZoneInfo(show.timezone)
    if said is None:
        return
    channel.tag("podcast:medium", text=said.medium)
    channel.tag("podcast:podping", usesPodping=said.podping or None)
    for block in said.block:
        channel.tag("podcast:block", text=block.value, id=block.id)
    for one in said.trailer:
        channel.tag(
            "podcast:trailer",
            text=one.title,
            url=one.url,
            pubdate=local_moment(one.published, zone),
            length=one.length,
            type=one.type,
            season=one.season,
        )
    rule = said.update_frequency
    if rule:
        begin = rule.dtstart and local_moment(rule.dtstart, zone)
        more = {"rrule": rule.rrule, "dtstart": begin, "complete": rule.complete}
        channel.tag("podcast:updateFrequency", text=rule.text, **more)
    channel.shared(said)
    _elsewhere(channel, said)
    for number, live in enumerate(said.live_item):
        _live(channel, live, number, zone)


def _elsewhere(channel: Telling, said: PodcastShow) -> None:
    if said.publisher:
        within = channel.inner("podcast:publisher", 0)
        guid, url = said.publisher.feed_guid, said.publisher.feed_url
        within.tag("podcast:remoteItem", feedGuid=guid, feedUrl=url, medium="publisher")
    for one in said.podroll.remote_item if said.podroll else ():
        channel.inner("podcast:podroll", 0).remote_item(one)
    for one in said.remote_item:
        channel.remote_item(one)


def _live(channel: Telling, live: LiveItemField, number: int, zone: ZoneInfo) -> None:
    end = local_moment(live.end, zone) if live.end else None
    start = local_moment(live.start, zone)
    channel.tag("podcast:liveItem", status=live.status, start=start, end=end)
    within = channel.inner("podcast:liveItem", number)
    within.tag("title", text=live.title)
    within.tag("description", text=live.description)
    within.tag("link", text=live.link)
    within.tag("guid", text=live.guid, isPermaLink=False)
    stream = live.enclosure
    within.tag("enclosure", url=stream.url, length=stream.length, type=stream.type)
    within.people(live.person)
    within.fundings(live.funding)
    within.shared(live)


def _others(channel: Telling, show: Show) -> None:
    if show.spotify:
        countries = " ".join(show.spotify.countries).lower()
        channel.tag("spotify:limit", recentCount=show.spotify.recent_count)
        channel.tag("spotify:countryOfOrigin", text=countries)
    if show.extra:
        channel.tag("media:rating", text="nonadult", scheme="urn:simple")


def _episode(
    item: Telling, episode: Episode, collection: Collection | None, show: Show
) -> None:
    item.tag("title", text=legal(episode.title).strip() or episode.slug)
    item.tag("link", text=item.address(page_path(episode)))
    item.tag("guid", text=episode.guid, isPermaLink=False)
    html = legal(_html(episode, page=f"{item.base_url}{page_path(episode)}"))
    brief = brief_html(html, limit=_LONG) if html else ""
    item.tag("description", text=brief)
    item.tag("content:encoded", text=html if brief else "")
    medium = episode.enclosure
    item.tag(
        "enclosure",
        url=item.address(medium.address),
        length=medium.size,
        type=medium.media_type,
    )
    item.tag("pubDate", text=episode.published)
    season = episode.season or (collection.season if collection else None)
    _apple_item(item, episode, season)
    title = collection.title if collection and collection.season == season else ""
    item.tag("podcast:season", text=season, name=title[:_SHORT])
    _podcast_item(item, episode)
    if show.simple_chapters and episode.chapters:
        item.tag("psc:chapters", version="1.2")
        within = item.inner("psc:chapters", 0)
        for one in sorted(episode.chapters, key=lambda chapter: chapter.start):
            within.tag(
                "psc:chapter",
                start=one.start,
                title=one.title,
                href=item.address(one.url),
                image=item.address(one.image),
            )
    if episode.extra:
        item.tag("media:rating", text="nonadult", scheme="urn:simple")


def _html(episode: Episode, *, page: str) -> str:
    """The notes, with what a listener should know first."""
    told = "stand-in" in episode.notes.lower()
    first = [STAND_IN] if episode.stand_in and not told else []
    first += [episode.content_note] if episode.content_note else []
    lines = (f"<p><strong>{escape(one)}</strong></p>\n" for one in first)
    return "".join(lines) + notes_html(episode.notes, page=page)


def _apple_item(item: Telling, episode: Episode, season: int | None) -> None:
    length = episode.enclosure.duration
    seconds = None if length is None else max(1, round(length))
    picture = episode.picture.address if episode.picture else None
    item.tag("itunes:duration", text=seconds)
    item.tag("itunes:explicit", text=episode.explicit)
    item.tag("itunes:episode", text=episode.number)
    item.tag("itunes:season", text=season)
    item.tag("itunes:episodeType", text=episode.type)
    item.tag("itunes:image", href=item.address(picture))
    item.tag("itunes:subtitle", text=episode.subtitle)


def _podcast_item(item: Telling, episode: Episode) -> None:
    said = episode.podcast
    numbered = said.episode if said else None
    number = numbered.number if numbered else episode.number
    shown = numbered.display if numbered else None
    item.tag("podcast:episode", text=number, display=shown)
    item.people(episode.people)
    own = episode.transcript
    if own:
        url = item.address(transcript_path(episode))
        item.tag(
            "podcast:transcript", url=url, type=own.media_type, language=own.language
        )
    if episode.chapters:
        url, kind = item.address(chapters_path(episode)), "application/json+chapters"
        item.tag("podcast:chapters", url=url, type=kind)
    for bite in episode.soundbites:
        times = {"startTime": bite.start, "duration": bite.duration}
        item.tag("podcast:soundbite", text=bite.title[:_SHORT], **times)
    _licence(item, episode.licence)
    item.places(episode.location)
    if said:
        for text in said.transcript:
            more = {"language": text.language, "rel": text.rel}
            item.tag("podcast:transcript", url=text.url, type=text.type, **more)
        item.fundings(said.funding)
        item.shared(said)
    if episode.stand_in:
        item.tag("podcast:txt", text=STAND_IN, purpose="stand-in")


def _licence(telling: Telling, licence: Licence | None) -> None:
    if licence:
        known = licence.name in LICENCES
        name = licence.name if known else licence.name[:_SHORT]
        telling.tag("podcast:license", text=name, url=licence.url)
