-- All that was done about some charges, whether it restarts their clocks or not, each with its evidence.
-- An application is shown by its form: what the owner proved it with is for the application alone, in old rows too.
-- One row per charge and thing; `what`: NOTICE (a delivery, or a message without one), PAYMENT or EVENT.
WITH asked AS MATERIALIZED (
  SELECT c.id, c.account_id FROM charges_charge c
   WHERE c.tenant_id = %(tenant_id)s AND c.id = ANY (%(charge_ids)s)
)
SELECT o.id, 'NOTICE', n.id, coalesce(d."on", (n.sent_at AT TIME ZONE 'Asia/Shanghai')::date, n.issued_on), NULL::date,
       n.kind::text, n.number::text, coalesce(d.method::text, n.channel), coalesce(d.result::text, n.state),
       coalesce(d.receiver::text, ''), coalesce(d.agreed_address, false), coalesce(d.interrupts, false),
       concat_ws(' ', nullif(d.receiver_name, ''), nullif(d.relation, ''), nullif(d.waybill, ''), nullif(d.note, '')),
       d.photo_id, coalesce(u.name, ''), ''
  FROM (SELECT DISTINCT account_id FROM asked) AS a
  JOIN notices_notice n ON n.tenant_id = %(tenant_id)s AND n.account_id = a.account_id
                       AND n.kind = ANY (%(demands)s) AND n.state NOT IN ('WITHDRAWN', 'SKIPPED')
  JOIN asked o ON o.id = ANY (n.charge_ids)
  LEFT JOIN notices_delivery d ON d.tenant_id = n.tenant_id AND d.notice_id = n.id
  LEFT JOIN people_user u ON u.id = d.recorded_by_id
UNION ALL
SELECT o.id, 'PAYMENT', p.id, p.paid_on, NULL, p.method, '', p.kind, '', '', false,
       p.kind = 'RECEIVED' AND p.method <> 'CREDIT' AND r.id IS NULL,
       p.payer_name, NULL, coalesce(u.name, ''), sum(l.amount_fen)::text
  FROM asked o
  JOIN payments_allocation l ON l.tenant_id = %(tenant_id)s AND l.charge_id = o.id
  JOIN payments_payment p ON p.tenant_id = l.tenant_id AND p.id = l.payment_id AND p.kind = 'RECEIVED'
  LEFT JOIN payments_payment r ON r.tenant_id = p.tenant_id AND r.reverses_id = p.id
  LEFT JOIN people_user u ON u.id = p.taken_by_id
 GROUP BY o.id, p.id, r.id, u.name
UNION ALL
SELECT o.id, 'EVENT', e.id, e."on", e.until, e.kind, e.source, e.proof, '', '', false,
       e.kind IN ('DEMAND', 'ACKNOWLEDGEMENT', 'PROCEEDING'), e.evidence,
       CASE WHEN e.source LIKE 'application:%%' THEN NULL ELSE e.file_id END, coalesce(u.name, ''), ''
  FROM asked o
  JOIN LATERAL (SELECT DISTINCT ON (k.source) k.* FROM cases_clockevent k
                 WHERE k.tenant_id = %(tenant_id)s AND k.charge_id = o.id
                 ORDER BY k.source, k.id DESC) AS e ON true
  LEFT JOIN people_user u ON u.id = e.by_id
 ORDER BY 1, 4, 3
