import pytest

from peru_media.ports import Answer
from peru_media.publishing.enclosure_answers import head_faults, range_faults
from peru_media.publishing.seen import FeedEnclosure

MEDIUM = FeedEnclosure(url="https://a.example/s.mp3", length="100", type="audio/mpeg")
GOOD = {"content-length": "100", "content-type": "Audio/MPEG; x=y"}


def _answer(status: int, **headers: str) -> Answer:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url=MEDIUM.url, status=status, headers=fields)


def test_a_good_answer_has_no_fault() -> None:
    head = Answer(url=MEDIUM.url, status=200, headers=GOOD)

    assert [*head_faults(head, MEDIUM)] == []
    assert [*range_faults(_answer(206, content_range="bytes 0-1/100"), MEDIUM)] == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (_answer(404), ["HEAD answers 404, not 200"]),
        (_answer(200), ["no length bytes, but the feed says 100", "it is no type"]),
        (
            _answer(200, content_length="99", content_type="audio/mpeg"),
            ["it is 99 bytes, but the feed says 100"],
        ),
    ],
)
def test_a_head_that_differs_from_the_feed_is_said(
    answer: Answer, says: list[str]
) -> None:
    faults = [*head_faults(answer, MEDIUM)]

    assert len(faults) == len(says)
    for fault, words in zip(faults, says, strict=True):
        assert words in fault


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (_answer(200), "a range answers 200, not 206"),
        (_answer(206), "a range says 'nothing'"),
        (_answer(206, content_range="bytes 0-1/99"), "says 'bytes 0-1/99'"),
    ],
)
def test_a_part_that_is_none_is_said(answer: Answer, says: str) -> None:
    (fault,) = range_faults(answer, MEDIUM)

    assert says in fault
