from collections.abc import Iterator
from pathlib import Path

from av.error import InvalidDataError

from peru_media.media.decoding import Tally, decode
from peru_media.media.decoding import _packets as packets
from tests.media.recordings import recording


def test_every_packet_is_counted(tmp_path: Path) -> None:
    tally = Tally()
    with recording(tmp_path / "a.mp3", seconds=2).open("rb") as file:
        seconds = sum(
            frame.samples / frame.sample_rate
            for frame in decode(file, form="mp3", tally=tally)
        )

    assert round(seconds, 1) == 2.0
    assert (tally.broken, tally.packets > 70) == (0, True)


def test_where_a_file_breaks_off_its_sound_ends() -> None:
    def breaking() -> Iterator[object]:
        yield from ()
        raise InvalidDataError(1, "a demuxer gives up")

    tally = Tally()

    assert list(packets(breaking(), tally)) == []  # type: ignore[arg-type]  # no packet comes
    assert tally.broken == 1
