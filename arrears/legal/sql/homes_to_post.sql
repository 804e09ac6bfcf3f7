-- Homes of a community whose lawyer letter was delivered and is over, which still owe what it lists, and which no
-- hold protects but a proceeding.
SELECT a.id, coalesce(b.name, ''), u.entrance, u.room, sum(c.amount_fen - c.settled_fen)::bigint
  FROM charges_account a
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
  JOIN notices_notice n ON n.tenant_id = a.tenant_id AND n.account_id = a.id AND n.kind = 'LAWYER_LETTER'
                       AND n.gates_open_on + %(period_days)s < %(as_of)s
  JOIN charges_charge c ON c.tenant_id = a.tenant_id AND c.id = ANY (n.charge_ids) AND c.reversed_on IS NULL
                       AND c.settled_fen < c.amount_fen
 WHERE a.tenant_id = %(tenant_id)s AND a.community_id = %(community_id)s
   AND n.id = (SELECT max(l.id) FROM notices_notice l
                WHERE l.tenant_id = a.tenant_id AND l.account_id = a.id AND l.kind = 'LAWYER_LETTER'
                  AND l.gates_open_on IS NOT NULL)
   AND NOT EXISTS (SELECT FROM cases_hold h
                    WHERE h.tenant_id = a.tenant_id AND h.account_id = a.id AND h.kind <> 'LEGAL_PROCEEDING'
                      AND h.from_on <= %(as_of)s AND (h.to_on IS NULL OR h.to_on >= %(as_of)s)
                      AND (h.released_on IS NULL OR h.released_on > %(as_of)s))
 GROUP BY a.id, b.name, u.entrance, u.room, u.sort_key
 ORDER BY u.sort_key, a.id
