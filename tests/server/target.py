"""The app as a real server runs it, over the folder that the environment names.

Each answer says which process gave it, and a log how it was sent.
"""

import os
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock

FOLDER = "PERU_MEDIA_TEST_FOLDER"


def app() -> ASGIApp:
    """Made once in each worker."""
    folder = Path(os.environ[FOLDER])
    clock = SystemClock()
    site = create_app(
        FolderStore(folder / "store", clock=clock),
        clock=clock,
        settings=ServerSettings(poll_seconds=0.2),
    )

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-process", b"%d" % os.getpid()))
            with (folder / "sent.log").open("a") as log:
                log.write(f"{scope.get('path')} {message['type']}\n")
            await send(message)

        await site(scope, receive, noted)

    return marked
