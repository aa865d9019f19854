"""What the doctor says of this computer, and of the settings of a target."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from peru_media.model.files import TargetField
from peru_media.model.target import Target
from peru_media.publishing.doctor.machine import (
    FolderFacts,
    Machine,
    about_folder,
    about_machine,
)
from peru_media.publishing.doctor.rows import Verdict
from peru_media.publishing.doctor.settings import about_settings
from tests.clinic import found, healthy_machine

FOLDER = FolderFacts(path="/srv/store", there=True, writable=True, for_all=False)


def _target(**fields: Any) -> Target:
    field = TargetField.model_validate({"store": "s3://bucket/site", **fields})
    return Target(name="production", root=Path("project"), field=field)


def test_a_good_computer_gives_no_warning() -> None:
    assert found([*about_machine(healthy_machine())]) == {}


@pytest.mark.parametrize(
    ("change", "about", "verdict", "says"),
    [
        ({"python": (3, 10, 9)}, "parts", Verdict.FAIL, "Python 3.10.9 is too old"),
        ({"missing": ("av", "lxml.etree")}, "parts", Verdict.FAIL, "av, lxml.etree"),
        ({"zone_known": False}, "zone", Verdict.FAIL, "Europe/London are not known"),
        ({"free": 10**9}, "room", Verdict.WARN, "1.0 GB are free"),
        ({"free": 10**6}, "room", Verdict.FAIL, "only 0.0 GB are free"),
        ({"unreadable": ("feeds/a",)}, "project", Verdict.FAIL, "cannot be read: feed"),
        (
            {"unreadable": tuple("abcde")},
            "project",
            Verdict.FAIL,
            "cannot be read: a, b, c and 2 more",
        ),
        ({"exposed": ("/a/key",)}, "secrets", Verdict.FAIL, "others on this computer"),
    ],
)
def test_what_is_wrong_with_this_computer_is_said(
    change: dict[str, Any], about: str, verdict: Verdict, says: str
) -> None:
    machine: Machine = replace(healthy_machine(), **change)

    rows = [*about_machine(machine)]

    assert found(rows) == {about: verdict}
    ill = next(row for row in rows if row.verdict is verdict)
    assert says in ill.what
    assert ill.fix


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, Verdict.OK, "can be written"),
        ({"there": False}, Verdict.OK, "will be made"),
        ({"writable": False}, Verdict.FAIL, "cannot be written by you"),
        ({"for_all": True}, Verdict.FAIL, "everybody on this computer may change"),
    ],
)
def test_a_folder_is_for_whoever_publishes_alone(
    change: dict[str, Any], verdict: Verdict, says: str
) -> None:
    row = about_folder(replace(FOLDER, **change))

    assert row.verdict is verdict
    assert says in row.what


PUBLIC = {"base_url": "https://media.example.org", "region": "eu-west-2"}


@pytest.mark.parametrize(
    ("fields", "ill"),
    [
        (PUBLIC, {}),
        (PUBLIC | {"media_base_url": "https://files.example.org"}, {}),
        ({"store": "folder", "base_url": "http://127.0.0.1:8000"}, {}),
        (PUBLIC | {"base_url": "http://media.example.org"}, {"address": Verdict.FAIL}),
        (
            PUBLIC | {"media_base_url": "http://files.example.org"},
            {"media-address": Verdict.FAIL},
        ),
        ({"base_url": "https://media.example.org"}, {"region": Verdict.WARN}),
        (PUBLIC | {"endpoint": "http://s3.example.org"}, {"region": Verdict.WARN}),
        (PUBLIC | {"endpoint": "https://s3.example.org"}, {}),
    ],
)
def test_settings_that_harm_listeners_are_named(
    fields: dict[str, Any], ill: dict[str, Verdict]
) -> None:
    rows = [*about_settings(_target(**fields))]

    assert found(rows) == ill
    assert all(row.fix for row in rows if row.verdict is not Verdict.OK)
