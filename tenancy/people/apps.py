"""Django's entry for this app."""

from django.apps import AppConfig


class PeopleApp(AppConfig):
    name = "tenancy.people"
    label = "people"
