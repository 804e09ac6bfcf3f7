-- What of the charges of some accounts is disputed on a day. A charge is disputed once a day at most.
SELECT x.charge_id, x.amount_fen
  FROM cases_disputedcharge x
 WHERE x.tenant_id = %(tenant_id)s AND x.account_id = ANY (%(account_ids)s::bigint[]) AND x.held @> %(as_of)s::date
