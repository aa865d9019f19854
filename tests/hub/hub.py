"""A real WebSub hub, its tasks done at once: ``python hub.py PORT DATABASE``.

It fetches whatever it is told of, and hands it on to whoever subscribed.
"""

import sys

from celery import Celery
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage


def main(port: int, database: str) -> None:
    """Serve until the process is ended."""
    celery = Celery("hub", broker="memory://")
    celery.conf.task_always_eager = True
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    hub = Hub(SQLite3HubStorage(database), celery, **app.config)
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    app.add_url_rule("/ready", view_func=lambda: "ready", endpoint="ready")
    app.run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
