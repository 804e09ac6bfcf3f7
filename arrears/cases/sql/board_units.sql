-- The units of one part of a community (a building, those in none, or the bays) in walking order: a row for each
-- account that has something past due, with who owes it and what holds it; one row with the owner where none has.
SELECT u.id, u.code, u.entrance, u.floor, u.room,
       u.handover <> 'TAKEN_OVER' OR u.occupancy = 'VACANT' OR owner.name IS NULL AS empty,
       u.handover, coalesce(owner.name, ''), coalesce(late.fen, 0), late.oldest_due_on, coalesce(late.name, ''), held.kinds
  FROM owners_unit u
  LEFT JOIN LATERAL (
       SELECT p.name
         FROM owners_ownership o
         JOIN owners_party p ON p.tenant_id = o.tenant_id AND p.id = o.party_id
        WHERE o.tenant_id = u.tenant_id AND o.unit_id = u.id AND o.role = 'OWNER' AND o.held @> %(as_of)s::date
        ORDER BY o.rank LIMIT 1
       ) owner ON true
  LEFT JOIN LATERAL (
       SELECT a.id, p.name, sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest_due_on
         FROM charges_account a
         JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
         JOIN charges_charge c ON c.tenant_id = a.tenant_id AND c.account_id = a.id AND c.due_on < %(as_of)s
                              AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
        WHERE a.tenant_id = u.tenant_id AND a.unit_id = u.id
        GROUP BY a.id, p.name
       ) late ON true
  LEFT JOIN LATERAL (
       SELECT array_agg(h.kind::text ORDER BY h.kind) AS kinds
         FROM cases_hold h
        WHERE h.tenant_id = u.tenant_id AND h.account_id = late.id AND h.from_on <= %(as_of)s
          AND (h.to_on IS NULL OR h.to_on >= %(as_of)s) AND (h.released_on IS NULL OR h.released_on > %(as_of)s)
       ) held ON true
 WHERE u.tenant_id = %(tenant_id)s AND u.community_id = %(community_id)s AND u.retired_on IS NULL
   AND (u.kind = 'BAY') = %(bays)s AND (%(bays)s OR u.building_id IS NOT DISTINCT FROM %(building_id)s)
 ORDER BY u.sort_key, u.id, late.oldest_due_on
 LIMIT %(limit)s
