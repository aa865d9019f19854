import pytest

from peru_media.errors import SettingsError
from peru_media.previews import previewed_app


def test_another_process_is_told_how_to_preview(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PERU_MEDIA_PREVIEWED", raising=False)

    with pytest.raises(SettingsError, match="peru-media preview"):
        previewed_app()
