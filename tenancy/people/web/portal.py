"""The owners' portal: an empty page that frontend/portal fills from the portal API. It opens no company."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tenancy.kernel.pages import PublicView

WORKER = "portal/offline/worker.ts"


class Shell(PublicView):
    """The same page for every place in the portal: the browser's part knows the places."""

    def get(self, request: HttpRequest, place: str = "") -> HttpResponse:
        page = render(request, "portal/shell.html")
        # Asked for anew each time: it names the files of this build. The worker keeps a copy for bad lines.
        page.headers["Cache-Control"] = "no-cache"
        return page


class OfflineWorker(PublicView):
    """The service worker. It must come from under /my/ to serve there, and may never be an old one."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        manifest = settings.DJANGO_VITE["default"]["manifest_path"]
        if not manifest.exists():
            raise Http404
        built = json.loads(manifest.read_text(encoding="utf-8"))[WORKER]["file"]
        return FileResponse(
            (settings.FRONTEND_DIST / built).open("rb"),
            content_type="text/javascript; charset=utf-8",
            headers={"Cache-Control": "no-cache"},
        )
