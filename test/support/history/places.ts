/** A place in the event log, in numbers: what a test can keep very many of. */
export interface Place {
  xid: number;
  position: number;
}

export const BEGINNING: Place = { xid: 0, position: 0 };

/** Negative when a comes first. */
export function compare(a: Place, b: Place): number {
  return a.xid - b.xid || a.position - b.position;
}

/** The place in a cursor of the desk, whose check sum is the desk's business. */
export function placeIn(cursor: string): Place {
  const bytes = Buffer.from(cursor, 'base64url');
  return { xid: Number(bytes.readBigUInt64BE(0)), position: Number(bytes.readBigUInt64BE(8)) };
}

/** The index of the first element for which it holds, in a list where it holds from some element on. */
export function firstIndex<Value>(sorted: readonly Value[], holds: (value: Value) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle] as Value)) high = middle;
    else low = middle + 1;
  }
  return low;
}
