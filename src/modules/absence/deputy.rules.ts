/** Who acts for whom. Pure. */

/** That `deputyId` acts for `ownerId`. */
export interface Deputy {
  ownerId: string;
  deputyId: string;
  /** Whether it is because the owner is absent; a deputy who is absent too has a stand-in of their own. */
  absent: boolean;
}

/**
 * Adds, for each deputy who is absent, their own stand-in: one level, no farther. Nobody acts for themselves.
 */
export function withSecondLevel(direct: readonly Deputy[]): Deputy[] {
  const second = direct.flatMap(({ ownerId, deputyId, absent }) =>
    direct
      .filter((next) => next.absent && next.ownerId === deputyId)
      .map((next) => ({ ownerId, deputyId: next.deputyId, absent })),
  );
  const seen = new Set<string>();
  return [...direct, ...second].filter(({ ownerId, deputyId }) => {
    const pair = `${ownerId} ${deputyId}`;
    if (ownerId === deputyId || seen.has(pair)) return false;
    seen.add(pair);
    return true;
  });
}

/** By id: everybody who acts for that person, and for whom that person acts. */
export function actingTogether(deputies: readonly Deputy[]): Record<string, string[]> {
  const pairs = deputies.flatMap(({ ownerId, deputyId }) => [
    [ownerId, deputyId] as const,
    [deputyId, ownerId] as const,
  ]);
  return Object.fromEntries(
    [...new Set(pairs.map(([id]) => id))].map((id) => [
      id,
      [...new Set(pairs.filter(([from]) => from === id).map(([, to]) => to))],
    ]),
  );
}

/** Whether acting for `ownerId` would lead from `deputyId` back to them, by any number of steps. */
export function closesCircle(direct: readonly Deputy[], ownerId: string, deputyId: string): boolean {
  const seen = new Set<string>();
  const reach = [deputyId];
  for (let at = reach.pop(); at !== undefined; at = reach.pop()) {
    if (at === ownerId) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    reach.push(...direct.filter((pair) => pair.ownerId === at).map((pair) => pair.deputyId));
  }
  return false;
}
