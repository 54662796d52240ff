import { Role } from '../../../src/platform/auth/viewer.js';
import type { TestDesk } from '../../support/desk.js';
import { mutate, type Payload } from '../stage/actor.js';
import { marker, PLACES, type Place } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';

type Act = (name: string, input: object, selection?: string) => ReturnType<typeof mutate>;

/**
 * Has something happen on the tickets of all places: messages with texts that only some may read, changes of the
 * ticket, presence, and on one of them work that comes and goes. What others did on the way may refuse some of it.
 * @param turn counts, so that each time it is something else
 */
export async function stir(desk: TestDesk, stage: Stage, turn: number): Promise<void> {
  const manager = await desk.as(Role.MANAGER);
  const act: Act = (name, input, selection) => mutate(stage.schema, manager, name, input, selection);
  for (const place of PLACES) {
    const ticketId = stage.tickets[place];
    const reason = marker(place, 'STAFF');
    await act('reopenTicket', { ticketId, reason });
    await act('setPresence', { ticketId, state: turn % 2 ? 'TYPING' : 'VIEWING' });
    await act('addNote', { ticketId, body: reason });
    await act('setTicketPriority', { ticketId, priority: turn % 2 ? 'HIGH' : 'LOW', reason });
    await act('replyToTicket', { ticketId, body: marker(place, 'PUBLIC') });
  }
  const admin = await desk.as(Role.ADMIN);
  await mutate(stage.schema, admin, 'reinstateProcess', { processId: stage.processes.moving });
  await work(act, stage, PLACES[turn % PLACES.length] as Place);
}

/** Begins a run anew, and leaves an approval waiting. */
async function work(act: Act, { tickets }: Stage, place: Place): Promise<void> {
  const ticketId = tickets[place];
  const reason = marker(place, 'STAFF');
  const { payload: noted } = await act(
    'addNote',
    { ticketId, body: reason },
    'ticket { runs { id processName phase } }',
  );
  for (const { id, processName, phase } of noted?.ticket?.runs ?? [])
    if (processName === 'moving' && phase === 'ACTIVE') await act('cancelRun', { runId: id, reason });
  const { payload } = await act('startRun', { ticketId, process: 'moving' }, 'run { steps { id key } }');
  const step = (key: string) => payload?.run?.steps.find((each: Payload) => each.key === key)?.id;
  await act('completeStep', { stepId: step('make'), answers: [{ field: 'Words', value: reason }] });
}
