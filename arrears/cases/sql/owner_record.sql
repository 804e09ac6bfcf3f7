-- What the standing of some owners is counted from: of what fell due since a day, bill by bill (charges of one account
-- and one due day), how many were paid by their day (value date; what was let off counts as paid, what was written off
-- does not), the oldest due day of what is past due now, and the newest day on which something was written off. Opening arrears are older than this program: nobody is judged by them.
WITH mine AS (
  SELECT a.party_id, c.account_id, c.id, c.kind, c.due_on, c.amount_fen, c.settled_fen
    FROM charges_charge c
    JOIN charges_account a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
   WHERE c.tenant_id = %(tenant_id)s AND a.party_id = ANY (%(party_ids)s::bigint[]) AND c.reversed_on IS NULL
     AND c.due_on < %(as_of)s
), written AS (
  SELECT m.party_id, d.charge_id, sum(d.amount_fen)::bigint AS fen, max(d."on") AS "on"
    FROM mine m
    JOIN charges_adjustment d ON d.tenant_id = %(tenant_id)s AND d.charge_id = m.id
   WHERE d.kind = 'WRITE_OFF' AND d.part = 'PRINCIPAL'
   GROUP BY m.party_id, d.charge_id HAVING sum(d.amount_fen) > 0
), due AS (
  SELECT m.party_id, m.account_id, m.due_on,
         sum(greatest(m.amount_fen - m.settled_fen + later.fen + coalesce(w.fen, 0), 0)) AS unpaid_fen
    FROM mine m
   CROSS JOIN LATERAL (
         SELECT coalesce(sum(l.amount_fen), 0)::bigint AS fen
           FROM payments_allocation l
           JOIN payments_payment p ON p.tenant_id = l.tenant_id AND p.id = l.payment_id
           LEFT JOIN payments_payment o ON o.tenant_id = p.tenant_id AND o.id = p.reverses_id
          WHERE l.tenant_id = %(tenant_id)s AND l.charge_id = m.id AND l.part = 'PRINCIPAL'
            AND coalesce(o.paid_on, p.paid_on) > m.due_on
         ) later
    LEFT JOIN written w ON w.charge_id = m.id
   WHERE m.due_on >= %(since)s AND m.kind <> 'OPENING'
   GROUP BY m.party_id, m.account_id, m.due_on
)
SELECT w.party_id,
       (SELECT count(*) FROM due d WHERE d.party_id = w.party_id),
       (SELECT count(*) FROM due d WHERE d.party_id = w.party_id AND d.unpaid_fen = 0),
       (SELECT min(m.due_on) FROM mine m WHERE m.party_id = w.party_id AND m.settled_fen < m.amount_fen),
       (SELECT max(t."on") FROM written t WHERE t.party_id = w.party_id AND t."on" >= %(since)s)
  FROM unnest(%(party_ids)s::bigint[]) AS w (party_id)
