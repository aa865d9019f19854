"""A receipt says what it said when it was signed, or it is none."""

from datetime import UTC, datetime

import pytest

from peru_media.errors import RefusedError
from peru_media.model.receipt import Gone, Receipt, signed, verified
from peru_media.model.value import canonical

KEY = b"a key of the unit, for tests"
AT = datetime(2026, 11, 23, 14, tzinfo=UTC)
RECEIPT = Receipt(
    kind="episode",
    name="amy",
    reason="consent",
    by="jo",
    ordered=AT,
    finished=AT,
    episodes=("a" * 20,),
    targets=(Gone(target="local", base_url="https://x.example", reached=True),),
    tombstones=1,
    beyond=("Copies.",),
)


def test_a_signed_receipt_is_ours() -> None:
    ours = signed(RECEIPT, KEY)

    assert verified(ours.to_bytes(), KEY) == ours
    assert ours.signature is not None
    assert KEY.decode() not in ours.to_bytes().decode()


@pytest.mark.parametrize("field", [*Receipt.model_fields])
def test_no_field_of_it_can_be_changed(field: str) -> None:
    whole = signed(RECEIPT, KEY).model_dump(mode="json")
    other = {
        "kind": "contributor",
        "format": "peru-media/withdrawal/2",
        "ordered": "2026-11-24T14:00:00Z",
        "finished": "2026-11-24T14:00:00Z",
        "tombstones": 2,
        "episodes": [],
        "targets": [],
        "beyond": [],
        "signature": None,
    }

    changed = canonical(whole | {field: other.get(field, "somebody else")})

    with pytest.raises(RefusedError):
        verified(changed, KEY)


@pytest.mark.parametrize("data", [b"", b"{}", b"nothing", b"\xff\xfe"])
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        verified(data, KEY)


def test_bytes_that_only_mean_the_same_are_refused() -> None:
    with pytest.raises(RefusedError):
        verified(signed(RECEIPT, KEY).to_bytes() + b" ", KEY)


def test_another_key_is_named_and_vouches_for_nothing() -> None:
    with pytest.raises(RefusedError, match="another key"):
        verified(signed(RECEIPT, KEY).to_bytes(), b"another key of the unit")


@pytest.mark.parametrize(
    ("change", "proven"),
    [
        ({}, True),
        ({"reached": False}, False),
        ({"left": 1}, False),
        ({"failures": ("x",)}, False),
    ],
)
def test_a_target_is_proven_where_nothing_is_left(
    change: dict[str, object], *, proven: bool
) -> None:
    assert RECEIPT.targets[0].model_copy(update=change).proven is proven
