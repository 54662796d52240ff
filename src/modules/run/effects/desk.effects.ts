import { openCoordination } from '../../escalation/coordination.service.js';
import { raiseTicket } from '../../escalation/escalation.service.js';
import { sendToCustomer, writeNote } from '../../message/message.service.js';
import { giveFeedback } from '../../quality/feedback.service.js';
import { recordRetrospective } from '../../quality/retrospective.service.js';
import { recordReview } from '../../quality/review.service.js';
import { approveDraft, archive, draftReport } from '../../report/report.service.js';
import { analyseSurvey, inviteToSurvey } from '../../survey/survey.service.js';
import { type EffectContext, type EffectOf, fill, listAnswer, textAnswer } from './effect-context.js';

/** Effects around the ticket: mail, notes, escalation, surveys, quality, reports. */

export async function sendMessage(context: EffectContext, effect: EffectOf<'SEND_MESSAGE'>): Promise<void> {
  const { tx, ticket, form } = context;
  const [subject, body] = [await fill(context, effect.subject), await fill(context, effect.body)];
  await sendToCustomer(tx, ticket, { subject, body, to: textAnswer(form, effect.to) });
}

export async function addNoteEffect(context: EffectContext, effect: EffectOf<'ADD_NOTE'>): Promise<void> {
  await writeNote(context.tx, context.ticket, await fill(context, effect.body));
}

export async function escalate(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'ESCALATE'>,
): Promise<void> {
  const [toAgentId] = listAnswer(form, effect.membersField);
  await raiseTicket(tx, ticket, { runId, reason: textAnswer(form, effect.reasonField) ?? '', toAgentId });
}

export async function coordinate(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'COORDINATE'>,
): Promise<void> {
  const departments = listAnswer(form, effect.field);
  if (departments.length === 0) return;
  const [ownerId] = listAnswer(form, effect.ownerField);
  const brief = textAnswer(form, effect.briefField) ?? '';
  await openCoordination(tx, ticket, {
    runId,
    departments,
    brief,
    ownerId,
    dueOn: textAnswer(form, effect.dueField),
  });
}

export async function inviteSurvey(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'INVITE_SURVEY'>,
): Promise<void> {
  await inviteToSurvey(tx, ticket, { runId, to: textAnswer(form, effect.to) });
}

export async function analyse(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'ANALYSE_SURVEY'>,
): Promise<void> {
  await analyseSurvey(tx, ticket, runId, textAnswer(form, effect.field) ?? '');
}

export async function reviewQuality(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'REVIEW_QUALITY'>,
): Promise<void> {
  const scores = effect.criteria.flatMap(({ field, ...criterion }) => {
    const score = form[field];
    return typeof score === 'number' ? [{ criterion: field, ...criterion, score }] : [];
  });
  await recordReview(tx, ticket, { runId, scores, summary: textAnswer(form, effect.summaryField) });
}

export async function feedback(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'GIVE_FEEDBACK'>,
): Promise<void> {
  const body = textAnswer(form, effect.field);
  if (body !== null) await giveFeedback(tx, ticket, body);
}

export async function draft(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'DRAFT_REPORT'>,
): Promise<void> {
  await draftReport(tx, ticket, {
    runId,
    kind: effect.report,
    summary: textAnswer(form, effect.field) ?? '',
  });
}

export async function approve(
  { tx, ticket, runId }: EffectContext,
  effect: EffectOf<'APPROVE_REPORT'>,
): Promise<void> {
  await approveDraft(tx, ticket, { runId, kind: effect.report });
}

export async function archiveEffect(
  { tx, ticket, runId }: EffectContext,
  effect: EffectOf<'ARCHIVE_REPORT'>,
): Promise<void> {
  await archive(tx, ticket, { runId, kind: effect.report });
}

export async function retrospective(
  { tx, ticket, runId, form }: EffectContext,
  effect: EffectOf<'RECORD_RETROSPECTIVE'>,
): Promise<void> {
  const items = (textAnswer(form, effect.itemsField) ?? '').split('\n').map((line) => line.trim());
  const notes = textAnswer(form, effect.notesField) ?? '';
  await recordRetrospective(tx, ticket, { runId, notes, items: items.filter((line) => line !== '') });
}
