import type { Context } from '../../platform/context.js';
import type { EventRecord } from '../../platform/events/event.js';
import { DEPUTIES_CHANGED } from '../absence/absence.events.js';
import { WORK, type WorkChange } from '../run/work.events.js';
import { workerOf, workIds } from '../run/work.query.js';
import type { Worker } from '../run/work.rules.js';
import type { TicketFacets } from '../ticket/ticket.facets.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { type Patient, patiently } from './patience.js';
import { QueueMove } from './queue.rules.js';
import { only, placeOf } from './ticket-event.source.js';
import { moveOf } from './work-moves.rules.js';

/** What one delivery of a list of work is shown from. */
export interface WorkUpdateRoot {
  cursor: string;
  occurredAt: Date;
  resyncRequired: boolean;
  changes: { stepId: string; move: QueueMove }[];
}

/** How long somebody waits at most to hear that an absence began or a role changed, in milliseconds. */
const LOOK_EVERY = 5_000;

/**
 * How the viewer's work changes: what enters it, changes in it and leaves it, from `after` on. One delivery for
 * one change of the desk, so that its cursor never lies between two halves.
 *
 * Besides the log, the viewer's rights move their work: roles, teams, and for whom they act. They are
 * compared with those of the last delivery (on resuming: for whom they acted at that cursor), and what
 * they bring and take is told with the cursor reached by then.
 * @throws DomainError INVALID_INPUT for what is no cursor
 */
export async function workSource(
  ctx: Context,
  kind: 'ANY' | 'APPROVAL',
  after: string | null | undefined,
): Promise<AsyncIterableIterator<WorkUpdateRoot>> {
  const { hub, eventLog, clock } = ctx.desk;
  const place = after == null ? undefined : placeOf(ctx, after);
  if (place === null)
    return only({
      cursor: eventLog.cursors.encode(hub.position),
      occurredAt: clock.now(),
      resyncRequired: true,
      changes: [],
    });
  let at = place ?? hub.position;
  const feed = hub.open(undefined, place);
  const then = place && (await eventLog.timeOf(place));
  let last: Rights = { viewer: ctx.viewer, worker: await workerOf(ctx, then ?? clock.now()) };

  const update = (changes: WorkUpdateRoot['changes'], occurredAt: Date): WorkUpdateRoot | undefined =>
    changes.length === 0
      ? undefined
      : { cursor: eventLog.cursors.encode(at), occurredAt, resyncRequired: false, changes };

  return patiently(feed, LOOK_EVERY, async (record: Patient<EventRecord>) => {
    if (record !== null) at = record.place;
    const changed = record && workChanges(record, kind);
    if (record && changed?.length === 0 && record.type !== DEPUTIES_CHANGED) return undefined;
    const now = await ctx.renew();
    const rights: Rights = { viewer: now.viewer, worker: await workerOf(now, clock.now()) };
    const moved = await rightsMoved(now, kind, last, rights);
    last = rights;
    const own = (changed ?? []).flatMap((change) => {
      // What the new rights brought is told as it is now; so is what this change made of it.
      if (moved.some(({ stepId }) => stepId === change.stepId)) return [];
      const move = moveOf(
        change,
        record?.change as { before: TicketFacets | null; after: TicketFacets | null },
        {
          scope: scopeOf(rights.viewer),
          worker: rights.worker,
        },
      );
      return move === null ? [] : [{ stepId: change.stepId, move }];
    });
    return update([...moved, ...own], record?.occurredAt ?? clock.now());
  });
}

interface Rights {
  viewer: Context['viewer'];
  worker: Worker;
}

function workChanges(record: EventRecord, kind: 'ANY' | 'APPROVAL'): WorkChange[] {
  const changes = (record.change?.more?.[WORK] ?? []) as WorkChange[];
  return changes.filter((change) => kind === 'ANY' || change.kind === kind);
}

/** What other rights take from the viewer's work and bring to it. */
async function rightsMoved(
  ctx: Context,
  kind: 'ANY' | 'APPROVAL',
  before: Rights,
  after: Rights,
): Promise<WorkUpdateRoot['changes']> {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const had = await workIds(ctx, before.viewer, before.worker, kind);
  const has = await workIds(ctx, after.viewer, after.worker, kind);
  const moves = (ids: string[], others: string[], move: QueueMove) =>
    ids.filter((id) => !others.includes(id)).map((stepId) => ({ stepId, move }));
  return [...moves(had, has, QueueMove.LEFT), ...moves(has, had, QueueMove.ENTERED)];
}
