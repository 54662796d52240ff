import type { Transaction } from '../../../platform/database/transaction.js';
import type { EffectKind } from '../../process/effect.definition.js';
import type { Ticket } from '../../ticket/ticket.entity.js';
import type { EffectIntent } from '../run.state.js';
import type { LoadedRun } from '../run.store.js';
import * as desk from './desk.effects.js';
import type { EffectContext, EffectOf } from './effect-context.js';
import * as onTicket from './ticket.effects.js';

type Executor<Kind extends EffectKind> = (context: EffectContext, effect: EffectOf<Kind>) => Promise<void>;

/** How each effect is carried out. To add one: its shape in `process.definition.ts`, its executor here. */
const EXECUTORS: { [Kind in EffectKind]: Executor<Kind> } = {
  SEND_MESSAGE: desk.sendMessage,
  ADD_NOTE: desk.addNoteEffect,
  SET_CATEGORY: onTicket.setCategory,
  SET_CHANNEL: onTicket.setChannel,
  SET_URGENCY: onTicket.setUrgency,
  SET_IMPACT: onTicket.setImpact,
  SET_PRIORITY: onTicket.setPriority,
  SET_STATUS: onTicket.setStatus,
  ROUTE: onTicket.routeEffect,
  PROMISE_RESOLUTION: onTicket.promiseResolution,
  RECORD_RESOLUTION: onTicket.recordResolution,
  RESOLVE: onTicket.resolveEffect,
  ESCALATE: desk.escalate,
  COORDINATE: desk.coordinate,
  INVITE_SURVEY: desk.inviteSurvey,
  ANALYSE_SURVEY: desk.analyse,
  REVIEW_QUALITY: desk.reviewQuality,
  GIVE_FEEDBACK: desk.feedback,
  DRAFT_REPORT: desk.draft,
  APPROVE_REPORT: desk.approve,
  ARCHIVE_REPORT: desk.archiveEffect,
  RECORD_RETROSPECTIVE: desk.retrospective,
  CLOSE_TICKET: onTicket.closeEffect,
  // The kernel itself sends the run back; nothing is left to do to the desk.
  SEND_BACK: async () => undefined,
};

/** Carries out the effects of a completed step, in their order, in the transaction that completed it. */
export async function carryOutEffects(
  tx: Transaction,
  ticket: Ticket,
  loaded: LoadedRun,
  intents: EffectIntent[],
): Promise<void> {
  for (const { step, effect, form } of intents) {
    const stepTitle = loaded.steps.get(step)?.title ?? step;
    const context = { tx, ticket, runId: loaded.run.id, definition: loaded.definition, stepTitle, form };
    await (EXECUTORS[effect.kind] as Executor<EffectKind>)(context, effect);
  }
}
