"""A statement that is read by the worker: asked for on the screen, watched by a person."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import BankAccount
from billing.banking.services.import_statement import (
    PURPOSE,
    Opener,
    StatementBad,
    accepted,
    import_statement,
    refuse_known,
)
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.models import StoredFile
from tenancy.people.services import files, jobs

JOB_KIND: Final = "statement"


def request_import(*, bank_account_id: int, content: bytes, name: str) -> int:
    """Keep the file and make a waiting job; the door starts its task.

    Raises NotFound, StatementKnown, and what files.store refuses.
    """
    account = BankAccount.objects.filter(pk=bank_account_id).first()
    if account is None:
        raise NotFound(_("There is no such bank account."), field="bank_account")
    refuse_known(hashlib.sha256(content).hexdigest())
    file = files.store(
        content, name=name, purpose=PURPOSE, accept=(accepted(account),), community_id=account.community_id
    )
    return jobs.create(
        kind=JOB_KIND,
        title=_("Statement %(file)s") % {"file": file.name},
        arguments={"bank_account": bank_account_id, "file": file.pk},
        file_id=file.pk,
    )


def run_import(*, job_id: int, bank_account_id: int, file_id: int, opener: Opener, at: datetime) -> None:
    """The worker's part. A refusal (or a stop) undoes everything and stands in the job with its lines."""
    progress = jobs.Progress(job_id, current_tenant_id())
    over = False
    try:
        with transaction.atomic():
            file = StoredFile.objects.get(pk=file_id)
            done = import_statement(
                bank_account_id=bank_account_id,
                content=files.read(file),
                name=file.name,
                file=file,
                opener=opener,
                at=at,
                progress=progress,
            )
        over = True
        transaction.on_commit(partial(progress.finish, done._asdict()))
    except Refused as refusal:
        over = True
        wrong = refusal.params["lines"] if isinstance(refusal, StatementBad) else ()
        progress.fail(refusal, result={"lines_wrong": wrong} if wrong else {})
    finally:
        if not over:
            progress.crash()
