from pathlib import Path
from typing import Any

import pytest

from peru_media.model.facts import PdfFacts
from peru_media.model.files import DocumentField
from peru_media.rendering.copied import Copied
from peru_media.rendering.papers import Binder
from tests.factories import make_facts


@pytest.mark.parametrize(
    ("says", "measured", "told"),
    [
        (None, {}, True),
        (None, {"tagged": False}, False),
        (None, {"tagged": None}, None),
        (None, {"pdf": PdfFacts(title_shown=True)}, True),
        (None, {"pdf": PdfFacts(text=False)}, False),
        (None, {"pdf": PdfFacts(mute_figures=1)}, False),
        (True, {"tagged": False}, True),
        (False, {"tagged": True}, False),
    ],
)
def test_a_page_says_what_staff_say_or_else_what_is_measured(
    *, says: bool | None, measured: dict[str, Any], told: bool | None
) -> None:
    field = DocumentField.model_validate(
        {"file": "review.pdf", "title": "A review", "accessible": says}
    )
    copied = Copied(path=Path("c.pdf"), facts=make_facts("review.pdf", **measured))
    binder = Binder(identity="i", show="show", prefix="", open=True)

    [document] = binder.bind((field,), {"review.pdf": copied})

    assert document.accessible is told
