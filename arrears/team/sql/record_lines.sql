-- All that a line of 催缴记录表 shows, for one part of the lines, in their order.
WITH line AS (
  SELECT * FROM unnest(%(case_ids)s::bigint[], %(kinds)s::text[], %(ids)s::bigint[])
                WITH ORDINALITY AS l (case_id, kind, id, place)
), one AS MATERIALIZED (
  SELECT k.id, k.account_id, k.community_id, m.name AS community, u.code, u.building_id, b.name AS building,
         coalesce(b.cluster, '') AS cluster, p.name AS party, p.id AS party_id, k.unit_id, k.opened_on, k.closed_on,
         k.klass, coalesce(w.name, '') AS collector, k.tenant_id
    FROM cases_case k
    JOIN charges_account a ON a.tenant_id = k.tenant_id AND a.id = k.account_id
    JOIN owners_community m ON m.tenant_id = k.tenant_id AND m.id = k.community_id
    JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
    JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
    LEFT JOIN owners_building b ON b.tenant_id = u.tenant_id AND b.id = u.building_id
    LEFT JOIN people_user w ON w.id = k.collector_id
   WHERE k.tenant_id = %(tenant_id)s AND k.id IN (SELECT DISTINCT case_id FROM line)
), told AS MATERIALIZED (
  SELECT o.*, owed.fen, owed.oldest, owed.newest, phone.masked, coalesce(legacy.text, '') AS legacy,
         coalesce(papers.text, '') AS papers, paid.fen AS paid_fen, paid.paid_on, todo.kind AS next_kind, todo.due_on AS next_on
    FROM one o
    LEFT JOIN LATERAL (
         SELECT sum(c.amount_fen - c.settled_fen)::bigint AS fen, min(c.due_on) AS oldest, max(upper(c.period) - 1) AS newest
           FROM charges_charge c
          WHERE c.tenant_id = o.tenant_id AND c.account_id = o.account_id AND c.due_on < %(as_of)s
            AND c.reversed_on IS NULL AND c.settled_fen < c.amount_fen) owed ON true
    LEFT JOIN LATERAL (
         SELECT n.masked FROM owners_contact n
          WHERE n.tenant_id = o.tenant_id AND n.party_id = o.party_id AND n.kind IN ('LANDLINE', 'MOBILE')
            AND n.state NOT IN ('VOID', 'WRONG') ORDER BY n.kind, n.position, n.id LIMIT 1) phone ON true
    LEFT JOIN LATERAL (
         SELECT string_agg(i.text, '；' ORDER BY i.recorded_on, i.id) AS text FROM owners_legacyissue i
          WHERE i.tenant_id = o.tenant_id AND i.unit_id = o.unit_id AND i.closed_on IS NULL) legacy ON true
    LEFT JOIN LATERAL (
         SELECT string_agg(n.kind || '|' || n.issued_on || '|' || coalesce(n.delivered_on::text, ''), ',' ORDER BY n.id) AS text
           FROM notices_notice n
          WHERE n.tenant_id = o.tenant_id AND n.account_id = o.account_id AND n.channel = 'PAPER'
            AND n.kind <> ALL (%(bills)s::text[]) AND n.issued_on BETWEEN o.opened_on AND %(to_on)s
            AND n.state <> 'WITHDRAWN') papers ON true
    LEFT JOIN LATERAL (
         SELECT sum(y.amount_fen)::bigint AS fen, max(y.paid_on) FILTER (WHERE y.kind = 'RECEIVED') AS paid_on
           FROM payments_payment y
          WHERE y.tenant_id = o.tenant_id AND y.account_id = o.account_id AND y.kind IN ('RECEIVED', 'REVERSAL')
            AND y.posted_on BETWEEN o.opened_on AND %(to_on)s) paid ON true
    LEFT JOIN LATERAL (
         SELECT t.kind, t.due_on FROM cases_task t
          WHERE t.tenant_id = o.tenant_id AND t.case_id = o.id AND t.done_at IS NULL AND t.cancelled_at IS NULL
          ORDER BY t.due_on, t.id LIMIT 1) todo ON true
)
SELECT l.case_id, l.kind, l.id, t.community_id, t.community, t.code, t.building, t.cluster, t.party, t.collector, t.klass,
       coalesce(t.fen, 0), t.oldest, t.newest, coalesce(t.masked, ''), t.legacy, t.papers,
       coalesce(t.paid_fen, 0), t.paid_on, coalesce(t.next_kind, ''), t.next_on,
       coalesce(c.at, (v."on" + coalesce(v.time_in, '00:00'::time)) AT TIME ZONE 'Asia/Shanghai'),
       coalesce(number.kind, ''), coalesce(caller.name, ''), coalesce(c.outcome, v.result, ''),
       coalesce(c.reason_code, v.reason_code, ''), coalesce(c.feedback, v.feedback, ''),
       coalesce(c.promised_on, v.promised_on), coalesce(righted.text, ''), coalesce(v.second_person, ''),
       coalesce(lead.event, ''), coalesce(lead.name, ''), lead.at, coalesce(lead.comment, ''),
       coalesce(boss.event, ''), coalesce(boss.name, ''), boss.at
  FROM line l
  JOIN told t ON t.id = l.case_id
  LEFT JOIN cases_call c ON l.kind = 'call' AND c.tenant_id = t.tenant_id AND c.id = l.id
  LEFT JOIN cases_visit v ON l.kind = 'visit' AND v.tenant_id = t.tenant_id AND v.id = l.id
  LEFT JOIN owners_contact number ON number.tenant_id = t.tenant_id AND number.id = c.contact_id
  LEFT JOIN people_user caller ON caller.id = coalesce(c.by_id, v.by_id)
  LEFT JOIN LATERAL (
       SELECT string_agg(r.text, '；' ORDER BY r.id) AS text FROM team_correction r
        WHERE r.tenant_id = t.tenant_id AND (r.call_id = c.id OR r.visit_id = v.id)) righted ON true
  LEFT JOIN LATERAL (
       SELECT k.event, w.name, k.at, k.comment FROM team_sheetmark k JOIN people_user w ON w.id = k.by_id
        WHERE k.tenant_id = t.tenant_id AND k.kind = 'RECORD' AND k.community_id = t.community_id
          AND k.subject_id = coalesce(c.by_id, v.by_id)
          AND k.day = coalesce((c.at AT TIME ZONE 'Asia/Shanghai')::date, v."on")
          -- What was entered after a mark is not signed by it.
          AND EXISTS (SELECT FROM jsonb_array_elements(k.facts -> 'entries') AS e
                       WHERE e ->> 0 = l.kind AND (e ->> 1)::bigint = l.id)
        ORDER BY k.id DESC LIMIT 1) lead ON true
  LEFT JOIN LATERAL (
       SELECT k.event, w.name, k.at FROM team_sheetmark k JOIN people_user w ON w.id = k.by_id
        WHERE k.tenant_id = t.tenant_id AND k.kind = 'VISIT' AND k.subject_id = v.id AND k.day = v."on"
        ORDER BY k.id DESC LIMIT 1) boss ON true
 ORDER BY l.place
