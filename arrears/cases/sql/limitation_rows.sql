-- What a line of the limitation list says besides its clocks, for one page of accounts: who, where, whose case, the
-- letter that is asked for, the paper that waits for delivery, who was told last.
SELECT a.id, a.community_id, m.name, a.unit_id, u.code, p.name, k.id, k.collector_id, coalesce(w.name, ''),
       t.due_on, paper.id, coalesce(paper.number, ''), alert.days, alert."on"
  FROM charges_account a
  JOIN owners_community m ON m.tenant_id = a.tenant_id AND m.id = a.community_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  LEFT JOIN cases_case k ON k.tenant_id = a.tenant_id AND k.account_id = a.id AND k.closed_on IS NULL
  LEFT JOIN people_user w ON w.id = k.collector_id
  LEFT JOIN cases_task t ON t.tenant_id = k.tenant_id AND t.case_id = k.id AND t.kind = 'EMS_DEMAND'
                        AND t.done_at IS NULL AND t.cancelled_at IS NULL
  LEFT JOIN LATERAL (
       SELECT n.id, n.number FROM notices_notice n
        WHERE n.tenant_id = a.tenant_id AND n.account_id = a.id
          AND n.kind IN ('DEMAND', 'SECOND_DEMAND', 'LAWYER_LETTER')
          AND n.state IN ('QUEUED', 'SENT') AND n.delivered_on IS NULL
        ORDER BY n.id DESC LIMIT 1
       ) paper ON true
  LEFT JOIN LATERAL (
       SELECT x.days, x."on" FROM cases_clockalert x
        WHERE x.tenant_id = a.tenant_id AND x.account_id = a.id ORDER BY x.id DESC LIMIT 1
       ) alert ON true
 WHERE a.tenant_id = %(tenant_id)s AND a.id = ANY (%(account_ids)s)
