-- Every collector's record sheet of the days [from_on, to_on]: one row per community, person and day that has an
-- entry, with the newest mark and whether a correction answered it. A promise is broken when on its day more than it left was
-- still unpaid that was past due when it was made; it stands on the sheet of the morning after.
WITH account AS (
  SELECT a.id, a.community_id, a.unit_id FROM charges_account a
   WHERE a.tenant_id = %(tenant_id)s
     AND (%(community_id)s::bigint IS NULL OR a.community_id = %(community_id)s)
), entry AS (
  SELECT a.community_id, l.by_id, (l.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 1 AS calls, 0 AS visits,
         0 AS promises, 0 AS broken, 0 AS corrections
    FROM cases_call l JOIN account a ON a.id = l.account_id
   WHERE l.tenant_id = %(tenant_id)s AND l.at >= %(from_at)s AND l.at < %(until_at)s
  UNION ALL
  SELECT a.community_id, v.by_id, v."on", 0, 1, 0, 0, 0
    FROM cases_visit v JOIN account a ON a.id = v.account_id
   WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s
  UNION ALL
  SELECT a.community_id, p.by_id, p.made_on, 0, 0, 1, 0, 0
    FROM cases_promise p JOIN account a ON a.id = p.account_id
   WHERE p.tenant_id = %(tenant_id)s AND p.made_on BETWEEN %(from_on)s AND %(to_on)s AND p.by_id IS NOT NULL
  UNION ALL
  SELECT a.community_id, p.by_id, p.promised_on + 1, 0, 0, 0, 1, 0
    FROM cases_promise p JOIN account a ON a.id = p.account_id
   WHERE p.tenant_id = %(tenant_id)s AND p.promised_on + 1 BETWEEN %(from_on)s AND %(to_on)s AND p.by_id IS NOT NULL
     AND p.left_fen < (
       SELECT coalesce(sum(c.amount_fen - c.settled_fen + coalesce((
            SELECT sum(m.principal_fen) FROM charges_movement m
             WHERE m.tenant_id = c.tenant_id AND m.charge_id = c.id AND m."on" > p.promised_on), 0)), 0)
         FROM charges_charge c
        WHERE c.tenant_id = p.tenant_id AND c.unit_id = a.unit_id AND c.account_id = p.account_id
          AND c.due_on < p.made_on AND c.issued_on <= p.made_on
          AND (c.reversed_on IS NULL OR c.reversed_on > p.promised_on))
  UNION ALL
  SELECT r.community_id, r.person_id, r.day, 0, 0, 0, 0, 1
    FROM team_correction r
   WHERE r.tenant_id = %(tenant_id)s AND r.day BETWEEN %(from_on)s AND %(to_on)s AND r.kind = 'RECORD'
     AND (%(community_id)s::bigint IS NULL OR r.community_id = %(community_id)s)
), sheet AS (
  SELECT community_id, by_id, day, sum(calls)::int AS calls, sum(visits)::int AS visits,
         sum(promises)::int AS promises, sum(broken)::int AS broken, sum(corrections)::int AS corrections
    FROM entry
   WHERE %(person_id)s::bigint IS NULL OR by_id = %(person_id)s
   GROUP BY community_id, by_id, day
)
SELECT 'RECORD', s.by_id, s.community_id, m.name, s.day, s.by_id, coalesce(w.name, ''),
       s.calls, s.visits, s.promises, s.broken, s.corrections, '', '', '',
       k.event, k.entries, coalesce(k.comment, ''), coalesce(signer.name, ''), k.at,
       EXISTS (SELECT 1 FROM team_correction r
                WHERE r.tenant_id = %(tenant_id)s AND r.kind = 'RECORD' AND r.person_id = s.by_id
                  AND r.community_id = s.community_id AND r.day = s.day AND r.at > k.at)
  FROM sheet s
  JOIN owners_community m ON m.tenant_id = %(tenant_id)s AND m.id = s.community_id
  LEFT JOIN people_user w ON w.id = s.by_id
  LEFT JOIN LATERAL (
       SELECT k.* FROM team_sheetmark k
        WHERE k.tenant_id = %(tenant_id)s AND k.day = s.day AND k.kind = 'RECORD' AND k.subject_id = s.by_id
          AND k.community_id = s.community_id
        ORDER BY k.id DESC LIMIT 1) k ON true
  LEFT JOIN people_user signer ON signer.id = k.by_id
 ORDER BY s.day DESC, m.name, w.name, s.by_id
