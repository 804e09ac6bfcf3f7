-- Alerts of past midnights that no later signature settled.
SELECT u.kind, u.subject_id, u.community_id, u.day, u.person_id, u.role
  FROM team_unsigned u
 WHERE u.tenant_id = %(tenant_id)s AND u.day < %(as_of)s
   AND (%(role)s::text IS NULL OR u.role = %(role)s)
   AND NOT EXISTS (SELECT 1 FROM team_sheetmark k
                    WHERE k.tenant_id = u.tenant_id AND k.day = u.day AND k.kind = u.kind
                      AND k.subject_id = u.subject_id AND k.community_id = u.community_id AND k.event = 'SIGNED')
