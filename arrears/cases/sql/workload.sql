-- Open cases with what makes them heavy: those of somebody for the loads, those of nobody to give away.
SELECT k.id, k.community_id, k.collector_id, k.klass, late.overdue_fen, late.oldest_due_on, u.building_id,
       EXISTS (SELECT 1 FROM owners_legacyissue i
                WHERE i.tenant_id = k.tenant_id AND i.unit_id = k.unit_id AND i.closed_on IS NULL)
  FROM cases_case k
  JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
  JOIN (SELECT c.account_id, sum(c.amount_fen - c.settled_fen)::bigint AS overdue_fen,
               min(c.due_on) AS oldest_due_on
          FROM charges_charge c
         WHERE c.tenant_id = %(tenant_id)s AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen
           AND c.due_on < %(as_of)s
         GROUP BY c.account_id) late ON late.account_id = k.account_id
 WHERE k.tenant_id = %(tenant_id)s AND k.closed_on IS NULL
