-- Promises of a week, one row each: those made, and those whose day came, with whether that one was kept. A promise is
-- kept when on its day no more than it left is unpaid of what was past due when it was made.
SELECT coalesce(p.by_id, 0), coalesce(w.name, ''), p.id, p.case_id, u.code, o.name, p.made_on, p.promised_on, p.amount_fen,
       p.made_on BETWEEN %(from_on)s AND %(to_on)s, p.promised_on BETWEEN %(from_on)s AND %(to_on)s,
       p.left_fen >= (
         SELECT coalesce(sum(c.amount_fen - c.settled_fen + coalesce((
              SELECT sum(m.principal_fen) FROM charges_movement m
               WHERE m.tenant_id = c.tenant_id AND m.charge_id = c.id AND m."on" > p.promised_on), 0)), 0)
           FROM charges_charge c
          WHERE c.tenant_id = p.tenant_id AND c.unit_id = a.unit_id AND c.account_id = p.account_id
            AND c.due_on < p.made_on AND c.issued_on <= p.made_on
            AND (c.reversed_on IS NULL OR c.reversed_on > p.promised_on))
  FROM cases_promise p
  JOIN charges_account a ON a.tenant_id = p.tenant_id AND a.id = p.account_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party o ON o.tenant_id = a.tenant_id AND o.id = a.party_id
  LEFT JOIN people_user w ON w.id = p.by_id
 WHERE p.tenant_id = %(tenant_id)s
   AND (p.made_on BETWEEN %(from_on)s AND %(to_on)s OR p.promised_on BETWEEN %(from_on)s AND %(to_on)s)
   AND (%(community_id)s::bigint IS NULL OR a.community_id = %(community_id)s)
 ORDER BY p.promised_on, p.id
