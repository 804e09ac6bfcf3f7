-- What the gateways answered, written only where we still hold the notice. One that a payment asked back
-- while it was held (a reason on a SENDING row) does not wait again: it is withdrawn.
UPDATE notices_notice AS n
   SET state = CASE WHEN m.state = 'QUEUED' AND n.reason_code <> '' THEN 'WITHDRAWN' ELSE m.state END,
       lease_until = NULL,
       not_before = m.not_before,
       provider_id = CASE WHEN m.provider_id = '' THEN n.provider_id ELSE m.provider_id END,
       reason_code = CASE WHEN m.state = 'QUEUED' AND n.reason_code <> '' THEN n.reason_code ELSE m.reason_code END,
       reason_params = CASE WHEN m.state = 'QUEUED' AND n.reason_code <> '' THEN n.reason_params
                            ELSE m.reason_params::jsonb END,
       sent_at = CASE WHEN m.state = 'SENT' THEN %(at)s ELSE n.sent_at END
  FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(not_before)s::timestamptz[], %(provider_ids)s::text[],
              %(reason_codes)s::text[], %(reason_params)s::text[])
       AS m (id, state, not_before, provider_id, reason_code, reason_params)
 WHERE n.tenant_id = %(tenant_id)s
   AND n.id = m.id
   AND n.state = ANY (%(from_states)s)
RETURNING n.id
