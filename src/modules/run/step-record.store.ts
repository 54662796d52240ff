import type { Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import { StepKind } from '../process/process.types.js';
import type {
  ApprovalDecided,
  DecisionWithdrawn,
  RunEvent,
  StepCompleted,
  StepSkipped,
} from './kernel.events.js';
import { ApprovalDecision, type Step, StepAttempt } from './step.entity.js';

/** Keeps what of an event stays readable once a later attempt has replaced it: what was answered, each word that was given. */
export function record(tx: Transaction, steps: ReadonlyMap<string, Step>, event: RunEvent): void {
  if (!('step' in event)) return;
  const step = steps.get(event.step) as Step;
  if (event.type === 'STEP_COMPLETED' && step.kind === StepKind.TASK)
    keepAttempt(tx, step, event, { answers: event.answers });
  if (event.type === 'STEP_SKIPPED') keepAttempt(tx, step, event, { skipReason: event.reason });
  if (event.type === 'APPROVAL_DECIDED' && !event.again) keepWord(tx, step, event);
  if (event.type === 'APPROVAL_DECIDED' && event.again) tx.atEnd(() => confirm(tx, step, event));
  if (event.type === 'DECISION_WITHDRAWN') tx.atEnd(() => takeBack(tx, step, event));
}

function keepAttempt(
  tx: Transaction,
  { id: stepId, ticketId }: Step,
  { attempt, by }: StepCompleted | StepSkipped,
  made: Partial<Pick<StepAttempt, 'answers' | 'skipReason'>>,
): void {
  tx.em.persist(
    Object.assign(new StepAttempt(), made, {
      id: newId('attempt'),
      stepId,
      ticketId,
      attempt,
      completedById: by,
      completedAt: tx.now,
    }),
  );
}

/** The key under which one approver's word on an attempt of a subject stands once. */
function standing(
  word: { attempt: number; subject: string; subjectAttempt: number },
  approver: string,
): string {
  return `${word.attempt} ${word.subject} ${word.subjectAttempt} ${approver}`;
}

function keepWord(tx: Transaction, { id: stepId, ticketId }: Step, event: ApprovalDecided): void {
  const { attempt, subject, subjectAttempt, verdict, comment, by, final } = event;
  const approver = event.inNameOf ?? by;
  tx.em.persist(
    Object.assign(new ApprovalDecision(), {
      id: newId('decision'),
      stepId,
      ticketId,
      attempt,
      subjectKey: subject,
      subjectAttempt,
      verdict,
      comment,
      decidedById: by,
      inNameOfId: approver,
      final,
      standing: standing(event, approver),
      decidedAt: tx.now,
    }),
  );
}

async function confirm(tx: Transaction, { id: stepId }: Step, event: ApprovalDecided): Promise<void> {
  const words = { stepId, standing: standing(event, event.inNameOf ?? event.by) };
  (await tx.em.findOneOrFail(ApprovalDecision, words)).final = true;
}

async function takeBack(tx: Transaction, { id: stepId }: Step, event: DecisionWithdrawn): Promise<void> {
  const row = await tx.em.findOneOrFail(ApprovalDecision, { stepId, standing: standing(event, event.of) });
  Object.assign(row, { standing: null, withdrawnAt: tx.now });
}
