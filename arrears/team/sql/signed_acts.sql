-- Visits, and papers that need the project manager's signature the same day, of the days [from_on, to_on]. A paper that
-- such a person approved on its day is signed by that decision. Columns as in record_sheets.sql.
WITH act AS (
  SELECT 'VISIT' AS kind, v.id AS subject_id, k.community_id, v."on" AS day, v.by_id, u.code AS unit_code,
         v.result AS what, v.feedback AS said, NULL::bigint AS approval_id
    FROM cases_visit v
    JOIN cases_case k ON k.tenant_id = v.tenant_id AND k.id = v.case_id
    JOIN owners_unit u ON u.tenant_id = k.tenant_id AND u.id = k.unit_id
   WHERE v.tenant_id = %(tenant_id)s AND v."on" BETWEEN %(from_on)s AND %(to_on)s
     AND (%(person_id)s::bigint IS NULL OR v.by_id = %(person_id)s)
     AND (%(community_id)s::bigint IS NULL OR k.community_id = %(community_id)s)
  UNION ALL
  SELECT n.kind, n.id, n.community_id, n.issued_on, NULL, coalesce(u.code, ''), n.number, '', step.approval_id
    FROM notices_notice n
    LEFT JOIN owners_unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
    LEFT JOIN LATERAL (
         SELECT s.approval_id FROM cases_step s
          WHERE s.tenant_id = n.tenant_id AND s.account_id = n.account_id AND s.notice_id = n.id
            AND s.approval_id IS NOT NULL
          ORDER BY s.id DESC LIMIT 1) step ON true
   WHERE n.tenant_id = %(tenant_id)s AND n.issued_on BETWEEN %(from_on)s AND %(to_on)s
     AND n.kind = ANY (%(papers)s::text[]) AND n.state <> 'WITHDRAWN' AND %(person_id)s::bigint IS NULL
     AND (%(community_id)s::bigint IS NULL OR n.community_id = %(community_id)s)
)
SELECT a.kind, a.subject_id, a.community_id, m.name, a.day, a.by_id, coalesce(w.name, ''),
       0, (a.kind = 'VISIT')::int, 0, 0, (
         SELECT count(*) FROM team_correction r
          WHERE r.tenant_id = %(tenant_id)s AND a.kind = 'VISIT' AND r.kind = 'VISIT' AND r.visit_id = a.subject_id)::int,
       a.unit_code, a.what, a.said,
       CASE WHEN p.id IS NOT NULL THEN 'SIGNED' ELSE k.event END, CASE WHEN p.id IS NOT NULL THEN 1 ELSE k.entries END,
       coalesce(k.comment, ''), coalesce(signer.name, ''), coalesce(k.at, p.decided_at),
       EXISTS (SELECT 1 FROM team_correction r
                WHERE r.tenant_id = %(tenant_id)s AND a.kind = 'VISIT' AND r.kind = 'VISIT'
                  AND r.visit_id = a.subject_id AND r.at > k.at)
  FROM act a
  JOIN owners_community m ON m.tenant_id = %(tenant_id)s AND m.id = a.community_id
  LEFT JOIN people_user w ON w.id = a.by_id
  LEFT JOIN LATERAL (
       SELECT k.* FROM team_sheetmark k
        WHERE k.tenant_id = %(tenant_id)s AND k.day = a.day AND k.kind = a.kind AND k.subject_id = a.subject_id
        ORDER BY k.id DESC LIMIT 1) k ON true
  LEFT JOIN people_approval p ON p.tenant_id = %(tenant_id)s AND p.id = a.approval_id AND k.id IS NULL
       AND p.decision = 'APPROVED' AND p.role = ANY (%(managers)s::text[])
       AND (p.decided_at AT TIME ZONE 'Asia/Shanghai')::date = a.day
  LEFT JOIN people_user signer ON signer.id = coalesce(k.by_id, p.decided_by_id)
 ORDER BY a.day DESC, m.name, a.kind, a.unit_code, a.subject_id
