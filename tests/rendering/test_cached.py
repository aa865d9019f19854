from peru_media.rendering.cached import input_key, remembered


def test_inputs_never_run_together() -> None:
    assert input_key("a", b"bc", b"d") != input_key("a", b"b", b"cd")
    assert input_key("a", b"bc") != input_key("ab", b"c")
    assert input_key("a", b"b") == input_key("a", b"b")


def test_a_thing_is_made_once() -> None:
    known: dict[str, bytes] = {}
    made = []

    def make() -> bytes:
        made.append(1)
        return b"thing"

    assert remembered(known, "key", make) == b"thing"
    assert remembered(known, "key", make) == b"thing"
    assert made == [1]


def test_without_a_cache_it_is_made_each_time() -> None:
    assert remembered(None, "key", lambda: b"thing") == b"thing"
