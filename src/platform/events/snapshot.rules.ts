/**
 * What a statement saw of other transactions, as PostgreSQL says it (`pg_snapshot`): lets what it read be
 * continued by the log, with nothing left out and nothing counted twice. Pure.
 */
export interface Snapshot {
  /** Every transaction before this one had ended. */
  xmin: bigint;
  /** No transaction from this one on had ended. */
  xmax: bigint;
  /** Those between the two that were under way. */
  running: ReadonlySet<bigint>;
}

/** @param text as `pg_current_snapshot()::text` gives it: `xmin:xmax:xid,xid…` */
export function readSnapshot(text: string): Snapshot {
  const [xmin = '0', xmax = '0', running = ''] = text.split(':');
  return {
    xmin: BigInt(xmin),
    xmax: BigInt(xmax),
    running: new Set(running === '' ? [] : running.split(',').map(BigInt)),
  };
}

/** Whether the statement saw what a transaction that was committed did: `pg_visible_in_snapshot`. */
export function visibleIn({ xmin, xmax, running }: Snapshot, xid: bigint): boolean {
  return xid < xmin || (xid < xmax && !running.has(xid));
}
