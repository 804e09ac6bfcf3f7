-- The findings of a batch, in file order.
INSERT INTO charges_importline (
    tenant_id, batch_id, weight, code, sheet, "row", "column", header, value, unit, old, new)
SELECT %(tenant_id)s, %(batch_id)s, l.weight, l.code, left(l.sheet, 80), l."row", l."column", left(l.header, 80),
       l.value, left(l.unit, 40), l.old, l.new
  FROM unnest(%(weights)s::text[], %(codes)s::text[], %(sheets)s::text[], %(rows)s::int[], %(columns)s::text[],
              %(headers)s::text[], %(values)s::text[], %(units)s::text[], %(olds)s::text[], %(news)s::text[])
       WITH ORDINALITY AS l (weight, code, sheet, "row", "column", header, value, unit, old, new, at)
 ORDER BY l.at
