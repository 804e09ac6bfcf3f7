-- The papers of a round's stops, whether they were served there, and the last result there that does not count.
SELECT c.stop_id, n.id, n.kind, n.number, n.state, n.delivered_on, coalesce(here.served, false), coalesce(here.missing, '')
  FROM team_stop s
  JOIN team_stoppaper c ON c.tenant_id = s.tenant_id AND c.stop_id = s.id
  JOIN notices_notice n ON n.tenant_id = c.tenant_id AND n.id = c.notice_id
  LEFT JOIN LATERAL (
       SELECT bool_or(d.delivered) AS served,
              (array_agg(d.result ORDER BY d.id DESC) FILTER (WHERE NOT d.delivered))[1] AS missing
         FROM team_entry e
         JOIN notices_delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
        WHERE e.tenant_id = c.tenant_id AND e.stop_id = c.stop_id AND e.notice_id = n.id
       ) here ON true
 WHERE s.tenant_id = %(tenant_id)s AND s.round_id = %(round_id)s
 ORDER BY s.position, n.id
