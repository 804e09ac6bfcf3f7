"""`make messages`: collect the texts of code and templates into locale/zh_Hans, to be translated there."""

from __future__ import annotations

from dev import system, translations
from dev.commands import main_of, manage, must
from dev.prepare import ready
from dev.servers import servers

IGNORED = (".venv/*", "var/*", "frontend/*", "tests/*", "dev/*")


def main(_arguments: list[str]) -> int:
    """Needs GNU gettext, which running and testing do not."""
    ready("dev.messages")
    system.ensure(system.TO_TRANSLATE)
    options = ["--locale=zh_Hans", "--no-wrap", "--no-obsolete", "--add-location=file"]
    with servers("test", durable=False) as env:
        must(
            manage("makemessages", *options, *(f"--ignore={path}" for path in IGNORED), env=env),
            "makemessages",
        )
    translations.ensure()
    return 0


if __name__ == "__main__":
    main_of(main)
