"""What the model refuses is told in plain words, at its place."""

from decimal import Decimal

import pytest
from pydantic import model_validator

from peru_media.model.files import ConsentRecord, EpisodeFile, ShowFile, SiteFile
from peru_media.model.problem import Problem
from peru_media.model.value import Value
from peru_media.reading.fields import fit
from peru_media.reading.tree import plant

BASE = "show: personalisation\ntitle: x\n"


def told(
    text: str, model: type[Value] = EpisodeFile, *, secret: bool = False
) -> list[Problem]:
    found = fit(model, plant(text, "a.yaml"), secret=secret)
    assert isinstance(found, tuple)
    return list(found)


def whats(
    text: str, model: type[Value] = EpisodeFile, *, secret: bool = False
) -> list[str]:
    return [f"{p.code} {p.what}" for p in told(text, model, secret=secret)]


def test_sound_fields_become_the_model() -> None:
    found = fit(EpisodeFile, plant(BASE + "number: 3\nexplicit: no\n", "a.yaml"))

    assert isinstance(found, EpisodeFile)
    assert (found.show, found.number, found.explicit) == (
        ("personalisation",),
        3,
        False,
    )


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("number: [1]", "E112 number needs one value, not several."),
        ("number: 1.5", 'E113 number "1.5" is not a number that can stand here.'),
        ("number: " + "9" * 5000, "E113 number"),
        ("explicit: [no]", "E112 explicit needs one value, not several."),
        ("type: [full]", "E112 type needs one value, not several."),
        ("transcript: {checked: [x]}", "E112 checked needs one value, not several."),
        ("transcript: [a, b]", "E112 transcript needs fields of its own."),
        ("chapters: [{start: [1], title: x}]", "E112 start needs one value"),
        ("podcast: medium", "E112 podcast needs fields of its own."),
        ("show: []", "E111 show is empty."),
        ("media: ''", "E111 media is empty."),
        ("subtitle: ''", "E111 subtitle is empty."),
        ("related: [{a: b}]", "E112 item 1 of related needs one value"),
        ("licence: {nme: x}", 'E102 "nme" is not a field.'),
        ("licence: {url: 'https://example.org'}", "E111 name is missing."),
        ("people: [{name: x, image: ../y.png}]", 'E150 image "../y.png" leads out'),
    ],
)
def test_each_refusal_has_its_sentence(field: str, what: str) -> None:
    name = field.partition(":")[0]
    without = [line for line in BASE.splitlines() if not line.startswith(name)]
    (found,) = whats("\n".join([*without, field]))
    assert found.startswith(what)


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("collections: [~]", "E111 item 1 of collections is empty."),
        ("categories: [~]", "E111 item 1 of categories is empty."),
        ("feed_items: [3]", "E113 feed_items this value is neither all nor"),
        ("defaults: {loudness: nan}", "E113 loudness"),
        ("defaults: {loudness: -50}", "E113 loudness"),
        ("defaults: {loudness: [1]}", "E112 loudness"),
        ("links: {apple: [x]}", "E112 apple needs one value"),
        ("funding: {text: x}", "E111 url is missing."),
        ("categories: {a: b}", "E112 categories needs one value"),
    ],
)
def test_each_refusal_of_a_show_has_its_sentence(field: str, what: str) -> None:
    (found,) = whats(f"title: x\nlanguage: en\n{field}\n", ShowFile)
    assert found.startswith(what)


@pytest.mark.parametrize(
    ("targets", "fix"),
    [
        ("{store: {stroe: x, base_url: 'http://a.b'}}", 'Did you mean "store"?'),
        ("{local: {store: x, base_url: 'http://a.b', q: 1}}", "Use one of: store, "),
    ],
)
def test_suggestions_know_the_fields_of_each_level(targets: str, fix: str) -> None:
    text = f"organisation: {{name: x}}\ntargets: {targets}\n"

    assert told(text, SiteFile)[0].fix.startswith(fix)


def test_below_a_free_name_no_fields_can_be_suggested() -> None:
    (problem,) = told("title: x\nlanguage: en\nlinks: here\n", ShowFile)

    assert problem.fix == "Indent them below it, each as name: value."


def test_a_misspelt_field_is_not_also_reported_as_missing() -> None:
    assert whats("show: personalisation\ntitel: x\n") == [
        'E102 "titel" is not a field.'
    ]


def test_a_field_behind_a_merge_is_not_reported_as_missing() -> None:
    assert (
        whats("show: personalisation\ntitle: x\nchapters:\n  - <<: {start: 1}\n") == []
    )


def test_a_refused_value_is_not_judged_again() -> None:
    assert whats(BASE + "number: !!int three\n") == []


def test_no_value_of_a_consent_record_is_repeated() -> None:
    text = (
        "id: Jane Doe\npublic_name: Dan\nname_kind: Jane Doe\nscope: [Jane Doe]\n"
        "obtained: Jane Doe\nJane Doe: yes\nform_ref: ''\nexpires: [Jane Doe]\n"
    )

    found = told(text, ConsentRecord, secret=True)
    assert {p.code for p in found} == {"E102", "E110", "E111", "E112", "E114", "E115"}
    assert all("Jane" not in str(problem) for problem in found)


class _Odd(Value):
    """A field of a kind that no file has so far."""

    amount: Decimal


class _Whole(Value):
    """A model that refuses every file as a whole."""

    name: str

    @model_validator(mode="after")
    def _never(self) -> "_Whole":
        msg = "no"
        raise ValueError(msg)


def test_a_refusal_that_nobody_foresaw_is_still_a_sentence() -> None:
    (problem,) = told("amount: many\n", _Odd)

    assert problem.what == 'amount "many" cannot stand here.'
    assert problem.fix


def test_the_whole_file_can_be_named() -> None:
    (problem,) = told("name: x\n", _Whole)

    assert problem.what == "The file cannot stand here."
    assert (problem.place.line, problem.place.column) == (1, 1)


def test_a_flood_of_mistakes_is_told_in_part_and_soon() -> None:
    items = "".join(f"  - {{nam{n}: x, q{n}: y}}\n" for n in range(20_000))

    assert len(told(BASE + "people:\n" + items)) == 100
