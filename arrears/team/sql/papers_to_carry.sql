-- Papers to owners that wait to be handed over and that nobody carries on the day: chosen ones, or those of some accounts.
SELECT n.id, n.kind, n.number, n.account_id, n.unit_id, n.community_id, u.code, coalesce(b.name, ''), u.entrance, u.floor,
       u.room
  FROM notices_notice n
  JOIN owners_unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
  LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
 WHERE n.tenant_id = %(tenant_id)s AND n.channel = 'PAPER' AND n.state = 'QUEUED' AND n.kind = ANY (%(kinds)s)
   AND n.account_id IS NOT NULL
   AND (n.id = ANY (%(ids)s::bigint[]) OR n.account_id = ANY (%(account_ids)s::bigint[]))
   AND NOT EXISTS (
       SELECT FROM team_stoppaper c
         JOIN team_stop s ON s.tenant_id = c.tenant_id AND s.id = c.stop_id AND s.dropped_at IS NULL
        WHERE c.tenant_id = n.tenant_id AND c.notice_id = n.id AND s."on" = %(on)s)
 ORDER BY u.sort_key, n.id
