-- Every reminder handed to a gateway, as the morning's drain leaves it.
UPDATE notices_notice
   SET state = 'SENT', sent_at = %(at)s
 WHERE tenant_id = %(tenant_id)s AND kind = 'REMINDER' AND state = 'QUEUED'
