-- One visit with everything that its record says.
SELECT v.id, v.case_id, m.name, u.code, p.name, v."on", v.time_in, v.time_out, w.name, v.second_person, v.by_manager,
       v.result, v.reason_code, v.feedback, v.promised_on, v.signer, v.signer_name, v.signer_relation, v.signature_id,
       v.photo_id, e.received_at, coalesce(e.latitude::text || ', ' || e.longitude::text, '')
  FROM cases_visit v
  JOIN cases_case k ON k.tenant_id = v.tenant_id AND k.id = v.case_id
  JOIN charges_account a ON a.tenant_id = v.tenant_id AND a.id = v.account_id
  JOIN owners_community m ON m.tenant_id = k.tenant_id AND m.id = k.community_id
  JOIN owners_unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id
  JOIN owners_party p ON p.tenant_id = a.tenant_id AND p.id = a.party_id
  JOIN people_user w ON w.id = v.by_id
  LEFT JOIN team_entry e ON e.tenant_id = v.tenant_id AND e.visit_id = v.id
 WHERE v.tenant_id = %(tenant_id)s AND v.id = %(visit_id)s
