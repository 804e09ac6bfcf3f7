-- What of some bills is paid and open, and how far their paper has come (the notice carries the bill's number).
SELECT b.id, coalesce(sum(c.settled_fen), 0)::bigint,
       coalesce(sum(c.amount_fen - c.settled_fen) FILTER (WHERE c.reversed_on IS NULL), 0)::bigint,
       max(n.id), max(n.state), max(n.delivered_on)
  FROM charges_bill b
  LEFT JOIN charges_charge c ON c.bill_id = b.id
  LEFT JOIN notices_notice n ON n.number = b.number AND n.number <> '' AND n.kind = 'BILL_NOTICE'
 WHERE b.id = ANY (%(bill_ids)s::bigint[])
 GROUP BY b.id
