import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from peru_media.errors import SettingsError
from peru_media.model.files import SiteFile, TargetField
from peru_media.model.target import Target, expect_address, target_named
from peru_media.storage.folder import FolderStore
from peru_media.storage.s3 import S3Store
from peru_media.wiring import (
    Quiet,
    Surroundings,
    SystemClock,
    open_desk,
    open_maker,
    open_store,
    served_app,
    served_environment,
    surroundings,
)
from tests.factories import make_site_file

LOCAL = {"store": "store", "base_url": "http://127.0.0.1:8000/"}
BUCKET = {
    "store": "s3://bucket/a/site",
    "base_url": "https://media.example.ac.uk",
    "region": "eu-west-2",
    "media_base_url": "https://cdn.example.ac.uk/media",
}


def _site() -> SiteFile:
    return make_site_file(targets={"local": LOCAL, "production": BUCKET}).value


def _target(root: Path, **fields: str) -> Target:
    field = TargetField.model_validate(fields)
    return Target(name="a-target", root=root, field=field)


def test_time_is_aware_and_moves_on() -> None:
    clock = SystemClock()

    assert clock.now().utcoffset() is not None
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.parametrize(
    ("ci", "no_color", "wanted"),
    [
        ("", "", Surroundings(ci=False, no_color=False)),
        ("true", "1", Surroundings(ci=True, no_color=True)),
        ("0", "", Surroundings(ci=False, no_color=False)),
        ("False", "0", Surroundings(ci=False, no_color=True)),
        ("a name", "", Surroundings(ci=True, no_color=False)),
    ],
)
def test_the_environment_says_what_a_command_may_do(
    ci: str, no_color: str, wanted: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("NO_COLOR", no_color)

    assert surroundings() == wanted


def test_a_target_has_its_folder_and_its_address(tmp_path: Path) -> None:
    target = target_named("local", _site(), tmp_path)

    assert target.folder == tmp_path / "store"
    assert target.base_url == "http://127.0.0.1:8000"
    other = target_named("local", _site(), tmp_path, base_url="http://127.0.0.1:9000")
    assert other.base_url == "http://127.0.0.1:9000"


def test_an_unknown_target_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match='no target "moon": it has local, produc'):
        target_named("moon", _site(), tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "notaurl",
        "ftp://x",
        "http://[::1",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "http://a b",
        "http://:80",
        "",
    ],
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(SettingsError, match="is no address of a site: write it like"):
        expect_address(url)


@pytest.mark.parametrize("key", ["base_url", "endpoint", "media_base_url"])
def test_a_target_with_a_port_that_there_is_not_is_named(
    tmp_path: Path, key: str
) -> None:
    field = TargetField.model_validate(LOCAL).model_copy(update={key: "http://x:99999"})
    site = _site().model_copy(update={"targets": {"local": field}})

    with pytest.raises(SettingsError, match=f"site.yaml, target local, {key}: "):
        target_named("local", site, tmp_path)


@pytest.mark.parametrize("store", ["S3:/bucket", "gs://bucket", "file:///store"])
def test_another_kind_of_store_is_refused(tmp_path: Path, store: str) -> None:
    target = _target(tmp_path, **LOCAL)
    field = target.field.model_copy(update={"store": store})

    with pytest.raises(SettingsError, match="neither a folder nor a bucket"):
        open_store(Target(name="far", root=tmp_path, field=field))


@pytest.mark.parametrize(
    ("fields", "here"),
    [
        (LOCAL, True),
        (LOCAL | {"base_url": "http://localhost:8000"}, True),
        (LOCAL | {"base_url": "http://[::1]:8000"}, True),
        (LOCAL | {"base_url": "http://192.0.2.1"}, False),
        (LOCAL | {"base_url": "https://media.example.ac.uk"}, False),
        (LOCAL | {"store": "s3://bucket"}, False),
        (LOCAL | {"store": "s3://bucket", "endpoint": "http://127.0.0.1:9"}, True),
        (BUCKET, False),
    ],
)
def test_only_this_machine_is_here(
    tmp_path: Path, fields: dict[str, str], *, here: bool
) -> None:
    assert _target(tmp_path, **fields).here is here


def test_an_address_becomes_a_store(tmp_path: Path) -> None:
    folder = open_store(_target(tmp_path, **LOCAL))
    bucket = open_store(_target(tmp_path, **BUCKET))

    assert isinstance(folder, FolderStore)
    assert isinstance(bucket, S3Store)
    assert "bucket/a/site" in bucket.name


@pytest.mark.parametrize("name", ["local", "production"])
def test_a_desk_has_everything_on_it(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_BY", "jo")
    target = target_named(name, _site(), tmp_path)

    with open_desk(target, _site()) as desk:
        assert (desk.by, desk.target, desk.base_url) == ("jo", name, target.base_url)
        assert isinstance(desk.progress, Quiet)
        desk.cache["a"] = b"1"
    with open_desk(target, _site()) as desk:
        assert desk.cache["a"] == b"1"


def test_files_can_be_measured_without_a_desk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")

    with open_maker(tmp_path) as maker:
        facts = maker.facts([tmp_path / "a.txt"])

    assert facts[tmp_path / "a.txt"].size == 5


def test_a_server_process_is_told_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_named("local", _site(), tmp_path)
    for name, value in served_environment(target).items():
        monkeypatch.setenv(name, value)

    assert type(served_app()).__mro__[1].__name__ == "Starlette"


def test_another_process_is_told_how_to_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERU_MEDIA_SERVED", raising=False)

    with pytest.raises(SettingsError, match="peru-media serve"):
        served_app()


def test_a_desk_takes_any_executor_and_leaves_it_open(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("hello")
    target = _target(tmp_path, **LOCAL)
    with ThreadPoolExecutor(1, thread_name_prefix="ours") as executor:
        with open_desk(target, _site(), executor=executor) as desk:
            assert desk.maker.facts([path])[path].fault is None

        assert executor.submit(int, "7").result(9) == 7
        assert [one.name for one in threading.enumerate() if "ours" in one.name]


@pytest.mark.parametrize("address", ["", "tcp://192.0.2.7:8786"])
def test_a_cluster_is_called_only_where_it_is_named_and_there_is_work(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_CLUSTER", address)

    with open_desk(_target(tmp_path, **LOCAL), _site()) as desk:
        assert desk.maker.facts([]) == {}


def test_a_cluster_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_CLUSTER", "scheduler:8786")

    with (
        pytest.raises(SettingsError, match='"scheduler:8786" is no address of a clu'),
        open_desk(_target(tmp_path, **LOCAL), _site()),
    ):
        pass


def test_nobody_hears_a_quiet_progress(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = Quiet()
    quiet.start("media", 1, "B")
    quiet.advance("media", 1)
    quiet.finish("media")

    assert capsys.readouterr() == ("", "")
