"""`make cycle AS_OF=...`: one day's timetable on the demo database, beside a running `make run` or alone."""

from __future__ import annotations

from dev.commands import main_of, manage, must
from dev.prepare import ready
from dev.servers import servers


def main(arguments: list[str]) -> int:
    """Bring the servers up if they are down, migrate, make the demo if there is none, run the day."""
    ready("dev.cycle")
    with servers() as env:
        must(manage("migrate", "--verbosity=0", env={**env, "DJANGO_AS_OWNER": "1"}), "migrate")
        must(manage("demo", env=env), "demo")
        return manage("cycle", *arguments, env=env)


if __name__ == "__main__":
    main_of(main)
