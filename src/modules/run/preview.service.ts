import type { Context } from '../../platform/context.js';
import { rehearse } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { Mail } from '../../platform/mail/mail.entity.js';
import type { StepDefinition } from '../process/process.definition.js';
import { lockedTicket, mustWork } from '../ticket/ticket.service.js';
import { carryOutEffects } from './effects/effects.service.js';
import { checkAnswers, type GivenAnswer } from './form.rules.js';
import { knownFor } from './known.service.js';
import { formOf } from './phase.rules.js';
import { stepById } from './run.loader.js';
import { loadRun } from './run.store.js';
import type { Step } from './step.entity.js';

/**
 * The mails that completing a step would send, in their order, as they would be sent. All that the step
 * does is done and undone again, so that what its other effects make of the ticket is in the words, too.
 * @param given what would be answered; without it, what was answered last
 * @throws DomainError NOT_FOUND, FORBIDDEN; UNRESOLVED_VARIABLE naming the variable; INVALID_INPUT by the
 *   answers that are given (those that are missing are not asked for yet); whatever else completing it throws
 */
export async function previewMails(
  ctx: Context,
  stepId: string,
  given: GivenAnswer[] | null | undefined,
): Promise<Mail[]> {
  mustWork(ctx);
  const seen = await ctx.load(stepById, stepId);
  if (!seen) throw notFound('step', stepId, ['step']);
  return rehearse(
    ctx,
    [seen.ticketId],
    async (tx) => {
      const ticket = await lockedTicket(tx, seen.ticketId);
      const loaded = await loadRun(tx, seen.runId);
      const { definition, state } = loaded;
      const step = definition.steps.find(({ key }) => key === seen.key) as StepDefinition;
      if (step.kind !== 'TASK') return;
      const answered = new Set(given?.map(({ field }) => field));
      const fields = step.fields.map((field) =>
        answered.has(field.key) ? field : { ...field, required: false },
      );
      const answers = given
        ? checkAnswers(fields, given, await knownFor(tx, loaded.steps.get(step.key) as Step, given))
        : state.steps[step.key]?.answers;
      const form = { ...formOf(definition, state), ...answers };
      const intents = (step.effects ?? []).map((effect) => ({ step: step.key, effect, form }));
      await carryOutEffects(tx, ticket, loaded, intents);
    },
    (tx) => tx.em.find(Mail, { streamId: seen.ticketId, createdAt: tx.now }, { orderBy: { id: 'asc' } }),
  );
}
