// Rows under their years.
export function byYear<T>(rows: T[], on: (row: T) => string): [string, T[]][] {
  const years = new Map<string, T[]>();
  for (const row of rows) {
    const year = on(row).slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), row]);
  }
  return [...years];
}
