import { expect } from '@jest/globals';
import { Agent } from '../../src/modules/directory/agent.entity.js';
import { systemContext } from '../../src/modules/directory/identity.service.js';
import type { ProcessDefinition } from '../../src/modules/process/process.definition.js';
import { publishProcesses } from '../../src/modules/process/process.service.js';
import type { Role } from '../../src/platform/auth/viewer.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { newId } from '../../src/platform/ids.js';
import {
  CompleteStepDocument,
  CreateTicketDocument,
  DecideApprovalDocument,
  type DecideApprovalInput,
  type RunPartsFragment,
  StartRunDocument,
} from '../generated/graphql.js';
import type { TestDesk } from './desk.js';

/** The address of one of the demo's people. */
export const at = (name: string) => `${name}@demo.stepdesk.example`;

/** Publishes made-up processes on the desk. */
export async function publish(desk: TestDesk, ...processes: ProcessDefinition[]): Promise<void> {
  await publishProcesses(systemContext(desk.app.desk), processes);
}

/** Adds agents with these roles to the desk. @returns their ids, in the same order */
export async function hire(desk: TestDesk, names: string[], roles: Role[]): Promise<string[]> {
  return inTransaction(systemContext(desk.app.desk), [], async (tx) =>
    names.map((name) => {
      const agent = Object.assign(new Agent(), { id: newId('agent'), name, email: at(name), roles });
      tx.em.persist(agent);
      return agent.id;
    }),
  );
}

/** A run that people with addresses act on by mutations over HTTP; keeps it as the last answer showed it. */
export class Case {
  private constructor(
    private readonly desk: TestDesk,
    readonly ticketId: string,
    public run: RunPartsFragment,
  ) {}

  static async open(desk: TestDesk, process: string): Promise<Case> {
    const agent = await desk.as(at('agent'));
    const { createTicket } = await agent.ask(CreateTicketDocument, {
      input: {
        subject: `A case for ${process}`,
        description: 'It hums.',
        channel: 'EMAIL',
        customer: { email: at('customer') },
      },
    });
    const ticketId = createTicket.ticket?.id as string;
    const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId, process } });
    expect(startRun.userErrors).toEqual([]);
    return new Case(desk, ticketId, startRun.run as RunPartsFragment);
  }

  step(key: string): RunPartsFragment['steps'][number] {
    const step = this.run.steps.find((each) => each.key === key);
    if (!step) throw new Error(`There is no step ${key}`);
    return step;
  }

  /** `key:PHASE`, with `#attempt` from the second on. */
  get phases(): string {
    return this.run.steps
      .map(({ key, phase, attempt }) => `${key}:${phase}${attempt > 1 ? `#${attempt}` : ''}`)
      .join(' ');
  }

  /** Takes what a mutation answered. @returns the code of its refusal, or undefined */
  take(payload: { run?: RunPartsFragment | null; userErrors: { code: string }[] }): string | undefined {
    if (payload.run) this.run = payload.run;
    return payload.userErrors[0]?.code;
  }

  async complete(
    key: string,
    name = 'second',
    expectedAttempt?: number,
    answers: { field: string; value: unknown }[] = [],
  ) {
    const client = await this.desk.as(at(name));
    const input = { stepId: this.step(key).id, expectedAttempt, answers };
    return this.take((await client.ask(CompleteStepDocument, { input })).completeStep);
  }

  async decide(key: string, name: string, rest: Partial<DecideApprovalInput> = {}) {
    const client = await this.desk.as(at(name));
    const input = { stepId: this.step(key).id, verdict: 'APPROVED' as const, ...rest };
    return this.take((await client.ask(DecideApprovalDocument, { input })).decideApproval);
  }
}
