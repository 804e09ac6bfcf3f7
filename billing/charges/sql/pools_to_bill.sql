-- Pools that somebody else agreed to, whose period is over, and of which a share is not billed yet.
WITH agreed AS (
    SELECT p.id, p.period, p.fee_item_id
      FROM charges_sharedcostpool p
      JOIN people_approval a ON a.tenant_id = p.tenant_id AND a.id = p.approval_id AND a.decision = 'APPROVED'
     WHERE p.community_id = %(community_id)s AND p.withdrawn_on IS NULL
       AND upper(p.period) <= %(until)s AND upper(p.period) > %(since)s
), billed AS (
    SELECT c.unit_id, c.fee_item_id, c.period
      FROM charges_charge c
     WHERE c.community_id = %(community_id)s AND c.ends_on > %(since)s AND c.reversed_on IS NULL
       AND c.fee_item_id IN (SELECT fee_item_id FROM agreed)
)
SELECT agreed.id
  FROM agreed
 WHERE EXISTS (
       SELECT FROM charges_poolshare s
         LEFT JOIN billed b ON b.unit_id = s.unit_id AND b.fee_item_id = s.fee_item_id AND b.period @> s.period
        WHERE s.pool_id = agreed.id AND s.amount_fen > 0 AND b.unit_id IS NULL)
 ORDER BY agreed.id
