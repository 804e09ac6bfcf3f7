"""Django's entry for this app."""

from django.apps import AppConfig


class KernelApp(AppConfig):
    name = "tenancy.kernel"
    label = "kernel"

    def ready(self) -> None:
        from tenancy.kernel import checks  # noqa: F401 - registers the wall check
