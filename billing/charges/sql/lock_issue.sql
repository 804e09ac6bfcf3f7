-- One issue of charges per community at a time: the second waits, then finds what the first has made.
SELECT pg_advisory_xact_lock(hashtextextended('charges.issue', %(community_id)s))
