"""Letters and the printed receipt: plain words, and nothing that a browser obeys."""

from datetime import UTC, datetime

from peru_media.model.receipt import Asked, Gone, Receipt, signed
from peru_media.publishing.withdrawing.beyond import beyond
from peru_media.publishing.withdrawing.letters import Subject, letters, letters_of
from peru_media.publishing.withdrawing.order import Case, Concerned, Docket, Order
from peru_media.publishing.withdrawing.printing import printed
from tests.factories import make_episode, make_show, make_site

AT = datetime(2026, 11, 23, 14, tzinfo=UTC)
EVIL = "<script>alert('amy')</script>"
GONE = Gone(
    target="local",
    base_url="https://media.example.org",
    release=4,
    objects=12,
    reached=True,
    asked=(Asked(address=f"https://media.example.org/{EVIL}", status=410),),
    lists=3,
    failures=(f"{EVIL} answers 200",),
    unpurged=(EVIL,),
)
RECEIPT = Receipt(
    kind="contributor",
    name="c-017",
    public_name=EVIL,
    reason="consent",
    by=EVIL,
    ordered=AT,
    finished=AT,
    episodes=("a" * 20,),
    targets=(GONE, Gone(target="lost", base_url="https://lost.example.org")),
    tombstones=1,
    beyond=(EVIL,),
)


def test_a_printed_receipt_shows_everything_and_runs_nothing() -> None:
    page = printed(signed(RECEIPT, b"a key of the unit"))

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "1 of 1 addresses answer" in page
    assert "12 stored objects were erased" in page
    assert "Nobody answered at this address" in page
    assert "HMAC-SHA256" in page
    assert "consent was taken back" in page


def test_a_receipt_that_is_not_signed_says_nothing_of_a_signature() -> None:
    assert "HMAC" not in printed(RECEIPT)


def test_a_letter_says_what_to_delete_and_where() -> None:
    subject = Subject(
        show="Stories",
        feed="https://media.example.org/stories/feed.xml",
        links={
            "apple": "https://podcasts.apple.com/1",
            "elsewhere": "https://e.example",
        },
        titles=("Amy", "Ben"),
        sender="The unit",
        contact="media@example.org",
    )

    made = letters(subject)

    assert [*made] == ["apple", "spotify", "elsewhere"]
    assert "To: Apple Podcasts" in made["apple"]
    assert "https://podcasts.apple.com/1" in made["apple"]
    assert "You list the show" not in made["spotify"]
    assert "To: elsewhere" in made["elsewhere"]
    assert all("  - Amy" in text and "  - Ben" in text for text in made.values())
    assert all("media@example.org" in text for text in made.values())


def _docket(*episodes: Concerned) -> Docket:
    cases = {
        "local": Case(target="local", base_url="http://127.0.0.1:8000"),
        "production": Case(target="production", base_url="https://media.example.org"),
    }
    order = Order(kind="episode", name="amy", by="jo", at=AT)
    return Docket(order=order, episodes=episodes, cases=cases)


def test_letters_go_out_for_shows_in_which_it_was_public() -> None:
    site = make_site(shows=[make_show()], episodes=[make_episode()])
    slug = site.shows[0].slug
    amy = Concerned(slug="amy", title="Amy", guid="g", ids=("a" * 20,), shows=(slug,))

    made = letters_of(_docket(amy), site)

    assert f"{slug}-apple" in made
    assert f"https://media.example.org/{slug}/feed.xml" in made[f"{slug}-apple"]
    assert letters_of(_docket(amy.model_copy(update={"shows": ()})), site) == {}


def test_what_cannot_be_called_back_names_the_folders_to_delete() -> None:
    amy = Concerned(
        slug="amy", title="Amy", guid="g", ids=(), path="episodes/amy/episode.md"
    )

    with_file, without = beyond(_docket(amy)), beyond(_docket())

    assert any("episodes/amy" in sentence for sentence in with_file)
    assert len(with_file) == len(without) + 1
