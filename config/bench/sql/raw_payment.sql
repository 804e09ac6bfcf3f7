-- One payment as a program would write it that decides nothing: the account held, a number taken, and the same
-- rows as the service writes, with the same indexes, constraints and triggers.
WITH held AS (
  SELECT id, community_id, unit_id FROM charges_account
   WHERE tenant_id = %(tenant_id)s AND id = %(account_id)s FOR UPDATE
), charge AS (
  SELECT c.id, c.amount_fen - c.settled_fen AS fen FROM charges_charge c, held
   WHERE c.tenant_id = %(tenant_id)s AND c.account_id = held.id AND c.settled_fen < c.amount_fen
), payment AS (
  INSERT INTO payments_payment (tenant_id, community_id, unit_id, account_id, cash_point_id, method, amount_fen, paid_on,
                                posted_on, reference, payer_name, note, idempotency_key, asked, created_at)
  SELECT %(tenant_id)s, held.community_id, held.unit_id, held.id, %(desk_id)s, 'CASH', (SELECT sum(fen) FROM charge), %(on)s,
         %(on)s, '', '', '', %(key)s, '{}', now() FROM held
  RETURNING id
), allocated AS (
  INSERT INTO payments_allocation (tenant_id, payment_id, charge_id, part, amount_fen)
  SELECT %(tenant_id)s, payment.id, charge.id, 'PRINCIPAL', charge.fen FROM payment, charge
), settled AS (
  UPDATE charges_charge c SET settled_fen = c.amount_fen FROM charge
   WHERE c.tenant_id = %(tenant_id)s AND c.id = charge.id
), moved AS (
  INSERT INTO charges_movement (tenant_id, charge_id, "on", principal_fen, late_fee_fen, is_waived, created_at)
  SELECT %(tenant_id)s, charge.id, %(on)s, charge.fen, 0, false, now() FROM charge
), withdrawn AS (
  UPDATE notices_notice n SET state = 'WITHDRAWN', reason_code = 'paid', reason_params = '{}' FROM held
   WHERE n.tenant_id = %(tenant_id)s AND n.account_id = held.id AND n.state = 'QUEUED'
), number AS (
  INSERT INTO owners_numberseries (tenant_id, community_id, series, year, last)
  SELECT %(tenant_id)s, community_id, 'RAW', 2026, 1 FROM held
  ON CONFLICT (tenant_id, community_id, series, year) DO UPDATE SET last = owners_numberseries.last + 1
  RETURNING last
), receipt AS (
  INSERT INTO payments_receipt (tenant_id, cash_point_id, payment_id, number, issued_on, prints, void_reason)
  SELECT %(tenant_id)s, %(desk_id)s, payment.id, 'RAW-' || number.last, %(on)s, 0, '' FROM payment, number
)
INSERT INTO people_auditentry (tenant_id, at, action, object_kind, object_id, detail)
SELECT %(tenant_id)s, now(), 'payment.taken', 'payment', payment.id, '{}' FROM payment
