/** One text for one value, whatever the order its keys were written in. Pure. */

/**
 * JSON with sorted keys and no white space, to address plain data by its content. As in JSON, a property
 * that is undefined is left out and a number that is not finite is null.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // Written out rather than rebuilt as an object, which puts keys that look like numbers first. Compared
  // by code unit, which unlike a locale's order is the same on every machine.
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
}
