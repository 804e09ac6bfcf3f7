-- The recorded deliveries of a unit's papers, the newest first.
SELECT d.id, d.notice_id, n.kind, d.method, d.result, d."on", d.handed_over_by, d.receiver_name, d.delivered
  FROM notices_notice n
  JOIN notices_delivery d ON d.tenant_id = n.tenant_id AND d.notice_id = n.id
 WHERE n.tenant_id = %(tenant_id)s AND n.unit_id = %(unit_id)s
 ORDER BY d."on" DESC, d.id DESC
 LIMIT %(limit)s
