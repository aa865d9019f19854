import json
from io import BytesIO
from pathlib import Path

import pytest

from peru_media.media.worker import SPENT, answer, serve
from tests.media import samples


def lines(*requests: dict[str, object]) -> BytesIO:
    return BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in requests))


def test_each_line_gets_one_answer_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    out, allowed = BytesIO(), list[int]()
    ask = {"path": str(tmp_path / "a.txt"), "seconds": 7}

    code = serve(
        lines({"verb": "facts"} | ask, {"verb": "identify"} | ask),
        out,
        allow=allowed.append,
    )

    ready, facts, identity = out.getvalue().splitlines()
    assert code == 0
    assert ready == b"ready"
    assert json.loads(facts[1:])["media_type"] == "text/plain"
    assert json.loads(identity[1:])["size"] == 5
    assert allowed == [7, 7]


def test_a_file_that_cannot_be_opened_gets_a_sentence(tmp_path: Path) -> None:
    reply = answer({"verb": "facts", "path": str(tmp_path / "none")})

    assert json.loads(reply[1:]) == (
        "It cannot be read or written (No such file or directory)."
    )


def test_a_copy_that_breaks_its_reader_gets_a_sentence(tmp_path: Path) -> None:
    reply = answer({"verb": "picture", "path": str(tmp_path), "sha256": "", "out": 7})

    assert json.loads(reply[1:]) == "It is damaged inside: export it again."


def test_where_memory_runs_out_the_child_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(samples.id3_block(bytes(9)) + samples.sound(path).read_bytes())
    out = BytesIO()

    def starve(_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("peru_media.media.mp3.read", starve)
    code = serve(
        lines({"verb": "facts", "path": str(path), "seconds": 1}),
        out,
        allow=lambda _: None,
    )

    assert code == SPENT
    assert "more memory" in json.loads(out.getvalue().splitlines()[1][1:])
