-- One worker of a company at a time counts what an account was sent, until its claim is committed.
SELECT pg_advisory_xact_lock(hashtextextended('sms caps ' || %(tenant_id)s::text, 0))
