-- The account of a case, and the deliveries of its papers since it was opened that do not count, the newest first.
SELECT k.account_id, d.id, d.notice_id, d.kind, d.method, d.result, d."on", d.handed_over_by, d.receiver_name, false
  FROM cases_case k
  LEFT JOIN LATERAL (
       SELECT d.*, n.kind FROM notices_notice n
         JOIN notices_delivery d ON d.tenant_id = n.tenant_id AND d.notice_id = n.id
        WHERE n.tenant_id = k.tenant_id AND n.unit_id = k.unit_id AND n.account_id = k.account_id
          AND d."on" >= k.opened_on AND NOT d.delivered
        ORDER BY d."on" DESC, d.id DESC LIMIT %(limit)s) d ON true
 WHERE k.tenant_id = %(tenant_id)s AND k.id = %(case_id)s
