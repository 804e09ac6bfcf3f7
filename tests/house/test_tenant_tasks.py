"""A task of a company is sent the way doors send it: with the company's id beside its own arguments."""

from __future__ import annotations

import inspect

import pytest

from config.celery import app
from tenancy.kernel.worker import TenantTask

app.loader.import_default_modules()
TASKS = sorted(name for name, task in app.tasks.items() if isinstance(task, TenantTask))


@pytest.mark.parametrize("name", TASKS)
def test_a_task_of_a_company_can_be_sent(name, monkeypatch):
    sent = []
    monkeypatch.setattr(app, "send_task", lambda *args, **kwargs: sent.append(args))
    wanted = inspect.signature(app.tasks[name].run).parameters
    app.tasks[name].delay(tenant_id=1, **dict.fromkeys(wanted, "1"))
    assert len(sent) == 1


def test_there_are_such_tasks():
    assert len(TASKS) >= 3
