-- Invoices that were issued for money which is no longer there: its payment was taken back, or a release
-- took it off the charge again. What a red invoice was asked for already counts no more.
WITH live AS (
  SELECT p.tenant_id, p.invoice_id, p.payment_id, p.amount_fen, a.charge_id
    FROM banking_invoicepart p
    JOIN banking_invoice i ON i.tenant_id = p.tenant_id AND i.id = p.invoice_id AND i.state = 'ISSUED'
    JOIN payments_allocation a ON a.tenant_id = p.tenant_id AND a.id = p.allocation_id
   WHERE p.is_live AND p.red_id IS NULL
     AND (%(invoice_id)s::bigint IS NULL OR p.invoice_id = %(invoice_id)s)
), released AS (
  SELECT a.charge_id
    FROM payments_payment r
    JOIN payments_allocation a ON a.tenant_id = r.tenant_id AND a.payment_id = r.id
   WHERE r.kind = 'RELEASE' AND a.charge_id IN (SELECT charge_id FROM live)
), gone AS (
  SELECT charge_id FROM live WHERE charge_id IN (SELECT charge_id FROM released)
   GROUP BY charge_id
  HAVING sum(amount_fen) > (SELECT coalesce(sum(s.amount_fen), 0) FROM payments_allocation s
                             WHERE s.charge_id = live.charge_id)
)
SELECT DISTINCT invoice_id FROM live
 WHERE EXISTS (SELECT FROM payments_payment r
                WHERE r.tenant_id = live.tenant_id AND r.reverses_id = live.payment_id)
    OR charge_id IN (SELECT charge_id FROM gone)
 ORDER BY invoice_id
