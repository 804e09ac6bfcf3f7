-- The collector with the most open cases, and how many they are.
SELECT collector_id, count(*)
  FROM cases_case
 WHERE tenant_id = %(tenant_id)s AND closed_on IS NULL AND collector_id IS NOT NULL
 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1
