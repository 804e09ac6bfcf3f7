-- Notices that hang, and whether somebody they count has paid since.
SELECT p.id, m.name, p.number, p.place, p.to_on,
       EXISTS (SELECT FROM unnest(p.account_ids) AS counted (account_id)
                WHERE NOT EXISTS (SELECT FROM charges_charge c
                                   WHERE c.tenant_id = %(tenant_id)s AND c.account_id = counted.account_id
                                     AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
                                     AND c.due_on < %(as_of)s))
  FROM legal_publicnotice p
  JOIN owners_community m ON m.tenant_id = p.tenant_id AND m.id = p.community_id
 WHERE p.tenant_id = %(tenant_id)s AND p.state = 'POSTED'
   AND (%(public_id)s::bigint IS NULL OR p.id = %(public_id)s)
 ORDER BY p.to_on, p.id
