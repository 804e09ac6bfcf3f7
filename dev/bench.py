"""`make bench`: measure on an embedded PostgreSQL of its own, so that the demo stays as it is."""

from __future__ import annotations

from dev import postgres
from dev.commands import main_of, manage, must
from dev.home import home
from dev.prepare import ready
from dev.servers import external, servers


def main(arguments: list[str]) -> int:
    """An empty database, migrated; then `manage.py bench`."""
    ready("dev.bench")
    with servers("bench") as env:
        if not external():
            postgres.empty(home("bench"))
        must(manage("migrate", "--verbosity=0", env={**env, "DJANGO_AS_OWNER": "1"}), "migrate")
        return manage("bench", *arguments, env=env)


if __name__ == "__main__":
    main_of(main)
