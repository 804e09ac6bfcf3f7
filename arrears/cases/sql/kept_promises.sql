-- How many promises of some days were kept and broken: for each party, or for each collector who noted them.
SELECT CASE WHEN %(by_party)s THEN a.party_id ELSE p.by_id END AS who,
       count(*) FILTER (WHERE j.state = 'KEPT'), count(*) FILTER (WHERE j.state = 'BROKEN')
  FROM cases_promise p
  JOIN charges_account a ON a.tenant_id = p.tenant_id AND a.id = p.account_id
  JOIN LATERAL (
       SELECT state FROM cases_judgement WHERE tenant_id = p.tenant_id AND promise_id = p.id ORDER BY id DESC LIMIT 1
       ) j ON true
 WHERE p.tenant_id = %(tenant_id)s AND p.promised_on >= %(since)s AND p.promised_on < %(as_of)s
   AND (%(party_ids)s::bigint[] IS NULL OR a.party_id = ANY (%(party_ids)s))
 GROUP BY 1
