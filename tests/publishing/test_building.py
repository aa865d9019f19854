"""What goes out, and above all what does not."""

import gzip
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from peru_media.errors import (
    ContentError,
    DamagedObjectError,
    MediaError,
    RefusedError,
)
from peru_media.model.release import CURRENT_KEY, version_at
from peru_media.model.source import Source
from peru_media.ports import Fetched, Meta
from peru_media.publishing.live import read_live, unpack
from peru_media.publishing.publishing import publish
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import cover, write
from tests.stores import CountingStore

STORY = "episodes/story-1/episode.md"
SHOW = "feeds/stories/show.md"
RECORD = """\
id: c-001
public_name: Robin
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-01-31
form_ref: CANARY-FORM
basis: CANARY-BASIS
{more}
"""


def consented(newsroom: Newsroom, more: str = "") -> None:
    newsroom.edit(STORY, "  - name: The host\n    role: host", "  - contributor: c-001")
    write(newsroom.root, {"feeds/contributors/c-001.yaml": RECORD.format(more=more)})


def source(newsroom: Newsroom) -> Source:
    found = read_live(newsroom.store, {}).source()
    assert found is not None
    return found


def everything(newsroom: Newsroom) -> bytes:
    """All that lies in the store, inflated."""
    bodies = []
    for stored in newsroom.store.list(""):
        fetched = newsroom.store.get(stored.key)
        assert isinstance(fetched, Fetched)
        gzipped = fetched.body.startswith(b"\x1f\x8b")
        bodies.append(gzip.decompress(fetched.body) if gzipped else fetched.body)
    return b"\n".join(bodies)


def test_a_record_lends_its_public_name_and_nothing_else(newsroom: Newsroom) -> None:
    consented(newsroom)

    newsroom.publish()

    stored = everything(newsroom)
    assert b"Robin" in stored
    for secret in (b"CANARY", b"c-001", b"2026-01-31", b"pseudonym"):
        assert secret not in stored


def test_a_consent_holds_through_its_last_day_and_ends_by_itself(
    newsroom: Newsroom,
) -> None:
    consented(newsroom, "expires: 2026-12-31")

    newsroom.publish()

    episode = next(e for e in source(newsroom).episodes if e.slug == "story-1")
    midnight = datetime(2027, 1, 1, tzinfo=UTC)
    table = read_live(newsroom.store, {}).tables()["stories"]
    assert episode.until == midnight
    assert episode.enclosure.key.startswith("held/")
    for path in ("/stories/story-1", episode.enclosure.address):
        before = version_at(table[path], midnight - timedelta(seconds=1))
        after = version_at(table[path], midnight)
        assert before is not None
        assert before.key
        assert after is not None
        assert after.gone == "ended"


@pytest.mark.parametrize(
    "more", ["withdrawn: 2026-10-01", "expires: 2026-10-01", "scope: [website]"]
)
def test_nobody_goes_out_without_a_consent_that_holds(
    newsroom: Newsroom, more: str
) -> None:
    consented(newsroom)
    record = newsroom.root / "feeds/contributors/c-001.yaml"
    lines = record.read_text().splitlines()
    name = more.split(":", maxsplit=1)[0]
    kept = [line for line in lines if not line.startswith(f"{name}:")]
    record.write_text("\n".join([*kept, more, ""]))

    with pytest.raises(RefusedError):
        newsroom.prepare()


def _paper() -> bytes:
    file = BytesIO()
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.docinfo["/Author"] = "CANARY-AUTHOR"
    paper.docinfo["/Title"] = "Evidence"
    paper.save(file)
    return file.getvalue()


def _photo() -> bytes:
    file = BytesIO()
    photo = Image.new("RGB", (600, 600), "teal")
    facts = Image.Exif()
    facts[0x010E] = "CANARY-PLACE"
    photo.save(file, "JPEG", exif=facts)
    return file.getvalue()


def test_a_picture_of_the_folder_is_published_and_measured(newsroom: Newsroom) -> None:
    """Staff name a file; apps get its address, type and pixels."""
    newsroom.edit(
        SHOW,
        "explicit: false",
        "explicit: false\npodcast:\n  image: {file: banner.png, purpose: banner}",
    )
    with pytest.raises(ContentError, match=r"banner\.png is not there"):
        newsroom.prepare()
    write(newsroom.root, {"feeds/stories/banner.png": cover("teal")})

    newsroom.publish()

    feed = etree.fromstring(newsroom.feed())
    (image,) = feed.findall("channel/{https://podcastindex.org/namespace/1.0}image")
    address = image.attrib.pop("href").removeprefix(NOWHERE)
    assert dict(image.attrib) == {
        "aspect-ratio": "1/1",
        "width": "1400",
        "height": "1400",
        "type": "image/png",
        "purpose": "banner",
    }
    assert address in read_live(newsroom.store, {}).tables()["site"]
    assert newsroom.publish().plan.nothing


def test_documents_and_pictures_go_out_clean(newsroom: Newsroom) -> None:
    newsroom.edit(
        STORY,
        "publish: 2026-03-03 09:00",
        "publish: 2026-03-03 09:00\n"
        "documents:\n  - {file: docs/Évidence.pdf, title: The evidence}\n"
        "chapters:\n  - {start: 0, title: Begin, image: photo.jpg}",
    )
    newsroom.edit(
        SHOW,
        "explicit: false",
        "documents:\n  - {file: method.pdf, title: Method}\nexplicit: false",
    )
    write(
        newsroom.root,
        {
            "episodes/story-1/docs/Évidence.pdf": _paper(),
            "episodes/story-1/photo.jpg": _photo(),
            "feeds/stories/method.pdf": _paper(),
        },
    )

    newsroom.publish()

    table = read_live(newsroom.store, {}).tables()["stories"]
    episode = next(e for e in source(newsroom).episodes if e.slug == "story-1")
    assert {
        "/stories/documents/story-1-evidence.pdf",
        "/stories/documents/method.pdf",
    } <= set(table)
    assert episode.chapters[0].image
    assert b"CANARY" not in everything(newsroom)


def test_every_pdf_goes_out_with_its_title_and_its_language(
    newsroom: Newsroom,
) -> None:
    """As an episode's medium, as a document of an episode, and of a show."""
    newsroom.edit(
        STORY,
        "title: Story 1",
        "documents: [{file: report.pdf, title: The report}]\n"
        "language: cy\ntitle: Story 1",
    )
    newsroom.edit(
        SHOW,
        "explicit: false",
        "documents: [{file: method.pdf, title: Method}]\nexplicit: false",
    )
    papers = "episodes/story-1/report.pdf", "feeds/stories/method.pdf"
    own = "episodes/story-2/review.pdf"
    write(newsroom.root, {name: _paper() for name in (*papers, own)})
    for name in ("audio.mp3", "transcript.vtt"):
        (newsroom.root / "episodes/story-2" / name).unlink()

    newsroom.publish()

    found: dict[str, str] = {}
    for stored in newsroom.store.list("public/"):
        if stored.key.endswith(".pdf"):
            fetched = newsroom.store.get(stored.key)
            assert isinstance(fetched, Fetched)
            with pikepdf.open(BytesIO(fetched.body)) as paper:
                assert bool(paper.Root.ViewerPreferences.DisplayDocTitle)
                found[str(paper.docinfo["/Title"])] = str(paper.Root.Lang)
    assert found == {"The report": "cy", "Method": "en-GB", "Story 2": "en-GB"}


def test_an_unlisted_show_keeps_its_media_for_signed_addresses(
    newsroom: Newsroom,
) -> None:
    newsroom.edit(SHOW, "explicit: false", "explicit: false\nvisibility: unlisted")

    newsroom.publish()

    assert not list(newsroom.store.list("public/"))
    assert len(list(newsroom.store.list("held/"))) == 2


def test_a_medium_whose_master_is_away_moves_within_the_store(
    newsroom: Newsroom,
) -> None:
    newsroom.edit(SHOW, "explicit: false", "explicit: false\nvisibility: unlisted")
    newsroom.publish()
    master = newsroom.root / "episodes/story-1/audio.mp3"
    sha256 = newsroom.maker.facts([master])[master].sha256
    newsroom.edit(
        STORY, "title: Story 1", f"media: {{sha256: {sha256}}}\ntitle: Story 1"
    )
    master.unlink()
    newsroom.edit(SHOW, "visibility: unlisted", "visibility: public")

    newsroom.publish()

    moved = {o.key.rsplit("/", 1)[-1] for o in newsroom.store.list("public/")}
    assert moved == {"story-1.mp3", "story-2.mp3"}


def test_a_damaged_medium_is_not_moved(newsroom: Newsroom) -> None:
    newsroom.edit(SHOW, "explicit: false", "explicit: false\nvisibility: unlisted")
    newsroom.publish()
    master = newsroom.root / "episodes/story-1/audio.mp3"
    sha256 = newsroom.maker.facts([master])[master].sha256
    newsroom.edit(
        STORY, "title: Story 1", f"media: {{sha256: {sha256}}}\ntitle: Story 1"
    )
    master.unlink()
    newsroom.edit(SHOW, "visibility: unlisted", "visibility: public")
    for stored in list(newsroom.store.list("held/")):
        newsroom.store.put(stored.key, b"x", meta=Meta(media_type="audio/mpeg"))

    with pytest.raises(DamagedObjectError):
        newsroom.publish()


def test_a_text_that_changes_meanwhile_stops_the_publish(newsroom: Newsroom) -> None:
    words = newsroom.root / "episodes/story-1/transcript.vtt"
    real = newsroom.maker.facts

    class Meddling:
        def facts(self, paths: object) -> object:
            found = real(paths)  # type: ignore[arg-type]  # hands it on
            words.write_text("WEBVTT\n\n00:00.000 --> 00:00.900\nOther words\n")
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(newsroom.maker, name)

    with pytest.raises(MediaError, match="changed while"):
        newsroom.prepare(maker=Meddling())


def test_another_machines_gzip_of_the_same_text_is_accepted(
    newsroom: Newsroom,
) -> None:
    prepared = newsroom.prepare()
    page = next(
        p for p in prepared.parcels if p.stage == "pages" and "episodes" in p.key
    )
    assert isinstance(page.body, bytes)
    other = gzip.compress(gzip.decompress(page.body), 1, mtime=0)
    newsroom.store.put(page.key, other, meta=page.meta)

    assert publish(prepared, newsroom.desk()).release == 1


def test_other_bytes_under_a_name_are_never_accepted(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    page = next(
        p for p in prepared.parcels if p.stage == "pages" and "episodes" in p.key
    )
    newsroom.store.put(page.key, gzip.compress(b"other"), meta=page.meta)

    with pytest.raises(DamagedObjectError):
        publish(prepared, newsroom.desk())


def test_a_cut_off_publish_is_found_out_and_finished(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    publish(prepared, newsroom.desk())
    newsroom.cache[f"sending/{newsroom.store.name}"] = b"1"
    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    store = CountingStore(newsroom.store)

    newsroom.publish(store)

    assert len(store.keys("head")) > len(store.keys("put")) - 2


def test_several_objects_go_out_at_a_time(newsroom: Newsroom) -> None:
    assert newsroom.publish(workers=4).release == 1
    assert newsroom.publish(workers=4).plan.nothing


def test_a_damaged_part_of_a_release_is_noticed(newsroom: Newsroom) -> None:
    newsroom.publish()
    live = read_live(newsroom.store, {})
    assert live.root is not None
    meta = Meta(media_type="application/json")
    newsroom.store.put(live.root.ledger.key, gzip.compress(b"{}"), meta=meta)

    with pytest.raises(DamagedObjectError, match="other bytes"):
        live.ledger()

    newsroom.store.put(live.root.ledger.key, b"no gzip", meta=meta)
    with pytest.raises(DamagedObjectError, match="inflated"):
        live.ledger()


def test_a_damaged_root_is_noticed(newsroom: Newsroom) -> None:
    newsroom.publish()
    meta = Meta(media_type="application/json")
    newsroom.store.put(newsroom.current().key, b"{}", meta=meta)

    with pytest.raises(DamagedObjectError, match="releases/1-"):
        read_live(newsroom.store, {})


def test_a_current_release_that_is_none_is_noticed(newsroom: Newsroom) -> None:
    newsroom.publish()
    meta = Meta(media_type="application/json")
    newsroom.store.put(CURRENT_KEY, b"[]", meta=meta)

    with pytest.raises(DamagedObjectError, match=r"current\.json"):
        read_live(newsroom.store, {})


def test_pages_show_covers_in_small_sizes_that_are_served(newsroom: Newsroom) -> None:
    newsroom.publish()

    table = read_live(newsroom.store, {}).tables()["site"]
    shown = source(newsroom).shows[0].picture
    assert shown
    assert [one.width for one in shown.sizes] == [320, 640, 1400]
    assert {one.address for one in shown.sizes} <= table.keys()
    home = unpack(newsroom.store, str(table["/"][0].key)).decode()
    listed = ", ".join(f"{one.address} {one.width}w" for one in shown.sizes)
    assert f'srcset="{listed}" sizes="12rem"' in home
    assert f'<itunes:image href="{NOWHERE}{shown.address}"' in newsroom.feed().decode()
