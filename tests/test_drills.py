import pytest

from peru_media.drills import drilled_app
from peru_media.errors import SettingsError


def test_only_a_drill_starts_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERU_MEDIA_DRILLED", raising=False)

    with pytest.raises(SettingsError, match="doctor --fire-drill"):
        drilled_app()
