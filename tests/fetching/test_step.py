import pytest

from peru_media.errors import FetchError
from peru_media.fetching.step import Step
from peru_media.fetching.target import parse_target

HERE = "https://example.org/a/b?c=d"


def _step(method: str = "GET") -> Step:
    return Step(
        method=method,
        target=parse_target(HERE),
        headers={"authorization": "word", "range": "bytes=0-1", "content-type": "x"},
        body=b"body" if method == "POST" else None,
    )


@pytest.mark.parametrize("status", [200, 201, 206, 300, 304, 305, 404, 410, 503])
def test_an_answer_that_is_no_redirect_ends_the_way(status: int) -> None:
    assert _step().after(status, "/x") is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_nowhere_is_an_answer(status: int) -> None:
    assert _step().after(status, None) is None


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "https://example.org/x"),
        ("x?y", "https://example.org/a/x?y"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example:81/", "http://other.example:81/"),
    ],
)
def test_a_place_is_read_from_where_it_was_given(location: str, url: str) -> None:
    following = _step().after(302, location)

    assert following is not None
    assert following.target.url == url


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://x/", "http://[x/"])
def test_a_redirect_leads_to_the_web_alone(location: str) -> None:
    with pytest.raises(FetchError):
        _step().after(302, location)


@pytest.mark.parametrize(
    ("method", "status", "then", "body"),
    [
        ("GET", 303, "GET", None),
        ("HEAD", 303, "HEAD", None),
        ("HEAD", 302, "HEAD", None),
        ("POST", 301, "GET", None),
        ("POST", 303, "GET", None),
        ("POST", 307, "POST", b"body"),
        ("POST", 308, "POST", b"body"),
    ],
)
def test_only_307_and_308_ask_the_same_again(
    method: str, status: int, then: str, body: bytes | None
) -> None:
    following = _step(method).after(status, "/x")

    assert following is not None
    assert (following.method, following.body) == (then, body)
    assert ("content-type" in following.headers) == (method == then)


@pytest.mark.parametrize(
    ("location", "kept"),
    [("/x", True), ("https://example.org:444/", False), ("http://example.org/", False)],
)
def test_a_password_stays_with_its_origin(location: str, *, kept: bool) -> None:
    following = _step().after(302, location)

    assert following is not None
    assert ("authorization" in following.headers) == kept
    assert following.headers["range"] == "bytes=0-1"


def test_a_stranger_does_not_lead_back_to_what_staff_allowed() -> None:
    inside = frozenset({"http://10.0.0.1:8333", "https://example.org:443"})

    first = _step().among(inside)
    second = first.after(302, "http://10.0.0.1:8333/bucket")
    outside = first.after(302, "https://stranger.example/")
    assert second is not None
    assert outside is not None
    back = outside.among(inside).after(302, "http://10.0.0.1:8333/bucket")
    assert back is not None

    assert first.trusted
    assert second.among(inside).trusted
    assert not outside.among(inside).trusted
    assert not back.among(inside).trusted
