"""The only module that imports every web/ and api/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tenancy.people.web.urls")),
]
