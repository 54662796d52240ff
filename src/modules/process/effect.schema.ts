import { z } from 'zod';
import { fieldKey, fieldMap, line, list, stepKey, template } from './definition.parts.js';

/** The effects of a definition as it comes from outside: the twin of `EffectDefinition`. */

const LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
const reportKind = z.enum(['INTERACTION', 'SERVICE', 'FINAL']);
const of = <const Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

export const effectSchema = z
  .discriminatedUnion('kind', [
    of('SEND_MESSAGE', { subject: line, body: template, to: fieldKey.optional() }),
    of('ADD_NOTE', { body: template }),
    of('SET_CATEGORY', { field: fieldKey }),
    of('SET_CHANNEL', {
      field: fieldKey,
      map: fieldMap(z.enum(['EMAIL', 'PHONE', 'CHAT', 'WEB_FORM', 'SOCIAL_MEDIA'])),
    }),
    of('SET_URGENCY', { field: fieldKey, map: fieldMap(z.enum(LEVELS)) }),
    of('SET_IMPACT', { field: fieldKey, map: fieldMap(z.enum(LEVELS)) }),
    of('SET_PRIORITY', { field: fieldKey, map: fieldMap(z.enum([...LEVELS, 'CRITICAL'])) }),
    of('SET_STATUS', {
      field: fieldKey,
      map: fieldMap(z.enum(['OPEN', 'PENDING', 'ON_HOLD', 'RESOLVED'])),
      resolutionField: fieldKey.optional(),
    }),
    of('ROUTE', { teamField: fieldKey.optional(), memberField: fieldKey.optional() }),
    of('PROMISE_RESOLUTION', { field: fieldKey }),
    of('RECORD_RESOLUTION', { field: fieldKey }),
    of('RESOLVE', { field: fieldKey.optional() }),
    of('ESCALATE', { reasonField: fieldKey, membersField: fieldKey.optional() }),
    of('COORDINATE', {
      field: fieldKey,
      briefField: fieldKey,
      ownerField: fieldKey.optional(),
      dueField: fieldKey.optional(),
    }),
    of('INVITE_SURVEY', { to: fieldKey.optional() }),
    of('ANALYSE_SURVEY', { field: fieldKey }),
    of('REVIEW_QUALITY', {
      criteria: list(z.strictObject({ field: fieldKey, label: line, failBelow: z.number().optional() })),
      summaryField: fieldKey.optional(),
    }),
    of('GIVE_FEEDBACK', { field: fieldKey }),
    of('DRAFT_REPORT', { report: reportKind, field: fieldKey }),
    of('APPROVE_REPORT', { report: reportKind }),
    of('ARCHIVE_REPORT', { report: reportKind }),
    of('RECORD_RETROSPECTIVE', { notesField: fieldKey, itemsField: fieldKey.optional() }),
    of('CLOSE_TICKET', { notesField: fieldKey.optional(), subject: line, body: template }),
    of('SEND_BACK', { field: fieldKey, to: stepKey }),
  ])
  .meta({ id: 'Effect', description: 'What completing a step does to the desk.' });
