import { expect } from '@jest/globals';
import { Role } from '../../src/platform/auth/viewer.js';
import {
  AnswerSurveyDocument,
  CompleteStepDocument,
  CreateTicketDocument,
  DecideApprovalDocument,
  EventCursorDocument,
  PeopleDocument,
  ProcessesDocument,
  type RunPartsFragment,
  SkipStepDocument,
  StartRunDocument,
  StoryDocument,
  TicketEventsDocument,
  type TicketEventsSubscription,
} from '../generated/graphql.js';
import type { Client, Stream } from './client.js';
import type { TestDesk } from './desk.js';

type Answers = Record<string, unknown>;
type Fields = { key: string; type: string; required?: boolean | null; options?: string[] | null }[];
type Event = TicketEventsSubscription['ticketEvents'];

/** One move of a step, as the stream must tell it: `key: FROM → TO #attempt`. */
const moved = (key: string, from: string, to: string, attempt: number) =>
  `${key}: ${from} → ${to} #${attempt}`;

/**
 * Somebody who walks a process on a ticket by mutations over HTTP alone, while a manager watches the
 * ticket over WebSocket. Keeps what every mutation changed, to hold it against what the watcher saw.
 */
export class Walk {
  readonly expected: string[] = [];
  private run: RunPartsFragment;
  private people: { agents: Map<string, string>; teams: Map<string, string> };
  private forms: Map<string, Fields>;

  private constructor(
    private readonly desk: TestDesk,
    readonly ticketId: string,
    private readonly watcher: Stream<TicketEventsSubscription>,
  ) {}

  /** Makes a ticket of the demo's customer and starts the process on it, as the demo's agent. */
  static async start(desk: TestDesk, process: string): Promise<Walk> {
    const [agent, manager] = [await desk.as(Role.AGENT), await desk.as(Role.MANAGER)];
    const created = await agent.ask(CreateTicketDocument, {
      input: {
        subject: `A case for ${process}`,
        description: 'It does not work.',
        channel: 'EMAIL',
        customer: { email: 'customer@demo.stepdesk.example' },
      },
    });
    const ticketId = created.createTicket.ticket?.id as string;
    await desk.caughtUp();
    const { eventCursor } = await manager.ask(EventCursorDocument);
    const watcher = await manager.subscribe(TicketEventsDocument, { ticket: ticketId, after: eventCursor });
    const walk = new Walk(desk, ticketId, watcher);
    const { agents, teams } = await manager.ask(PeopleDocument);
    walk.people = {
      agents: new Map(agents.nodes.map(({ email, id }) => [email as string, id])),
      teams: new Map(teams.nodes.map(({ name, id }) => [name, id])),
    };
    const { processes } = await manager.ask(ProcessesDocument);
    const steps = processes.nodes.find(({ key }) => key === process)?.version?.steps ?? [];
    walk.forms = new Map(steps.map(({ key, fields }) => [key, fields]));
    const started = await agent.ask(StartRunDocument, { input: { ticketId, process } });
    expect(started.startRun.userErrors).toEqual([]);
    walk.run = started.startRun.run as RunPartsFragment;
    for (const { key, phase } of walk.run.steps)
      if (phase !== 'WAITING') walk.expected.push(moved(key, 'WAITING', phase, 1));
    return walk;
  }

  agent(email: string): string {
    return this.people.agents.get(`${email}@demo.stepdesk.example`) as string;
  }

  team(name: string): string {
    return this.people.teams.get(name) as string;
  }

  step(key: string): RunPartsFragment['steps'][number] {
    const step = this.run.steps.find((each) => each.key === key);
    if (!step)
      throw new Error(
        `There is no step ${key}; there are ${this.run.steps.map((each) => each.key).join(', ')}`,
      );
    return step;
  }

  /** The keys of the steps that are READY. */
  get ready(): string[] {
    return this.run.steps.filter(({ phase }) => phase === 'READY').map(({ key }) => key);
  }

  get phase(): string {
    return this.run.phase;
  }

  /** Completes a step with the answers given; required fields that are not given get a plain value. */
  async complete(key: string, answers: Answers = {}, as: Role | string = Role.AGENT): Promise<void> {
    expect(this.ready).toContain(key);
    const { completeStep } = await (await this.desk.as(as)).ask(CompleteStepDocument, {
      input: { stepId: this.step(key).id, answers: this.answersOf(key, answers) },
    });
    this.follow(completeStep);
    expect(this.step(key).attempts?.length).toBeGreaterThan(0);
  }

  async skip(key: string, reason: string, as: Role | string = Role.AGENT): Promise<void> {
    const { skipStep } = await (await this.desk.as(as)).ask(SkipStepDocument, {
      input: { stepId: this.step(key).id, reason },
    });
    this.follow(skipStep);
  }

  async approve(key: string, as: Role | string, subjects?: string[]): Promise<void> {
    await this.decide(key, 'APPROVED', as, null, subjects);
  }

  async reject(key: string, as: Role | string, comment: string, subjects?: string[]): Promise<void> {
    await this.decide(key, 'REJECTED', as, comment, subjects);
  }

  /** Everything that the process left on the ticket, as a manager sees it. */
  async story() {
    const { ticket } = await (await this.desk.as(Role.MANAGER)).ask(StoryDocument, { id: this.ticketId });
    if (!ticket) throw new Error('The ticket is gone');
    return ticket;
  }

  /** The token of the survey link that was last mailed to an address. */
  async surveyToken(to: string): Promise<string> {
    const client = await this.desk.as(Role.AGENT);
    const mails = (await (await client.get(`/mailbox.json?to=${encodeURIComponent(to)}`)).json()) as {
      text: string;
    }[];
    const token = mails
      .map(({ text }) => /\/survey\/([\w-]+)/.exec(text)?.[1])
      .find((found) => found !== undefined);
    if (!token) throw new Error(`No survey link was mailed to ${to}`);
    return token;
  }

  /** What the watcher saw, once it has seen the run end. Holds it against what every mutation changed. */
  async watched(): Promise<Event[]> {
    const events = (
      await this.watcher.takeUntil(
        ({ ticketEvents: { detail } }) =>
          detail.__typename === 'RunChanged' && detail.what === 'RUN_COMPLETED',
      )
    ).map(({ ticketEvents }) => ticketEvents);
    const seen = events.flatMap(({ detail }) =>
      detail.__typename === 'StepChanged' ? [moved(detail.key, detail.from, detail.to, detail.attempt)] : [],
    );
    expect(seen).toEqual(this.expected);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    return events;
  }

  private async decide(
    key: string,
    verdict: 'APPROVED' | 'REJECTED',
    as: Role | string,
    comment: string | null,
    subjects?: string[],
  ) {
    const { decideApproval } = await (await this.desk.as(as)).ask(DecideApprovalDocument, {
      input: { stepId: this.step(key).id, verdict, comment, subjects },
    });
    this.follow(decideApproval);
  }

  private follow(payload: { run?: RunPartsFragment | null; userErrors: unknown[] }): void {
    expect(payload.userErrors).toEqual([]);
    const before = this.run;
    this.run = payload.run as RunPartsFragment;
    for (const { key, phase, attempt } of this.run.steps) {
      const was = before.steps.find((step) => step.key === key);
      if (was && (was.phase !== phase || was.attempt !== attempt))
        this.expected.push(moved(key, was.phase, phase, attempt));
    }
  }

  private answersOf(key: string, given: Answers): { field: string; value: unknown }[] {
    const required = (this.forms.get(key) ?? []).filter((field) => field.required && !(field.key in given));
    const plain = required.map((field) => [field.key, this.plainAnswer(field)] as const);
    return [...plain, ...Object.entries(given)].map(([field, value]) => ({ field, value }));
  }

  private plainAnswer({ type, key, options }: Fields[number]): unknown {
    const byType: Answers = {
      NUMBER: 4,
      RATING: 4,
      DATE: '2026-03-14',
      EMAIL: 'customer@demo.stepdesk.example',
      CHECKBOX: true,
      DROPDOWN: options?.[0],
      MULTI_CHOICE: options?.slice(0, 1),
      MEMBERS: [this.agent('agent')],
      TEAM: this.team('First line'),
    };
    return byType[type] ?? `${key} as it should be`;
  }
}

/** The answers of a survey, given by its link without signing in. */
export async function answerByLink(client: Client, token: string, overall: number) {
  return (await client.ask(AnswerSurveyDocument, { input: { token, overall, comment: 'Thank you.' } }))
    .answerSurvey;
}
