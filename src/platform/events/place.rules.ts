/**
 * A place in the event log. Places are ordered by transaction id first, then by position: with the
 * commit horizon that is an order in which nothing can appear later before a place already read.
 */
export interface Place {
  xid: bigint;
  position: bigint;
}

export function comparePlaces(a: Place, b: Place): number {
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return 0;
}

export function laterOf(a: Place, b: Place | undefined): Place {
  return b !== undefined && comparePlaces(b, a) > 0 ? b : a;
}
