-- Every bill handed over on its day of issue.
UPDATE notices_notice
   SET state = 'DELIVERED', delivered_on = issued_on, gates_open_on = issued_on
 WHERE tenant_id = %(tenant_id)s AND kind = 'BILL_NOTICE'
