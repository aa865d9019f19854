"""Every broken file is answered at the right place, with the right advice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.reading import MEANINGS
from tests.reading.broken import CORPUS, GOLDEN, Case, Expected, cases, printed

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_file_gets_its_line_column_code_and_advice(
    case: Case, tmp_path: Path
) -> None:
    problems = case.read(tmp_path)

    found = [
        Expected(p.place.line, p.place.column, p.code, e.fix if e.fix in p.fix else "")
        for p, e in zip(problems, case.expected, strict=False)
    ]
    assert found == list(case.expected), "\n".join(map(str, problems))
    assert len(problems) == len(case.expected)
    assert {p.place.path for p in problems} == {case.at}


def test_the_corpus_is_large_and_whole() -> None:
    files = {
        path.relative_to(CORPUS).as_posix()
        for path in CORPUS.glob("[a-z]*/*")
        if path.is_file()
    }

    assert files == {case.name for case in CASES}
    assert len(files) >= 60


def test_nearly_every_problem_says_what_to_do(
    record_property: Callable[[str, object], None],
) -> None:
    expected = [problem for case in CASES for problem in case.expected]

    advised = [problem for problem in expected if problem.fix]
    count = f"{len(CASES)}, problems {len(expected)}, with advice {len(advised)}"
    record_property("figure", f"broken files read: {count}")
    assert len(advised) >= 0.95 * len(expected)


def test_every_code_that_one_file_can_cause_is_in_the_corpus() -> None:
    elsewhere = {"E100", "E118", "E153", "E151", "E152", "W154"}

    seen = {problem.code for case in CASES for problem in case.expected}
    assert seen == set(MEANINGS) - elsewhere


def test_no_sentence_is_in_the_words_of_a_library() -> None:
    words = ("Input should", "valid string", "Value error", "mapping", "scalar", "None")

    text = GOLDEN.read_text(encoding="utf-8")
    assert not [word for word in words if word in text]


def test_what_staff_see_has_not_changed() -> None:
    """``python -m tests.reading.broken`` writes it again; read it by eye."""
    assert printed() == GOLDEN.read_text(encoding="utf-8")
