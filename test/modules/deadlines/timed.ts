/** Processes whose steps fall due, and a ticket that follows one, watched by a manager. */
import { expect } from '@jest/globals';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import type {
  DueDefinition,
  StepDefinition,
  TimeoutDefinition,
} from '../../../src/modules/process/process.definition.js';
import { publishProcesses } from '../../../src/modules/process/process.service.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CompleteStepDocument,
  CreateTicketDocument,
  DecideApprovalDocument,
  EventCursorDocument,
  StartRunDocument,
  StepsDueDocument,
  type StepsDueQuery,
  TicketEventsDocument,
  type TicketEventsSubscription,
} from '../../generated/graphql.js';
import type { Stream } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { field } from '../process/faulty.js';
import { approval, processOf, task } from '../run/definitions.js';

const HOURS_IN_A_DAY = 24;
export const hours = (count: number) => count / HOURS_IN_A_DAY;

type Event = TicketEventsSubscription['ticketEvents'];
type DueStep = NonNullable<StepsDueQuery['ticket']>['runs'][number]['steps'][number];

/** Publishes a process of these steps under the key. */
export async function publish(desk: TestDesk, key: string, ...steps: StepDefinition[]): Promise<void> {
  await publishProcesses(systemContext(desk.app.desk), [{ ...processOf(...steps), key, name: key }]);
}

/** A task that asks for a day, one that is due then, and an approval of the first. */
export function timedSteps(due: DueDefinition | undefined, timeout?: TimeoutDefinition): StepDefinition[] {
  const ok = approval('ok', ['first']);
  ok.approval.timeout = timeout;
  return [
    task('first', { due, fields: [field('Day', 'DATE')] }),
    ok,
    task('follow-up', {
      due: { after: { from: 'DATE_FIELD', field: 'Day' }, counting: 'SHIFT_TO_BUSINESS_DAY' },
    }),
  ];
}

/** What was told of a ticket, by its name: that of an activity, a run or a survey says more than its type. */
export function nameOf({ detail }: Event): string {
  return 'what' in detail ? detail.what : detail.__typename;
}

export class Timed {
  private constructor(
    private readonly desk: TestDesk,
    readonly ticketId: string,
    readonly watcher: Stream<TicketEventsSubscription>,
  ) {}

  /** A new ticket of the demo's customer; with a process, its run is started by the demo's agent. */
  static async start(desk: TestDesk, process?: string): Promise<Timed> {
    const [agent, manager] = [await desk.as(Role.AGENT), await desk.as(Role.MANAGER)];
    await desk.caughtUp();
    const { eventCursor } = await manager.ask(EventCursorDocument);
    const { createTicket } = await agent.ask(CreateTicketDocument, {
      input: {
        subject: 'In time',
        description: 'By when?',
        channel: 'EMAIL',
        customer: { email: 'customer@demo.stepdesk.example' },
      },
    });
    const ticketId = createTicket.ticket?.id as string;
    const watcher = await manager.subscribe(TicketEventsDocument, { ticket: ticketId, after: eventCursor });
    const timed = new Timed(desk, ticketId, watcher);
    if (process) await timed.run(process);
    return timed;
  }

  async run(process: string): Promise<void> {
    const agent = await this.desk.as(Role.AGENT);
    const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId: this.ticketId, process } });
    expect(startRun.userErrors).toEqual([]);
  }

  async look() {
    const { ticket } = await (await this.desk.as(Role.MANAGER)).ask(StepsDueDocument, { id: this.ticketId });
    if (!ticket) throw new Error('The ticket is gone');
    return ticket;
  }

  async step(key: string): Promise<DueStep> {
    const { runs } = await this.look();
    const found = runs.flatMap(({ steps }) => steps).find((step) => step.key === key);
    if (!found) throw new Error(`There is no step ${key}`);
    return found;
  }

  async complete(key: string, answers: Record<string, unknown> = {}): Promise<void> {
    const { completeStep } = await (await this.desk.as(Role.AGENT)).ask(CompleteStepDocument, {
      input: {
        stepId: (await this.step(key)).id,
        answers: Object.entries(answers).map(([name, value]) => ({ field: name, value })),
      },
    });
    expect(completeStep.userErrors).toEqual([]);
  }

  /** @returns the codes of the refusal; none when it was decided */
  async decide(key: string, verdict: 'APPROVED' | 'REJECTED', as: Role = Role.MANAGER): Promise<string[]> {
    const { decideApproval } = await (await this.desk.as(as)).ask(DecideApprovalDocument, {
      input: { stepId: (await this.step(key)).id, verdict, comment: 'So it is.' },
    });
    return decideApproval.userErrors.map(({ code }) => code);
  }

  /** Takes what is told up to the first of that name, whose names it returns. */
  async until(name: string): Promise<Event[]> {
    const taken = await this.watcher.takeUntil(({ ticketEvents }) => nameOf(ticketEvents) === name);
    return taken.map(({ ticketEvents }) => ticketEvents);
  }

  /** How often the log tells that of the ticket. */
  async told(type: string): Promise<number> {
    const rows = await this.desk.app.desk.database.sql
      .selectFrom('event')
      .select('id')
      .where('stream_id', '=', this.ticketId)
      .where('type', '=', type)
      .execute();
    return rows.length;
  }

  /** The kinds of what is still to happen to the ticket and its steps, in the order of the alphabet. */
  async waiting(): Promise<string[]> {
    const rows = await this.desk.app.desk.database.sql
      .selectFrom('deadline')
      .select('kind')
      .where('stream_id', '=', this.ticketId)
      .where('fired_at', 'is', null)
      .execute();
    return rows.map(({ kind }) => kind as string).sort();
  }
}
