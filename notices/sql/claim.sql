-- Take the oldest waiting messages for one worker: others skip the locked rows, a payment's withdrawal loses.
-- MATERIALIZED: the locking select must run once, however the update is planned.
WITH taken AS MATERIALIZED (
    SELECT q.id
      FROM notices_notice AS q
     WHERE q.tenant_id = %(tenant_id)s
       AND q.state = 'QUEUED'
       AND q.channel = ANY (%(channels)s)
       AND (q.not_before IS NULL OR q.not_before <= %(at)s)
     ORDER BY q.id
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
)
UPDATE notices_notice AS n
   SET state = 'SENDING', lease_until = %(lease_until)s, attempts = n.attempts + 1, reason_code = '', reason_params = '{}'
  FROM taken
 WHERE n.tenant_id = %(tenant_id)s
   AND n.id = taken.id
RETURNING n.id
