"""HTML to PDF: fonts and style sheets are read once per process, and nothing is fetched."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from notices.documents.fonts import compact


def to_pdf(markup: str, *, stylesheet: str = "") -> bytes:
    """A PDF of a whole HTML page with its own <style>, or with a style sheet of notices/documents.

    Only data: addresses are read: a document can pull in nothing from the network or the disk.
    """
    weasyprint, fonts, fetcher = _press()
    page = weasyprint.HTML(string=markup, url_fetcher=fetcher)
    styles = [_style(stylesheet)] if stylesheet else []
    result: bytes = page.write_pdf(stylesheets=styles, font_config=fonts, finisher=compact)
    return result


@cache
def _press() -> tuple[Any, Any, Any]:
    # Imported late: it loads the system's font libraries, which only those who print need.
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    return weasyprint, FontConfiguration(), URLFetcher(allowed_protocols=["data"])


@cache
def _style(name: str) -> Any:
    weasyprint, fonts, fetcher = _press()
    css = resources.files("notices.documents").joinpath(name).read_text(encoding="utf-8")
    return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher)
