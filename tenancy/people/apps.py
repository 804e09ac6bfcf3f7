"""Django's entry for this app."""

from django.apps import AppConfig


class PeopleApp(AppConfig):
    name = "tenancy.people"
    label = "people"

    def ready(self) -> None:
        from tenancy.people import vocabulary
        from tenancy.people.api import schema  # noqa: F401 - registers how the API logs in
        from tenancy.people.names import NAMERS
        from tenancy.people.queries.company import company_names

        vocabulary.speak()
        NAMERS.update(company=company_names)
