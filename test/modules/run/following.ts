import { expect } from '@jest/globals';
import type { StepDefinition } from '../../../src/modules/process/process.definition.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CompleteStepDocument,
  DecideApprovalDocument,
  MigrateRunDocument,
  PlanRunMigrationDocument,
  type RunPartsFragment,
  SaveStepDraftDocument,
  StartRunDocument,
} from '../../generated/graphql.js';
import type { TestDesk } from '../../support/desk.js';
import { Editor } from '../process/editor.js';
import { newTicket } from '../process/tickets.js';

let count = 0;

/** A process in its first version, and a run that follows it. */
export async function following(desk: TestDesk, ...steps: StepDefinition[]) {
  count += 1;
  const editor = await new Editor(await desk.as(Role.ADMIN), `moving-${count}`).create();
  const first = await editor.release(...steps);
  const [agent, manager] = [await desk.as(Role.AGENT), await desk.as(Role.MANAGER)];
  const ticketId = await newTicket(desk);
  const { startRun } = await agent.ask(StartRunDocument, { input: { ticketId, process: editor.key } });
  let run = startRun.run as RunPartsFragment;
  const id = (key: string) => run.steps.find((step) => step.key === key)?.id as string;
  const follow = (payload: { run?: RunPartsFragment | null; userErrors: never[] | object[] }) => {
    expect(payload.userErrors).toEqual([]);
    run = payload.run as RunPartsFragment;
  };
  const given = (answers: object) => Object.entries(answers).map(([name, value]) => ({ field: name, value }));
  return {
    editor,
    first,
    ticketId,
    runId: run.id,
    agent,
    id,
    step: (key: string) => run.steps.find((step) => step.key === key),
    phases: () =>
      run.steps
        .map(({ key, phase, attempt }) => `${key}:${phase}${attempt > 1 ? `#${attempt}` : ''}`)
        .join(' '),
    phase: () => run.phase,
    complete: async (key: string, answers: object = {}) =>
      follow(
        (await agent.ask(CompleteStepDocument, { input: { stepId: id(key), answers: given(answers) } }))
          .completeStep,
      ),
    save: async (key: string, answers: object) =>
      agent.ask(SaveStepDraftDocument, { input: { stepId: id(key), answers: given(answers) } }),
    approve: async (key: string, subjects?: string[]) =>
      follow(
        (
          await manager.ask(DecideApprovalDocument, {
            input: { stepId: id(key), verdict: 'APPROVED', subjects },
          })
        ).decideApproval,
      ),
    plan: async (to: string) =>
      (await manager.ask(PlanRunMigrationDocument, { run: run.id, to })).planRunMigration,
    migrate: async (toVersionId: string, planHash: string, acceptLoss: string[] = []) => {
      const input = { runId: run.id, toVersionId, planHash, acceptLoss };
      const { migrateRun } = await manager.ask(MigrateRunDocument, { input });
      if (migrateRun.run) run = migrateRun.run;
      return migrateRun;
    },
  };
}
