"""What is kept in memory, and what goes first."""

from starlette.types import Scope, Send

from peru_media.server.headers import Manners
from peru_media.server.reply import Context, Outcome
from peru_media.server.shelf import Shelf


class Weighed:
    """An answer of a weight."""

    def __init__(self, weight: int) -> None:
        self.row, self.until = b"", 0.0
        self.key: str | None = None
        self.manners, self.serial = Manners(base_url=""), 0
        self.weight, self.used = weight, False

    async def reply(self, scope: Scope, send: Send, context: Context) -> Outcome:
        """Never asked here."""
        raise AssertionError(scope, send, context)


def test_the_oldest_that_nobody_used_goes_first() -> None:
    shelf = Shelf(100)
    kept, idle = Weighed(50), Weighed(50)
    shelf.add("/kept", kept)
    shelf.add("/idle", idle)
    kept.used = True

    shelf.add("/new", Weighed(50))

    assert shelf.paths() == ["/new", "/kept"]
    assert shelf.weight == 100


def test_what_the_release_holds_anyway_stays() -> None:
    shelf = Shelf(100)
    shelf.add("/feed.xml", Weighed(0))
    for number in range(5):
        shelf.add(f"/{number}", Weighed(60))

    assert shelf.find("/feed.xml") is not None
    assert len(shelf) == 2


def test_what_is_larger_than_the_shelf_is_not_kept() -> None:
    shelf = Shelf(100)
    shelf.add("/small", Weighed(10))

    shelf.add("/huge", Weighed(101))

    assert shelf.find("/huge") is None
    assert shelf.find("/small") is not None


def test_an_answer_made_anew_takes_the_place_of_the_old() -> None:
    shelf = Shelf(100)
    shelf.add("/page", Weighed(60))

    shelf.add("/page", Weighed(70))

    assert (len(shelf), shelf.weight) == (1, 70)


def test_what_sends_an_erased_object_is_let_go_of() -> None:
    shelf = Shelf(100)
    for key in ("state/a", "state/b"):
        answer = Weighed(10)
        answer.key = key
        shelf.add(f"/{key}", answer)

    shelf.erase({"state/a", "state/c"})

    assert shelf.paths() == ["/state/b"]
    assert shelf.weight == 10


def test_dropping_what_is_not_there_is_no_error() -> None:
    shelf = Shelf(100)

    shelf.drop("/nothing")

    assert shelf.weight == 0
