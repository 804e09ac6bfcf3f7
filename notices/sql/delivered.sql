-- The standing of notices after a delivery: the earliest day counts; a letter that came back waits again.
UPDATE notices_notice AS n
   SET state = CASE
           WHEN d.delivered OR n.state = 'DELIVERED' THEN 'DELIVERED'
           WHEN %(returned)s THEN 'QUEUED'
           WHEN %(handed_over)s THEN 'SENT'
           ELSE n.state END,
       delivered_on = CASE WHEN d.delivered THEN least(n.delivered_on, %(on)s) ELSE n.delivered_on END,
       gates_open_on = CASE WHEN d.opens_gates THEN least(n.gates_open_on, %(on)s) ELSE n.gates_open_on END,
       sent_at = CASE WHEN %(handed_over)s THEN coalesce(n.sent_at, %(on)s::date::timestamp AT TIME ZONE 'Asia/Shanghai') ELSE n.sent_at END
  FROM unnest(%(ids)s::bigint[], %(delivered)s::boolean[], %(opens_gates)s::boolean[])
       AS d (id, delivered, opens_gates)
 WHERE n.tenant_id = %(tenant_id)s
   AND n.id = d.id
