import re
from dataclasses import replace
from time import process_time

import pytest

from peru_media.checks import RULES, AnyRule, Inputs, check, explain
from peru_media.model.problem import Severity
from tests.checks.samples.sample import make_inputs
from tests.factories import (
    make_consent,
    make_episode,
    make_guid,
    make_ledger,
    make_show,
    make_site,
)

_LETTERS = {"E": Severity.ERROR, "W": Severity.WARN, "I": Severity.INFO}


def test_a_good_site_has_no_problems() -> None:
    assert check(make_inputs()) == ()


def test_a_published_site_has_no_problems() -> None:
    site = make_site(
        episodes=[make_episode(people=[{"contributor": "c-017"}])],
        contributors=[make_consent()],
    )

    assert check(make_inputs(site, ledger=make_ledger(site), here=False)) == ()


def test_no_two_rules_share_a_code() -> None:
    codes = [rule.code for rule in RULES]

    assert sorted(codes) == sorted(set(codes))
    assert sorted(code[1:] for code in codes) == sorted({code[1:] for code in codes})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_code_tells_the_severity(rule: AnyRule) -> None:
    assert re.fullmatch(r"[EWI]\d{3}", rule.code)
    assert rule.severity is _LETTERS[rule.code[0]]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule: AnyRule) -> None:
    assert explain(rule.code.lower()) is rule
    assert rule.source
    for text in (rule.title, rule.why, rule.fix):
        assert text[0].isupper(), text
        assert text.endswith("."), text
        assert "  " not in text, text


def test_an_unknown_code_explains_nothing() -> None:
    with pytest.raises(KeyError):
        explain("E999")


def test_people_and_guids_are_protected_by_safety() -> None:
    protected = {rule.code for rule in RULES if rule.safety}

    assert protected == {
        "E120", "E121", "E122", "E123", "E124", "E125", "E127",
        "E401", "E402", "E403", "E404", "E407", "E408", "E421",
        "E423", "E424", "E425", "E426", "E427", "E428", "E501",
    }  # fmt: skip


def test_problems_come_in_the_order_of_the_files() -> None:
    site = make_site(
        shows=[make_show(categories=None, author=None, title="x" * 300)],
        episodes=[
            make_episode(slug="b", guid=None, title="y" * 300),
            make_episode(slug="a", files=[]),
        ],
    )

    problems = check(make_inputs(site))

    assert len(problems) == 6
    assert list(problems) == sorted(problems, key=lambda p: (p.place, p.code))


def _broken(publish: str) -> Inputs:
    """An episode with an error of every kind: words, media, consent, guid."""
    episode = make_episode(
        publish=publish,
        guid=None,
        title="x" * 300,
        files=["film.mp4"],
        people=[{"contributor": "c-1"}],
        documents=[{"file": "review.pdf", "title": "A review"}],
        media={"stand_in": "true"},
    )
    return replace(make_inputs(make_site(episodes=[episode])), here=False)


def test_errors_of_a_draft_are_warnings_and_refuse_nothing() -> None:
    real, draft = check(_broken("2026-11-01")), check(_broken("draft"))

    assert [p.code for p in draft] == [p.code for p in real]
    assert {p.severity for p in real} == {Severity.ERROR}
    assert {p.severity for p in draft} == {Severity.WARN}
    assert any(p.safety for p in real)
    assert not any(p.safety for p in draft)


def test_a_draft_does_not_take_the_guid_of_a_published_episode() -> None:
    twins = make_site(
        episodes=[
            make_episode(slug="a-draft", publish="draft", guid=make_guid("x")),
            make_episode(slug="b-live", guid=make_guid("x")),
        ]
    )

    (problem,) = check(make_inputs(twins))

    assert problem.code == "E121"
    assert problem.place.path == "episodes/a-draft/episode.md"
    assert problem.severity is Severity.WARN


def test_of_a_consent_record_only_name_id_and_end_are_told() -> None:
    record = make_consent(
        form_ref="shelf 12/b",
        basis="sensitive basis",
        obtained="2026-12-03",
        review="2026-11-05",
        expires="2026-11-30",
        withdrawn="2026-11-20",
        scope="quotes",
    )
    site = make_site(
        episodes=[make_episode(people=[{"contributor": "c-017"}])],
        contributors=[record],
    )

    problems = check(make_inputs(site))
    told = " ".join(f"{p.what} {p.fix}" for p in problems)

    assert {p.code for p in problems} == {"E402", "E403", "E404", "E407"}
    assert "Dan" in told
    for secret in ("shelf", "sensitive", "2026-12-03", "2026-11-05", "quotes"):
        assert secret not in told


def _archive(size: int) -> Inputs:
    episodes = [
        make_episode(
            slug=f"story-{number}",
            number=str(number + 1),
            people=[{"contributor": "c-017"}, {"name": "Amy"}],
            chapters=[{"start": "0", "title": "Start"}, {"start": "60", "title": "On"}],
        )
        for number in range(size)
    ]
    site = make_site(episodes=episodes, contributors=[make_consent()])
    return make_inputs(site, ledger=make_ledger(site))


def _seconds(inputs: Inputs) -> float:
    best = float("inf")
    for _ in range(3):
        start = process_time()
        assert check(inputs) == ()
        best = min(best, process_time() - start)
    return best


def test_ten_times_the_episodes_take_about_ten_times_as_long() -> None:
    assert _seconds(_archive(5000)) < 25 * _seconds(_archive(500))
