/** Under which keys live lists are told of a change, besides the ticket's id. Pure. */
import type { Change, EventRecord } from '../../platform/events/event.js';
import { EVERYTHING } from '../../platform/events/interest.js';
import { compares, type ValueComparators } from '../../platform/graphql/compares.rules.js';
import { WORK, type WorkChange } from '../run/work.events.js';
import type { Waiting, Worker } from '../run/work.rules.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { comparisonsOf, type TicketCriteria } from '../ticket/ticket.filter.rules.js';
import type { TicketScope } from '../ticket/ticket.policy.js';
import { Channel, Level, Priority, TicketStatus } from '../ticket/ticket.vocabulary.js';

/** The facets that changes are told under, those that hold the fewest tickets first. */
const TOLD_UNDER = [
  'number',
  'customerId',
  'assigneeId',
  'organizationId',
  'productId',
  'categoryId',
  'teamId',
  'priority',
  'status',
  'urgency',
  'impact',
  'channel',
] as const satisfies readonly (keyof TicketFacets)[];

type ToldUnder = (typeof TOLD_UNDER)[number];

/** Every value of a facet, where they are few. */
const VALUES: Partial<Record<ToldUnder, readonly string[]>> = {
  priority: Object.values(Priority),
  status: Object.values(TicketStatus),
  urgency: Object.values(Level),
  impact: Object.values(Level),
  channel: Object.values(Channel),
};

const keyOf = (facet: ToldUnder, value: unknown) => `${facet}=${value ?? ''}`;

/** The keys of an event: what the ticket was and is, and for whom its steps waited and wait. */
export function keysOfEvent({ change }: EventRecord): readonly string[] {
  if (!change) return [];
  const { before, after, more } = change as Change<TicketFacets>;
  const keys: string[] = [];
  for (const facet of TOLD_UNDER) {
    if (after) keys.push(keyOf(facet, after[facet]));
    if (before && before[facet] !== after?.[facet]) keys.push(keyOf(facet, before[facet]));
  }
  for (const step of (more?.[WORK] ?? []) as WorkChange[])
    keys.push(...waitingKeys(step.before), ...waitingKeys(step.after));
  return keys;
}

function waitingKeys(waiting: Waiting | null): string[] {
  if (!waiting) return [];
  const { kind, assigneeId, teamId, role, approvers } = waiting;
  if (kind === 'APPROVAL') return workKeys(approvers.agentIds, approvers.teamIds, approvers.roles);
  if (assigneeId !== null) return workKeys([assigneeId], [], []);
  return teamId !== null ? workKeys([], [teamId], []) : workKeys([], [], role === null ? [] : [role]);
}

function workKeys(agents: readonly string[], teams: readonly string[], roles: readonly string[]): string[] {
  return [
    ...agents.map((id) => `work:agent=${id}`),
    ...teams.map((id) => `work:team=${id}`),
    ...roles.map((role) => `work:role=${role}`),
  ];
}

/** Under which keys somebody's work is told of: what waits for them, and for those whom they act for. */
export function keysOfWorker(worker: Worker): string[] {
  const keys = [worker, ...worker.owners].flatMap(({ id, teamIds, roles }) => workKeys([id], teamIds, roles));
  return [...new Set(keys)];
}

/**
 * The keys that a live list listens under: any ticket that enters, changes in or leaves it is told under one of
 * them. Those of the scope where it names people, else of the comparison that leaves the fewest values;
 * everything where no comparison leaves finitely many.
 */
export function keysOfList(scope: TicketScope, criteria: TicketCriteria): readonly string[] {
  if (scope.kind === 'NONE') return [];
  if (scope.kind === 'CUSTOMER')
    return [
      keyOf('customerId', scope.customerId),
      ...(scope.organizationId === null ? [] : [keyOf('organizationId', scope.organizationId)]),
    ];
  return narrowest(criteria)?.keys ?? [EVERYTHING];
}

interface Narrowed {
  keys: string[];
  /** How much it narrows: the place of its facet in `TOLD_UNDER`, the widest of several. */
  rank: number;
}

/** The best keys for a filter; null where it leaves no finite set of them. */
function narrowest(criteria: TicketCriteria): Narrowed | null {
  const own = comparisonsOf(criteria).map(([facet, filter]) => ofComparison(facet, filter));
  const parts = (criteria.and ?? []).map(narrowest);
  const found = [...own, ...parts, eitherOf(criteria.or)].filter((narrowed) => narrowed !== null);
  found.sort((a, b) => a.rank - b.rank || a.keys.length - b.keys.length);
  return found[0] ?? null;
}

function eitherOf(parts: readonly TicketCriteria[] | null | undefined): Narrowed | null {
  if (!parts) return null;
  const each = parts.map(narrowest);
  const found = each.filter((narrowed) => narrowed !== null);
  if (found.length < each.length) return null;
  return {
    keys: [...new Set(found.flatMap(({ keys }) => keys))],
    rank: Math.max(-1, ...found.map(({ rank }) => rank)),
  };
}

function ofComparison(facet: keyof TicketFacets, filter: ValueComparators): Narrowed | null {
  const rank = TOLD_UNDER.indexOf(facet as ToldUnder);
  if (rank < 0) return null;
  const told = facet as ToldUnder;
  const among: unknown[] | undefined =
    filter.eq != null
      ? [filter.eq]
      : (filter.in ?? (filter.isNull === true ? [null] : VALUES[told] && [...VALUES[told]]));
  if (!among) return null;
  return { keys: among.filter((value) => compares(value, filter)).map((value) => keyOf(told, value)), rank };
}
