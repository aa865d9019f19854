"""Files come once, whole, and go on where they broke off."""

from pathlib import Path

import pytest

from peru_media.errors import SettingsError
from peru_media.fetching import WebFetcher
from peru_media.publishing.importing.downloads import Downloads, Got, Missing
from peru_media.reading.workroom import FolderRoom
from tests.fetching.loopback import Reply, closed_port
from tests.importing.old_host import OldHost

LIMIT = 10**6


class Narrow(FolderRoom):
    """A room on a disk that is nearly full."""

    def free(self) -> int:
        return 1000


@pytest.fixture
def room(tmp_path: Path) -> FolderRoom:
    return FolderRoom(tmp_path, name="x")


@pytest.fixture
def downloads(host: OldHost, room: FolderRoom) -> Downloads:
    return Downloads(host.web(), room)


def _broken(body: bytes, *, sent: int, etag: str = '"1"') -> Reply:
    """An answer that promises more than it sends."""
    headers = {"ETag": etag, "Content-Length": str(len(body)), "Connection": "close"}
    return Reply(headers=headers, body=body[:sent])


def test_a_file_comes_as_it_is(downloads: Downloads, host: OldHost) -> None:
    got = downloads.fetch(f"{host.url}/2.vtt", limit=LIMIT)

    assert isinstance(got, Got)
    assert got.path.read_bytes() == host.files["/2.vtt"]
    assert got.size == len(host.files["/2.vtt"])


def test_a_second_wish_for_the_same_address_asks_nobody(
    downloads: Downloads, host: OldHost
) -> None:
    first = downloads.fetch(f"{host.url}/2.vtt", limit=LIMIT)
    second = downloads.fetch(f"{host.url}/2.vtt", limit=LIMIT)

    assert first == second
    assert len(host.asked) == 1


def test_a_file_that_breaks_off_is_asked_for_from_there(
    downloads: Downloads, host: OldHost
) -> None:
    body = b"0123456789" * 1000
    host.says["/a"] = [
        _broken(body, sent=4000),
        Reply(
            status=206,
            headers={"ETag": '"1"', "Content-Range": "bytes 4000-9999/10000"},
            body=body[4000:],
        ),
    ]

    got = downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(got, Got)
    assert got.path.read_bytes() == body
    assert host.asked[1].headers["range"] == "bytes=4000-"
    assert host.asked[1].headers["if-range"] == '"1"'


def test_a_file_that_changed_meanwhile_begins_anew(
    downloads: Downloads, host: OldHost
) -> None:
    host.says["/a"] = [
        _broken(b"x" * 5000, sent=2000),
        Reply(headers={"ETag": '"2"'}, body=b"another"),
    ]

    got = downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(got, Got)
    assert got.path.read_bytes() == b"another"


@pytest.mark.parametrize("etag", ['W/"1"', ""])
def test_without_a_sure_sign_of_sameness_a_file_begins_anew(
    etag: str, downloads: Downloads, host: OldHost
) -> None:
    body = b"0123456789" * 500
    host.says["/a"] = [_broken(body, sent=2000, etag=etag), Reply(body=body)]

    got = downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(got, Got)
    assert got.path.read_bytes() == body
    assert "range" not in host.asked[1].headers


def test_a_date_is_a_sign_of_sameness_too(downloads: Downloads, host: OldHost) -> None:
    date = "Tue, 03 Mar 2026 09:00:00 GMT"
    headers = {"Last-Modified": date, "Content-Length": "4"}
    host.says["/a"] = [
        Reply(headers=headers, body=b"ab"),
        Reply(status=206, headers={"Content-Range": "bytes 2-3/4"}, body=b"cd"),
    ]

    downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert host.asked[1].headers["if-range"] == date


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=416),
        Reply(status=206, headers={"Content-Range": "bytes 7-9/10"}, body=b"789"),
        Reply(status=206, body=b"no range at all"),
    ],
    ids=["beyond", "elsewhere", "unsaid"],
)
def test_an_odd_answer_to_a_range_ends_in_the_whole_file(
    reply: Reply, downloads: Downloads, host: OldHost
) -> None:
    body = b"0123456789"
    host.says["/a"] = [_broken(body, sent=4), reply]
    host.files["/a"] = body

    got = downloads.fetch(f"{host.url}/a", limit=LIMIT)
    if isinstance(got, Missing):
        got = downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(got, Got)
    assert got.path.read_bytes() == body


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_is_gone_is_asked_for_once_for_all_runs(
    status: int, host: OldHost, room: FolderRoom
) -> None:
    host.says["/a"] = [Reply(status=status)]
    first = Downloads(host.web(), room).fetch(f"{host.url}/a", limit=LIMIT)
    second = Downloads(host.web(), room).fetch(f"{host.url}/a", limit=LIMIT)

    assert first == second
    assert first == Missing(url=f"{host.url}/a", why=f"the server answers {status}")
    assert len(host.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_come_later_is_asked_for_in_the_next_run(
    status: int, host: OldHost, room: FolderRoom
) -> None:
    host.says["/a"] = [Reply(status=status), Reply(body=b"here")]

    missing = Downloads(host.web(), room).fetch(f"{host.url}/a", limit=LIMIT)
    got = Downloads(host.web(), room).fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(missing, Missing)
    assert not missing.lasting
    assert isinstance(got, Got)


def test_a_server_that_nobody_runs_may_come_back(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    web = WebFetcher(allowed=frozenset({url}))

    missing = Downloads(web, FolderRoom(tmp_path, name="x")).fetch(url, limit=LIMIT)

    assert isinstance(missing, Missing)
    assert not missing.lasting


def test_a_file_that_breaks_off_for_ever_is_given_up_for_now(
    downloads: Downloads, host: OldHost
) -> None:
    host.says["/a"] = [_broken(b"x" * 100, sent=10, etag="") for _ in range(9)]

    missing = downloads.fetch(f"{host.url}/a", limit=LIMIT)

    assert isinstance(missing, Missing)
    assert not missing.lasting
    assert len(host.asked) == 4


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_over_its_limit_is_refused(
    *, chunked: bool, downloads: Downloads, host: OldHost
) -> None:
    body = b"x" * 500
    coding = {"Transfer-Encoding": "chunked", "Connection": "close"}
    framed = b"1f4\r\n" + body + b"\r\n0\r\n\r\n"
    host.says["/a"] = [
        Reply(headers=coding, body=framed) if chunked else Reply(body=body)
    ]

    missing = downloads.fetch(f"{host.url}/a", limit=400)

    assert isinstance(missing, Missing)
    assert missing.lasting
    assert "400" in missing.why
    assert len(host.asked) == 1


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, host: OldHost
) -> None:
    room = Narrow(tmp_path, name="x")

    with pytest.raises(SettingsError, match="no room"):
        Downloads(host.web(), room).fetch(f"{host.url}/1.mp3", limit=LIMIT)


def test_a_torn_journal_is_read_as_far_as_it_goes(room: FolderRoom) -> None:
    room.note({"url": "a", "why": "gone"})
    journal = next(room.part("x").parents[1].glob("journal*"))
    journal.write_bytes(journal.read_bytes() + b'{"url": "b", "wh')
    room.note({"url": "c"})

    assert [note["url"] for note in room.notes()] == ["a", "c"]


def test_progress_hears_of_every_byte(host: OldHost, room: FolderRoom) -> None:
    heard: list[int] = []
    Downloads(host.web(), room, heard.append).fetch(f"{host.url}/2.vtt", limit=LIMIT)

    assert sum(heard) == len(host.files["/2.vtt"])


def test_a_private_address_is_not_asked(host: OldHost, room: FolderRoom) -> None:
    web = WebFetcher(allowed=frozenset())

    missing = Downloads(web, room).fetch(f"{host.url}/2.vtt", limit=LIMIT)

    assert isinstance(missing, Missing)
    assert "may not be visited" in missing.why
    assert missing.lasting
    assert missing.why.startswith("it leads to this computer")
    assert host.asked == []
