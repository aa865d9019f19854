"""Every rule that a podcast's feed must keep, and the codes that hold it to it.

The letters of the ids: T the document and how it is sent, C the channel, I the item,
P what PSP-1 lists, S Spotify and how audio should be, F files beside the feed; a tag
of the podcast namespace has its own name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peru_media.checks.feed.podcast_tags import TAGS, URI, WEB, TagForm

__all__ = ["IDS", "ROWS", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: what it asks, the codes that say where it is broken, or why none does.

    ``note`` also says of a rule with codes which part of it they cannot reach.
    """

    id: str
    asks: str
    codes: tuple[str, ...] = ()
    note: str = ""


def _row(id_: str, asks: str, codes: str, note: str = "") -> Row:
    return Row(id_, asks, tuple(codes.split()), note)


_TRANSPORT = (
    _row("T1", "UTF-8 with a declaration, nothing before it, well formed, no control "
         "characters", "E1003 E1004 E1005 W1006 E1007 E1008 E101 E607"),
    _row("T2", "Namespaces declared, spelled to the letter", "E1010 E1011 W1012 E1018",
         "PSP-1 alone requires podcast and atom, so their absence is a warning."),
    _row("T3", "Sent as application/rss+xml with its charset, and compressed",
         "W5004 W5005 W5006 W5007"),
    _row("T4", "Feed, artwork and media answer GET and HEAD, give parts, ask for no "
         "password", "E5001 E5002 E5003 E5101 E5102 E5103 E5104 W5105 W5110 E5201 "
         "E5202 E5203"),
    _row("T5", "Nothing after the feed, and no page in its place",
         "W1009 E1001 W5008 E5108"),
    _row("T6", "Players on web pages may read feed, transcripts, chapters and parts of "
         "media", "W5009 I5111 W5304 W5404"),
    _row("T7", "The link to itself is the address at which the feed is, which does not "
         "redirect for the moment", "W2028 W5010 W5011"),
    _row("T8", "Addresses of the podcast namespace are https", "W4010"),
    _row("T9", "The feed can be asked whether it has changed", "I5012",
         "That the address of a file never gets other bytes shows only over time; ours "
         "hold the hash of their bytes."),
    _row("T10", "Lines of 255 characters at most, without spaces around them",
         "I1016 I1017 E601"),
    _row("T11", "No address holds a password", "W1019"),
)  # fmt: skip
_CHANNEL = (
    _row("C1", "One title without keywords, one link, description and language",
         "E2001 E2002 E2003 E2004 E2005 W2011 E2029 W1020 I1021 E111 W606"),
    _row("C2", "A description of 4000 bytes at most, its markup in CDATA",
         "E2010 E2013 E604", "Markup written with &lt; reads the same."),
    _row("C3", "A language of two letters, perhaps with a region", "E2014 E803"),
    _row("C4", "A category of Apple's list, a subcategory inside it",
         "E2015 E2016 W2044 E1007 E801 E802"),
    _row("C5", "explicit is true or false", "E2017 E2018 W804"),
    _row("C6", "A square cover of 1400 to 3000 pixels, JPEG or PNG in RGB, with the "
         "ending of its type", "E2021 E2022 E5201 E5204 E5205 E5206 E5207 W5208 E5209 "
         "W5210 E701 E702 E703 E704 E705 W706 E707",
         "The 72 dpi are a number in it that no app reads. That a new cover has a "
         "new address shows only over time; ours hold the hash of their bytes."),
    _row("C7", "One link to itself, with its type", "W2026 W2027 W2043",
         "PSP-1 requires it, no directory refuses a feed for it: a warning."),
    _row("C8", "author, locked and guid", "W2007 W2008 W2009 E120 W807 I808"),
    _row("C9", "An owner with an e-mail address, or the choice to keep it private",
         "I2032 W2033 I806"),
    _row("C10", "type is episodic or serial; a serial numbers its episodes",
         "E2019 E3043 E110 E805"),
    _row("C11", "block and complete say Yes, or nothing", "W2020"),
    _row("C12", "new-feed-url is a whole address; the old feed stays meanwhile",
         "I2030 W2031"),
    _row("C13", "copyright is the holder alone", "W2012"),
    _row("C14", "The small image has url, title and link, those of the channel, and at "
         "most 144 x 400 pixels", "W2023 W2024 W2025"),
    _row("C15", "Dates of RFC 822 with the right weekday, not in the future",
         "W2035 W2036 W2037"),
    _row("C16", "managingEditor, webMaster and author are an e-mail address and a name",
         "W2034"),
    _row("C17", "ttl, skipHours and skipDays are numbers and days that exist",
         "W2038 W2039 W2040"),
    _row("C18", "At least one item", "E2006"),
)  # fmt: skip
_ITEM = (
    _row("I1", "A title without number and without the show's name",
         "E3001 E3002 W3011 W3012 W1020 I1021 E111 W602 W603"),
    _row("I2", "One enclosure with url, length and type",
         "E3026 E3027 E3028 I3048 E210 E211 E212"),
    _row("I3", "The path of its address ends like a file that Apple plays",
         "E3029 E214"),
    _row("I4", "Its type is that of its ending", "E3030 I3031 E5106 W5109 W215",
         "Of the types in use for .m4a any is accepted; Apple's is advised."),
    _row("I5", "Its length is the exact number of bytes", "E3032 W3046 E5107 E216",
         "0 says that nobody can know it, such as of what is made anew for each "
         "listener: the W3C allows it as a last resort, so it is a warning."),
    _row("I6", "A guid that is unique, lasting, and no address unless it is one",
         "E3034 E3035 E3036 W3037 E120 E121 E122 W126 W128 I129",
         "That the guid of others' episodes never changes shows only over time."),
    _row("I7", "No two items have one file", "E3033 W220"),
    _row("I8", "A date of RFC 822 with its zone, not in the future",
         "E3021 E3022 W3023 E3024 E130 E131 W132"),
    _row("I9", "A description of 4000 bytes at most, with plain markup, no scripts and "
         "whole addresses", "W3010 W3013 W3014 W3015 W3016 W605"),
    _row("I10", "description before content:encoded", "W3017"),
    _row("I11", "A duration in seconds, that of the recording",
         "W3005 W3038 I3039 W3047",
         "Of our own files it is measured. Of others' it would take fetching every "
         "recording whole."),
    _row("I12", "Numbers of episode and season are whole, from 1",
         "E3040 E3041 I3044 W3045 E113 W809"),
    _row("I13", "episodeType is full, trailer or bonus; a trailer has its own guid",
         "E3042 E3035 E110", "Any mixture of type, number and season means something."),
    _row("I14", "explicit, image and block as in the channel",
         "E3018 E3019 W2020 E5204 E5205 E5206"),
    _row("I15", "A link to a page that answers", "W3003 W3020 W5501"),
    _row("I16", "A transcript", "W3007 I3008 E201 W206"),
    _row("I17", "Newest first", "I3025"),
)  # fmt: skip
_PSP = (
    _row("P channel atom:link", "must", "W2026 W2027"),
    _row("P channel title", "must", "E2001"),
    _row("P channel description", "must", "E2003"),
    _row("P channel link", "must", "E2002"),
    _row("P channel language", "must", "E2004"),
    _row("P channel itunes:category", "must", "E2015"),
    _row("P channel itunes:explicit", "must", "E2017"),
    _row("P channel itunes:image", "must", "E2021"),
    _row("P item title", "must", "E3001"),
    _row("P item enclosure", "must", "E3026 E3028"),
    _row("P item guid", "must", "E3034"),
    _row("P namespaces", "must: itunes, podcast, atom", "E1011 W1012"),
    _row("P channel podcast:locked", "should", "W2008"),
    _row("P channel podcast:guid", "should", "W2009"),
    _row("P channel itunes:author", "should", "W2007"),
    _row("P item link", "should", "W3003"),
    _row("P item pubDate", "should", "E3021"),
    _row("P item description", "should", "W3004"),
    _row("P item itunes:duration", "should", "W3005"),
    _row("P item itunes:image", "should", "I3009"),
    _row("P item itunes:explicit", "should", "I3006"),
    _row("P item podcast:transcript", "should", "W3007"),
    _row("P channel copyright", "may", "W2012 E2005"),
    _row("P channel podcast:txt", "may", "E4004 W4006"),
    _row("P channel podcast:funding", "may; a certified host must offer it",
         "E4003 W4006"),
    _row("P channel itunes:type", "may", "E2019"),
    _row("P channel itunes:complete", "may", "W2020"),
    _row("P item itunes:episode", "may", "E3040"),
    _row("P item itunes:season", "may", "E3041"),
    _row("P item itunes:episodeType", "may", "E3042"),
    _row("P item itunes:block", "may", "W2020"),
)  # fmt: skip
_SPOTIFY = (
    _row("S enclosure", "url, length in bytes and type, or no ingestion",
         "E3028 E3032 W3046 E5107"),
    _row("S spotify:limit", "recentCount is a number", "W2041"),
    _row("S spotify:countryOfOrigin", "codes of countries", "W2042"),
    _row("S spotify:access", "for partners", "",
         "What it may hold is agreed with Spotify, and not public."),
    _row("S files", "MP3, M4A or WAV; video up to 12 h, H.264 or H.265", "",
         "These are the terms of uploading to Spotify; a feed may have any enclosure "
         "that Apple plays."),
    _row("S replacing", "Another recording gets another address, and the same guid", "",
         "One feed does not tell what it said before; ours are compared by plan with "
         "the live ones, and an address holds the hash of its bytes."),
    _row("S sound", "Mono 96 to 128 kbps, stereo 128 to 256, about -16 LUFS", "",
         "Advice on exporting, from hearsay; loudness would take decoding every "
         "recording whole. probe shows bit rate and channels."),
    _row("S cover size", "512 KB at most", "",
         "Advice of one network for its own app, which no directory enforces."),
)  # fmt: skip
_FILES = (
    _row("F chapters", "JSON of the right type, in the order of time, inside the "
         "recording", "W5401 W5402 W5403 W5404 E221 E222",
         "Of others' files the end of the recording is not known."),
    _row("F transcripts", "WebVTT, SubRip, JSON, HTML or text that can be read, with "
         "times in order", "W5301 W5302 W5303 W5304 I3008 E203 E207 E208 W209 E224"),
    _row("F lines of transcripts", "65 or 32 characters a line, two lines, names where "
         "speakers change", "",
         "Advice on layout; players break the lines to fit their screens."),
    _row("F share link", "#fastfollow-podcast:{guid} behind a page's address", "",
         "It stands on pages, put together by whoever shares; no feed holds it."),
    _row("F guid of episodes", "A lasting address or a UUID", "W3037 W126"),
)  # fmt: skip

# What staff write is held to the forms of the tags before anything is rendered.
_OWN_FORMS = ("E110", "E111", "E113", "E115", "E116")
_MORE = {
    "podcast:transcript": ("I3008", "W3007"),
    "podcast:soundbite": ("I4013", "W223"),
    "podcast:person": ("I4014", "E608"),
    "podcast:episode": ("I3044",),
    "podcast:license": ("E4017",),
    "podcast:guid": ("W4015", "W2009", "E120", "E124", "E125"),
    "podcast:locked": ("W2008", "I808"),
    "podcast:medium": ("W4018",),
    "podcast:socialInteract": ("E4017", "I4020", "E117"),
    "podcast:image": ("I4019",),
    "podcast:block": ("W4016", "E117"),
    "podcast:txt": ("E4017", "E117"),
    "podcast:updateFrequency": ("E4017", "E117"),
    "podcast:valueTimeSplit": ("E4017", "E117"),
    "podcast:publisher": ("E4017", "W4018", "I4020"),
    "podcast:remoteItem": ("E4017", "W4018"),
    "podcast:images": ("W4007",),
    "podcast:chapters": ("E221", "E222", "W5401"),
    "podcast:season": ("E144",),
}
_NOTES = {
    "podcast:guid": "That it was made from the first address of the feed cannot be "
    "told later, because it survives moves.",
    "podcast:publisher": "That the publisher's feed names this one in turn would take "
    "reading that feed.",
    "podcast:podping": "Whether the host really announces by Podping is not in a feed.",
    "podcast:integrity": "Comparing it would take fetching every recording whole.",
}


def _of_tag(name: str, form: TagForm) -> Row:
    codes = [*_by_form(form), *_MORE.get(name, ()), *_OWN_FORMS]
    asks = (
        f"in {', '.join(sorted(form.parents))}; {'once' if form.once else 'any number'}"
    )
    return Row(name, asks, tuple(dict.fromkeys(codes)), _NOTES.get(name, ""))


def _by_form(form: TagForm) -> Iterator[str]:
    """The codes that a tag of this form can break."""
    addresses = any(form.form(name) in {WEB, URI} for name in form.attributes())
    kept = {
        "E4001": True,
        "E4002": form.once,
        "E4003": bool(form.required),
        "E4004": bool(form.worded),
        "E4005": bool(form.attributes()),
        "W4006": bool(form.longest or form.limits),
        "I4008": bool(form.recommended),
        "E4009": bool(form.children),
        "W4010": addresses,
        "W4011": True,
        "I4012": True,
    }
    return (code for code, there in kept.items() if there)


ROWS = (
    *_TRANSPORT,
    *_CHANNEL,
    *_ITEM,
    *_PSP,
    *_SPOTIFY,
    *(_of_tag(name, form) for name, form in TAGS.items()),
    *_FILES,
)
IDS = tuple(row.id for row in ROWS)
