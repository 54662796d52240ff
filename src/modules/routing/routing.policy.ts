/** What routing knows of somebody it might choose. */
export interface Candidate {
  agentId: string;
  name: string;
  available: boolean;
  skills: readonly string[];
  /** Open tickets the agent works on at most. */
  capacity: number;
  /** Open tickets the agent works on now. */
  load: number;
  /** When routing last chose the agent; null sorts first. */
  lastAssignedAt: Date | null;
}

/** One candidate, and what spoke against it; null where nothing did. */
export interface Weighed {
  agentId: string;
  name: string;
  load: number;
  capacity: number;
  ruledOut: 'AWAY' | 'SKILLS' | 'FULL' | null;
}

/** What routing decided, and why: kept on the ticket's thread of assignments. */
export interface RoutingDecision {
  /** Null: nobody was free, the ticket waits in the team's queue. */
  agentId: string | null;
  strategy: 'LEAST_BUSY';
  candidates: Weighed[];
}

/**
 * Chooses among a team's members: present, with the skills, below capacity; of those the one with the
 * most spare capacity, then the one who waited longest, then by id. Pure.
 */
export function route(candidates: readonly Candidate[], skills: readonly string[]): RoutingDecision {
  const weighed = candidates.map((candidate): Weighed => {
    const { agentId, name, load, capacity } = candidate;
    return { agentId, name, load, capacity, ruledOut: objection(candidate, skills) };
  });
  const free = candidates.filter((_, index) => weighed[index]?.ruledOut === null);
  const [chosen] = [...free].sort(
    (a, b) =>
      b.capacity - b.load - (a.capacity - a.load) ||
      (a.lastAssignedAt?.getTime() ?? 0) - (b.lastAssignedAt?.getTime() ?? 0) ||
      (a.agentId < b.agentId ? -1 : 1),
  );
  return { agentId: chosen?.agentId ?? null, strategy: 'LEAST_BUSY', candidates: weighed };
}

function objection(candidate: Candidate, skills: readonly string[]): Weighed['ruledOut'] {
  if (!candidate.available) return 'AWAY';
  if (!skills.every((skill) => candidate.skills.includes(skill))) return 'SKILLS';
  return candidate.load >= candidate.capacity ? 'FULL' : null;
}
