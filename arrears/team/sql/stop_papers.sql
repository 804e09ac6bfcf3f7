-- The papers of a round's stops, and whether they were handed over there.
SELECT c.stop_id, n.id, n.kind, n.number, n.state, n.delivered_on,
       EXISTS (SELECT FROM team_entry e
                WHERE e.tenant_id = c.tenant_id AND e.stop_id = c.stop_id AND e.kind = 'DELIVERY'
                  AND e.notice_id = n.id)
  FROM team_stop s
  JOIN team_stoppaper c ON c.tenant_id = s.tenant_id AND c.stop_id = s.id
  JOIN notices_notice n ON n.tenant_id = c.tenant_id AND n.id = c.notice_id
 WHERE s.tenant_id = %(tenant_id)s AND s.round_id = %(round_id)s
 ORDER BY s.position, n.id
