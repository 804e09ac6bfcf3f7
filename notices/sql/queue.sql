-- Many notices at once; one that is known by its unique_key stays as it is and is not returned.
INSERT INTO notices_notice (
    tenant_id, community_id, unit_id, party_id, account_id, contact_id, kind, channel, state, unique_key,
    number, issued_on, not_before, subject, body, data, charge_ids,
    attempts, provider_id, reason_code, reason_params, created_at)
SELECT %(tenant_id)s, d.community_id, d.unit_id, d.party_id, d.account_id, d.contact_id, d.kind, d.channel,
       'QUEUED', d.unique_key, d.number, d.issued_on, d.not_before, d.subject, d.body,
       d.data::jsonb, d.charge_ids::bigint[], 0, '', '', '{}'::jsonb, clock_timestamp()
  FROM unnest(
           %(community_id)s::bigint[], %(unit_id)s::bigint[], %(party_id)s::bigint[], %(account_id)s::bigint[],
           %(contact_id)s::bigint[], %(kind)s::text[], %(channel)s::text[], %(unique_key)s::text[],
           %(number)s::text[], %(issued_on)s::date[], %(not_before)s::timestamptz[], %(subject)s::text[],
           %(body)s::text[], %(data)s::text[], %(charge_ids)s::text[])
       AS d (community_id, unit_id, party_id, account_id, contact_id, kind, channel, unique_key,
             number, issued_on, not_before, subject, body, data, charge_ids)
ON CONFLICT (tenant_id, unique_key) DO NOTHING
RETURNING unique_key, id
