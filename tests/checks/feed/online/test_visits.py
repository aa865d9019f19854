"""Rules of servers look at what was asked, and guess nothing of the rest."""

import pytest

from peru_media.checks.feed import FeedSurvey, online
from peru_media.checks.rules import Rule
from peru_media.model.probed import Asked, Lead, Probed, Question, Role, Visit
from peru_media.parsing.outline import read_outline

FEED = b"<rss><channel><title>x</title></channel></rss>"
URL = "https://example.org/x"
PARTS = [role for role in Role if role is not Role.FEED]


def _survey(*visits: Visit) -> FeedSurvey:
    def asked(role: Role) -> Asked:
        lead = Lead(role=role, url=URL, type="audio/mpeg", length="5", of='"One"')
        return Asked(lead=lead, visits=visits)

    probed = Probed(feed=asked(Role.FEED), parts=tuple(map(asked, PARTS)))
    outline = read_outline(FEED)
    return FeedSurvey(outline=outline, name="f.xml", url=URL, probed=probed)


def _codes(survey: FeedSurvey) -> set[str]:
    return {rule.code for rule in online.RULES if list(rule.run(survey))}


@pytest.mark.parametrize("rule", online.RULES, ids=lambda rule: rule.code)
def test_where_nothing_was_asked_nothing_is_found(rule: Rule[FeedSurvey]) -> None:
    outline = read_outline(FEED)

    assert list(rule.run(_survey())) == []
    assert list(rule.run(FeedSurvey(outline=outline, name="f.xml"))) == []


def test_what_did_not_answer_is_said_once() -> None:
    fault = "https://example.org/x: nobody \x1b[31m answers there"
    visits = [Visit(question=one, url=URL, fault=fault) for one in Question]

    survey = _survey(*visits)

    assert _codes(survey) == {
        "E5001", "E5101", "E5104", "W5105", "E5201", "W5301", "W5401", "W5501",
    }  # fmt: skip
    whats = [found.what for rule in online.RULES for found in rule.run(survey)]
    assert all(what.isprintable() for what in whats)
    assert r"does not answer: https://example.org/x: nobody \x1b[31m" in whats[0]


def test_a_password_is_named_as_such() -> None:
    whole = Visit(question=Question.WHOLE, url=URL, status=401)
    (rule,) = (rule for rule in online.RULES if rule.code == "E5101")

    (found,) = rule.run(_survey(whole))

    assert (
        found.what == 'The media file of "One" asks for a password (401 Unauthorized).'
    )
