"""The only module that imports every web/ and api/. One line per door; pages first, then the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("arrears.cases.web.urls")),
    path("", include("arrears.legal.web.urls")),
    path("", include("arrears.relief.web.urls")),
    path("", include("arrears.team.web.urls")),
    path("", include("billing.banking.web.urls")),
    path("", include("billing.charges.web.urls")),
    path("", include("billing.payments.web.urls")),
    path("", include("notices.web.urls")),
    path("", include("owners.web.urls")),
    path("", include("reports.web.urls")),
    path("", include("tenancy.people.web.urls")),
    path("my/", include("tenancy.people.web.portal_urls")),
    path("api/", include("tenancy.people.api.urls")),
    path("api/portal/v1/", include("config.portal_urls")),
    path("api/v1/", include("arrears.cases.api.urls")),
    path("api/v1/", include("arrears.legal.api.urls")),
    path("api/v1/", include("arrears.relief.api.urls")),
    path("api/v1/", include("arrears.team.api.urls")),
    path("api/v1/", include("billing.banking.api.urls")),
    path("api/v1/", include("billing.charges.api.urls")),
    path("api/v1/", include("billing.payments.api.urls")),
    path("api/v1/", include("notices.api.urls")),
    path("api/v1/", include("owners.api.urls")),
    path("api/v1/", include("reports.api.urls")),
]

handler403 = "tenancy.people.web.errors.forbidden"
handler404 = "tenancy.people.web.errors.not_found"
handler500 = "tenancy.people.web.errors.crashed"
