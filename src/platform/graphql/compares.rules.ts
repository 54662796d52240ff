/** The comparators of `filters.ts` applied to a value instead of a column, with SQL's meaning of null. Pure. */
export interface ValueComparators {
  eq?: unknown;
  in?: unknown[] | null;
  notIn?: unknown[] | null;
  gt?: unknown;
  gte?: unknown;
  lt?: unknown;
  lte?: unknown;
  isNull?: boolean | null;
}

export function compares(value: unknown, filter: ValueComparators): boolean {
  const present = value !== null && value !== undefined;
  const order = (other: unknown) =>
    comparable(value) < comparable(other) ? -1 : comparable(value) > comparable(other) ? 1 : 0;
  if (filter.eq != null && !(present && order(filter.eq) === 0)) return false;
  if (filter.in != null && !(present && filter.in.some((other) => order(other) === 0))) return false;
  if (filter.notIn?.length && present && filter.notIn.some((other) => order(other) === 0)) return false;
  if (filter.gt != null && !(present && order(filter.gt) > 0)) return false;
  if (filter.gte != null && !(present && order(filter.gte) >= 0)) return false;
  if (filter.lt != null && !(present && order(filter.lt) < 0)) return false;
  if (filter.lte != null && !(present && order(filter.lte) <= 0)) return false;
  if (filter.isNull != null && filter.isNull === present) return false;
  return true;
}

function comparable(value: unknown): number | string {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value : String(value);
}
