-- Alerts of midnights before a day that no later signature settled, as rows of the queue: the newest mark, and whether
-- a correction answered it.
SELECT u.kind, u.subject_id, u.community_id, m.name, u.day, u.person_id, coalesce(w.name, ''),
       coalesce(unit.code, paper_unit.code, ''), coalesce(v.result, n.number, ''), u.role, k.entries, k.event,
       coalesce(k.comment, ''), coalesce(signer.name, ''), k.at,
       EXISTS (SELECT FROM team_correction r
                WHERE r.tenant_id = u.tenant_id AND r.kind = u.kind AND r.person_id = u.person_id
                  AND r.community_id = u.community_id AND r.day = u.day AND r.at > k.at)
  FROM team_unsigned u
  JOIN owners_community m ON m.tenant_id = u.tenant_id AND m.id = u.community_id
  LEFT JOIN people_user w ON w.id = u.person_id
  LEFT JOIN cases_visit v ON u.kind = 'VISIT' AND v.tenant_id = u.tenant_id AND v.id = u.subject_id
  LEFT JOIN cases_case c ON c.tenant_id = v.tenant_id AND c.id = v.case_id
  LEFT JOIN owners_unit unit ON unit.tenant_id = c.tenant_id AND unit.id = c.unit_id
  LEFT JOIN notices_notice n ON u.kind NOT IN ('VISIT', 'RECORD') AND n.tenant_id = u.tenant_id AND n.id = u.subject_id
  LEFT JOIN owners_unit paper_unit ON paper_unit.tenant_id = n.tenant_id AND paper_unit.id = n.unit_id
  LEFT JOIN LATERAL (
       SELECT k.* FROM team_sheetmark k
        WHERE k.tenant_id = u.tenant_id AND k.day = u.day AND k.kind = u.kind AND k.subject_id = u.subject_id
          AND k.community_id = u.community_id
        ORDER BY k.id DESC LIMIT 1) k ON true
  LEFT JOIN people_user signer ON signer.id = k.by_id
 WHERE u.tenant_id = %(tenant_id)s AND u.day < %(until)s
   AND NOT EXISTS (SELECT FROM team_sheetmark s
                    WHERE s.tenant_id = u.tenant_id AND s.day = u.day AND s.kind = u.kind
                      AND s.subject_id = u.subject_id AND s.community_id = u.community_id AND s.event = 'SIGNED')
   AND (n.id IS NULL OR n.state <> 'WITHDRAWN')
 ORDER BY u.day, u.kind <> 'RECORD', m.name, u.id
