import { RIGHTS_CHANGED, RIGHTS_STREAM } from '../../platform/auth/rights.events.js';
import type { Context } from '../../platform/context.js';
import type { EventRecord } from '../../platform/events/event.js';
import type { Interest } from '../../platform/events/interest.js';
import { only } from '../../platform/events/map-each.js';
import { comparePlaces } from '../../platform/events/place.rules.js';
import { concernsRightsOf } from '../../platform/live/rights.rules.js';
import { DEPUTIES_CHANGED, DEPUTIES_STREAM } from '../absence/absence.events.js';
import { WORK, type WorkChange } from '../run/work.events.js';
import { workerOf, workIds } from '../run/work.query.js';
import type { Worker } from '../run/work.rules.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { keysOfWorker } from './live-keys.rules.js';
import { type Patient, patiently } from './patience.js';
import { QueueMove } from './queue.rules.js';
import { placeAfter } from './ticket-event.source.js';
import { moveOf } from './work-moves.rules.js';

/** What one delivery of a list of work is shown from. */
export interface WorkUpdateRoot {
  cursor: string;
  occurredAt: Date;
  resyncRequired: boolean;
  changes: { stepId: string; move: QueueMove }[];
}

/** How often it is looked whether the viewer's rights are others without a word, or it was silent for long, in milliseconds. */
const LOOK_EVERY = 5_000;

/**
 * How the viewer's work changes: what enters it, changes in it and leaves it, from `after` on. One delivery for
 * one change of the desk, so that its cursor never lies between two halves.
 *
 * Besides the log, the viewer's rights move their work: roles, teams, and for whom they act. When the log
 * says that any of it changed, or the viewer is another, they are looked up and compared with those of the last
 * delivery, and what they bring and take is told with the cursor reached by then. On resuming they are compared
 * with those for whom they acted at the cursor; where roles or teams changed since, the list must be read anew.
 * While nothing changes the database is not asked.
 * @throws DomainError INVALID_INPUT for what is no cursor
 */
export async function workSource(
  ctx: Context,
  kind: 'ANY' | 'APPROVAL',
  after: string | null | undefined,
): Promise<AsyncIterableIterator<WorkUpdateRoot>> {
  const { hub, eventLog, clock, config } = ctx.desk;
  const place = await placeAfter(ctx, after);
  if (place === null) return only(resync(ctx));
  const began = hub.position;
  const silence = config.heartbeatSeconds * 1000;
  let at = place ?? began;
  const then = place && (await eventLog.timeOf(place));
  let known: Rights = { viewer: ctx.viewer, worker: await workerOf(ctx, then ?? clock.now()) };
  let compared = false;
  const feed = hub.open(interestOf(known.worker), place);
  let toldAt = performance.now();

  const rightsBy = async (record: EventRecord | null): Promise<[Context, Rights]> => {
    const now = await ctx.renew();
    const told = record !== null && MOVES_RIGHTS.includes(record.type);
    const same = now.viewer === known.viewer || JSON.stringify(now.viewer) === JSON.stringify(known.viewer);
    if (compared && same && !told) return [now, known];
    compared = true;
    // A node whose clock lags behind the one that told takes its word for the time.
    const moment = record ? latest(record.occurredAt, clock.now()) : clock.now();
    return [now, { viewer: now.viewer, worker: await workerOf(now, moment) }];
  };

  const map = async (record: Patient<EventRecord>): Promise<WorkUpdateRoot | undefined> => {
    at = record?.place ?? feed.position ?? at;
    if (record && comparePlaces(record.place, began) <= 0 && concernsRightsOf(known.viewer, record))
      return resync(ctx);
    const [now, rights] = await rightsBy(record);
    const moved = await rightsMoved(now, kind, known, rights);
    if (JSON.stringify(rights.worker) !== JSON.stringify(known.worker)) feed.want(interestOf(rights.worker));
    known = rights;
    // What the new rights brought is told as it is now; so is what this change made of it.
    const own = record
      ? ownMoves(record, kind, rights).filter(
          ({ stepId }) => !moved.some((change) => change.stepId === stepId),
        )
      : [];
    const changes = [...moved, ...own];
    const silent = performance.now() - toldAt >= silence;
    if (changes.length === 0 && !silent) return undefined;
    toldAt = performance.now();
    const occurredAt = record?.occurredAt ?? clock.now();
    return { cursor: eventLog.cursors.encode(at), occurredAt, resyncRequired: false, changes };
  };
  return patiently(feed, Math.min(LOOK_EVERY, silence), map, ({ resyncRequired }) => resyncRequired);
}

/** Events after which somebody may act with other rights than before. */
const MOVES_RIGHTS: readonly string[] = [DEPUTIES_CHANGED, RIGHTS_CHANGED];

function interestOf(worker: Worker): Interest {
  return { keys: [...keysOfWorker(worker), DEPUTIES_STREAM, RIGHTS_STREAM] };
}

function resync({ desk: { eventLog, hub, clock } }: Context): WorkUpdateRoot {
  const cursor = eventLog.cursors.encode(hub.position);
  return { cursor, occurredAt: clock.now(), resyncRequired: true, changes: [] };
}

interface Rights {
  viewer: Context['viewer'];
  worker: Worker;
}

/** What an event means to the work of somebody with these rights. */
function ownMoves(
  { change }: EventRecord,
  kind: 'ANY' | 'APPROVAL',
  { viewer, worker }: Rights,
): WorkUpdateRoot['changes'] {
  const steps = ((change?.more?.[WORK] ?? []) as WorkChange[]).filter(
    (step) => kind === 'ANY' || step.kind === kind,
  );
  const ticket = change as { before: TicketFacets | null; after: TicketFacets | null };
  return steps.flatMap((step) => {
    const move = moveOf(step, ticket, { scope: scopeOf(viewer), worker });
    return move === null ? [] : [{ stepId: step.stepId, move }];
  });
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}

/** What other rights take from the viewer's work and bring to it. */
async function rightsMoved(
  ctx: Context,
  kind: 'ANY' | 'APPROVAL',
  before: Rights,
  after: Rights,
): Promise<WorkUpdateRoot['changes']> {
  if (before === after || JSON.stringify(before) === JSON.stringify(after)) return [];
  const had = await workIds(ctx, before.viewer, before.worker, kind);
  const has = await workIds(ctx, after.viewer, after.worker, kind);
  const moves = (ids: string[], others: string[], move: QueueMove) =>
    ids.filter((id) => !others.includes(id)).map((stepId) => ({ stepId, move }));
  return [...moves(had, has, QueueMove.LEFT), ...moves(has, had, QueueMove.ENTERED)];
}
