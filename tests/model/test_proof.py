from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.proof import Notice, Proof, gravest_first


def problem(severity: Severity, path: str, line: int = 0) -> Problem:
    return Problem(
        code="X1", severity=severity, place=Place(path, line), what="It is wrong."
    )


def test_errors_come_before_warnings_and_each_by_its_place() -> None:
    note = problem(Severity.INFO, "a")
    warning = problem(Severity.WARN, "b")
    late, early = problem(Severity.ERROR, "c", 9), problem(Severity.ERROR, "c", 2)

    found = gravest_first((note, late, warning, early))

    assert found == (early, late, warning, note)


def test_a_page_is_found_by_the_name_of_its_folder() -> None:
    notices = {path: Notice(path=path, title="") for path in ("/", "/a", "/a/b-c")}
    proof = Proof(number=1, notices=notices)

    assert proof.page_of("b-c") == "/a/b-c"
    assert proof.page_of("c") is None
