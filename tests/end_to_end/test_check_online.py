"""Our own server, asked all that apps and directories ask, has nothing to put right."""

import json
from collections.abc import Callable

import pytest

from tests.served import Served, run

# What a site on this computer brings by nature; on a public one there is none of it.
OF_THIS_COMPUTER = {
    "W4010",  # addresses of http, since nobody vouches for a name of this computer
}


def test_the_first_content_passes_every_question(
    site: Served, record_property: Callable[[str, object], None]
) -> None:
    done = run("check", site.feed_url, "--online", "--json", cwd=site.root, check=False)
    answer = json.loads(done.stdout)

    grave = [
        (one["code"], one["what"])
        for one in answer["problems"]
        if one["severity"] != "info" and one["code"] not in OF_THIS_COMPUTER
    ]
    assert done.returncode == 0, done.stdout
    assert (answer["errors"], answer["left"]) == (0, 0)
    assert answer["given"] == answer["asked"] > 20
    assert grave == []
    assert not [one for one in answer["problems"] if one["code"][1] == "5"]
    record_property(
        "figure",
        f"our own feed online: {answer['asked']} addresses, {answer['errors']} errors",
    )


@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_the_whole_project_is_told_to_machines(site: Served, form: str) -> None:
    out = site.root / f"report.{form}"
    run("check", "--format", form, "--out", str(out), cwd=site.root)

    assert out.exists()
