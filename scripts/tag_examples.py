"""One example of each tag, as staff write it, with what it does for a listener."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["EXAMPLES", "Example"]


@dataclass(frozen=True, slots=True)
class Example:
    """A tag: what it is for, the file it is written in, and what stands there."""

    tag: str
    purpose: str
    file: Literal["show.md", "episode.md"]
    fields: str


EXAMPLES = (
    Example(
        "podcast:guid",
        "Apps know the show again after it has moved to another address. It is made "
        "once and never changed; an imported show keeps the one it has. "
        "`peru_media.model.address.podcast_guid(feed_url)` works out the one that "
        "directories expect for an address.",
        "show.md",
        "guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810",
    ),
    Example(
        "podcast:locked",
        "Nobody can move the show to another host without asking its owner.",
        "show.md",
        "locked: yes\nowner: {name: PERU, email: media@example.ac.uk}",
    ),
    Example(
        "podcast:license",
        "Listeners see what they may do with a recording. An episode can have its own.",
        "show.md",
        "licence: CC-BY-4.0",
    ),
    Example(
        "podcast:funding",
        "A button in the app leads to where the show can be supported.",
        "show.md",
        "funding: {url: https://example.ac.uk/give, text: Support our research}",
    ),
    Example(
        "podcast:person",
        "Apps show who speaks and who made it, and find their other episodes. The "
        "people of an episode take the place of those of the show.",
        "episode.md",
        "people:\n"
        "  - {name: Ann Example, role: host, orcid: 0000-0002-1825-0097}\n"
        "  - {name: Ben Example, role: sound designer}",
    ),
    Example(
        "podcast:medium",
        "Apps play the show as what it is: a podcast, an audiobook, a course, films.",
        "show.md",
        "podcast:\n  medium: audiobook",
    ),
    Example(
        "podcast:location",
        "Listeners find shows and episodes about a place, or made there.",
        "episode.md",
        "location: {name: Salford, rel: subject, geo: 'geo:53.4875,-2.2901', "
        "osm: R146656, country: GB}",
    ),
    Example(
        "podcast:trailer",
        "Somebody new hears what the show, or a season, is about.",
        "show.md",
        "podcast:\n"
        "  trailer:\n"
        "    title: What is to come\n"
        "    url: https://media.example.ac.uk/trailer.mp3\n"
        "    published: 2026-05-01 09:00\n"
        "    type: audio/mpeg\n"
        "    length: 480000\n"
        "    season: 2",
    ),
    Example(
        "podcast:updateFrequency",
        "Apps tell how often to expect something new, and need not look in between.",
        "show.md",
        "podcast:\n"
        "  update_frequency: {text: Every second Tuesday, "
        "rrule: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU}",
    ),
    Example(
        "podcast:podping",
        "Apps hear of a new episode at once, where the host announces it by Podping.",
        "show.md",
        "podcast:\n  podping: yes",
    ),
    Example(
        "podcast:image",
        "Apps show a picture made for the place: a banner, a canvas, a poster. "
        "With file: instead of href: it comes out of the folder, and is measured.",
        "show.md",
        "podcast:\n"
        "  image: {href: https://media.example.ac.uk/banner.png, alt: Two people "
        "talk, aspect_ratio: 16/9, width: 1920, height: 1080, type: image/png, "
        "purpose: banner}",
    ),
    Example(
        "podcast:socialInteract",
        "Answers to one post become the comments of an episode.",
        "episode.md",
        "podcast:\n"
        "  social_interact:\n"
        "    protocol: activitypub\n"
        "    uri: https://social.example.org/@unit/1\n"
        "    account_id: '@unit@social.example.org'\n"
        "    priority: 1",
    ),
    Example(
        "podcast:chat",
        "Listeners talk with each other while they listen.",
        "show.md",
        "podcast:\n"
        "  chat: {server: irc.example.org, protocol: irc, space: '#personalisation'}",
    ),
    Example(
        "podcast:block",
        "A service that should not list the show is told so.",
        "show.md",
        "podcast:\n  block:\n    - {value: yes}\n    - {id: spotify, value: no}",
    ),
    Example(
        "podcast:txt",
        "A directory sees that the show is yours, without an e-mail address in it.",
        "show.md",
        "podcast:\n  txt: {purpose: applepodcastsverify, text: 8f5c2d}",
    ),
    Example(
        "podcast:value",
        "Listeners pay those who made it while they listen, and others for a stretch "
        "that is theirs.",
        "episode.md",
        "podcast:\n"
        "  value:\n"
        "    type: lightning\n"
        "    method: lnaddress\n"
        "    recipient:\n"
        "      - {name: The unit, type: lnaddress, address: unit@example.org, "
        "split: 90}\n"
        "      - {name: The host, type: lnaddress, address: host@example.org, "
        "split: 10, fee: yes}\n"
        "    time_split:\n"
        "      - start: 1:00\n"
        "        duration: 30\n"
        "        remote_percentage: 95\n"
        "        remote_item: {feed_guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810}",
    ),
    Example(
        "podcast:publisher",
        "From one show, apps lead to all the others of whoever publishes it. Public "
        "shows name the site's own publisher by themselves; write this for another.",
        "show.md",
        "podcast:\n"
        "  publisher: {feed_guid: 003af0a0-6a45-55cf-b765-68e3d349551a, "
        "feed_url: https://media.example.ac.uk/publisher.xml}",
    ),
    Example(
        "podcast:podroll",
        "Listeners find other shows that you recommend. Without it, public shows "
        "recommend each other, unless site.yaml says podroll: false.",
        "show.md",
        "podcast:\n"
        "  podroll:\n"
        "    remote_item:\n"
        "      - {feed_guid: 9b024349-ccf0-5f69-a609-6b82873eab3c, title: Podnews}",
    ),
    Example(
        "podcast:remoteItem",
        "A show can hold episodes of other shows, such as a list of what to hear.",
        "show.md",
        "podcast:\n"
        "  remote_item:\n"
        "    feed_guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810\n"
        "    feed_url: https://example.org/feed.xml\n"
        "    item_guid: episode-7\n"
        "    medium: music",
    ),
    Example(
        "podcast:liveItem",
        "Apps announce a broadcast, and play it when it begins.",
        "show.md",
        "podcast:\n"
        "  live_item:\n"
        "    status: pending\n"
        "    start: 2026-12-01 18:00\n"
        "    end: 2026-12-01 19:00\n"
        "    title: Ask the researchers\n"
        "    guid: live-2026-12-01\n"
        "    enclosure: {url: https://live.example.ac.uk/a.mp3, type: audio/mpeg}\n"
        "    person: {name: Jo Smith, role: guest}\n"
        "    content_link: {href: https://example.ac.uk/live, text: Watch}",
    ),
    Example(
        "podcast:contentLink",
        "Where an app cannot play it, it leads to where it can be watched or heard.",
        "episode.md",
        "podcast:\n"
        "  content_link: {href: https://video.example.org/w/1, text: Watch it}",
    ),
    Example(
        "podcast:alternateEnclosure",
        "Listeners choose a smaller file, a film, or another language.",
        "episode.md",
        "podcast:\n"
        "  alternate_enclosure:\n"
        "    type: audio/opus\n"
        "    length: 480000\n"
        "    bitrate: 32000\n"
        "    title: Small\n"
        "    source:\n"
        "      - {uri: https://media.example.ac.uk/small.opus}\n"
        "      - {uri: 'ipfs://example', content_type: audio/opus}\n"
        "    integrity: {type: sri, value: sha384-ExAmPlE}",
    ),
    Example(
        "podcast:transcript",
        "The words can be read along and searched. The episode's own transcript is "
        "published by itself; further ones, such as a translation, are named here.",
        "episode.md",
        "podcast:\n"
        "  transcript: {url: https://example.ac.uk/cy.vtt, type: text/vtt, "
        "language: cy}",
    ),
    Example(
        "podcast:chapters",
        "Listeners jump to the part that they want.",
        "episode.md",
        "chapters:\n  - {start: 0, title: Beginning}\n  - {start: 1:30, title: Later}",
    ),
    Example(
        "podcast:soundbite",
        "A stretch that is worth sharing can be shared.",
        "episode.md",
        "soundbites:\n  - {start: 1:10, duration: 30, title: Where to begin}",
    ),
    Example(
        "podcast:season",
        "Episodes stand together under the season's name, which a collection gives.",
        "episode.md",
        "collection: stories",
    ),
    Example(
        "podcast:episode",
        "An episode between two others has a number, or a name in its place.",
        "episode.md",
        "number: 3\npodcast:\n  episode: {number: 3.5, display: Interlude}",
    ),
    Example(
        "itunes:complete",
        "Apps no longer look for anything new.",
        "show.md",
        "complete: yes",
    ),
    Example(
        "psc:chapters",
        "Apps that do not fetch chapters find them in the feed itself. The show says "
        "`simple_chapters: yes`.",
        "episode.md",
        "chapters:\n  - {start: 0, title: Beginning}\n  - {start: 1:30, title: Later}",
    ),
    Example(
        "spotify:limit",
        "Spotify lists only as many of the newest episodes.",
        "show.md",
        "spotify: {recent_count: 20}",
    ),
    Example(
        "spotify:countryOfOrigin",
        "Spotify knows the countries that the show is made for.",
        "show.md",
        "spotify: {countries: [GB, IE]}",
    ),
    Example(
        "media:rating",
        "Anything of any other namespace, given as XML. The show declares the prefix; "
        "an episode's `extra` uses it in the same way.",
        "show.md",
        "namespaces:\n"
        "  media: http://search.yahoo.com/mrss/\n"
        'extra: <media:rating scheme="urn:simple">nonadult</media:rating>',
    ),
)
