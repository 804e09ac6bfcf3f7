-- What a new company has done before its first bills: one row of answers.
SELECT EXISTS (SELECT 1 FROM owners_community WHERE tenant_id = %(tenant_id)s) AS community,
       EXISTS (SELECT 1 FROM charges_contract WHERE tenant_id = %(tenant_id)s) AS contract,
       EXISTS (SELECT 1 FROM owners_unit WHERE tenant_id = %(tenant_id)s) AS register,
       EXISTS (SELECT 1 FROM charges_tariff WHERE tenant_id = %(tenant_id)s) AS tariff,
       EXISTS (SELECT 1 FROM payments_cashpoint WHERE tenant_id = %(tenant_id)s) AS cash_point,
       EXISTS (SELECT 1 FROM charges_bill WHERE tenant_id = %(tenant_id)s AND kind = 'PERIODIC') AS bills
