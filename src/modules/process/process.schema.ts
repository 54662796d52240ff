import { z } from 'zod';
import { fieldKey, line, list, MOST, prose, stepKey } from './definition.parts.js';
import { effectSchema } from './effect.schema.js';
import { FIELD_TYPES } from './field.vocabulary.js';
import {
  CONDITION_OPERATORS,
  type FieldDefinition,
  type ProcessDefinition,
  type StepDefinition,
  TICKET_FACTS,
} from './process.definition.js';

/**
 * A definition as it comes from outside: which properties there are, of which types, how large. The twin
 * of `ProcessDefinition`: the lines at the end of this file fail to compile while the two differ. What one
 * part says of another is the business of `faultsOf`.
 */
const fieldSchema = z
  .strictObject({
    key: fieldKey.meta({ description: 'Unique within the process; templates write it {{form.KEY}}.' }),
    label: line.meta({ description: 'What people see beside the input.' }),
    type: z.enum(FIELD_TYPES).meta({ description: 'The kind of value that it collects.' }),
    required: z.boolean().optional().meta({ description: 'The step cannot be completed without it.' }),
    help: prose.optional().meta({ description: 'A sentence beside the input.' }),
    options: list(line, MOST.options).optional().meta({ description: 'Choices of DROPDOWN, MULTI_CHOICE.' }),
    min: z
      .number()
      .optional()
      .meta({ description: 'Least: of a number its value, of text its length, of a list its entries.' }),
    max: z.number().optional().meta({ description: 'Most, likewise.' }),
    default: z
      .union([z.string().max(20_000), z.number(), z.boolean(), list(line, MOST.options)])
      .optional()
      .meta({ description: 'What the input begins with, given like an answer.' }),
    pattern: z
      .string()
      .max(300)
      .optional()
      .meta({ description: 'Of text: a regular expression (RE2) that the whole answer must match.' }),
    maxSize: z.number().int().min(1).optional().meta({ description: 'Of FILE: most bytes of each file.' }),
    types: list(line).optional().meta({ description: 'Of FILE: media types, image/png or image/*.' }),
    multiple: z.boolean().optional().meta({ description: 'Of MEMBERS: false allows one agent only.' }),
  })
  .meta({ id: 'Field', description: 'A typed value that a step collects.' });

const comparisonSchema = z
  .strictObject({
    form: fieldKey.optional(),
    ticket: z.enum(TICKET_FACTS).optional(),
    operator: z.enum(CONDITION_OPERATORS),
    value: z.union([prose, z.number(), z.boolean()]).optional(),
  })
  .meta({ id: 'Comparison', description: 'One comparison, of a form field or a ticket attribute.' });

const assignmentSchema = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('TICKET_ASSIGNEE') }),
    z.strictObject({ to: z.literal('FIELD'), field: fieldKey }),
    z.strictObject({
      to: z.literal('ROLE'),
      role: z.enum(['AGENT', 'TEAM_LEAD', 'QA_MANAGER', 'MANAGER']),
    }),
    z.strictObject({ to: z.literal('TEAM'), team: line }),
    z.strictObject({ to: z.literal('AGENT'), email: line }),
    z.strictObject({ to: z.literal('COMPLETER'), step: stepKey }),
    z.strictObject({ to: z.literal('TEAM_FIELD'), field: fieldKey }),
  ])
  .meta({ id: 'Assignment', description: 'Who a step is given to when it becomes READY.' });

const counting = z
  .enum(['ALL_DAYS', 'BUSINESS_DAYS', 'SHIFT_TO_BUSINESS_DAY'])
  .meta({ description: "How time is counted by the calendar of the ticket's team." });

const dueSchema = z
  .strictObject({
    after: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('RUN_START') }),
      z.strictObject({ from: z.literal('STEP_COMPLETED'), step: stepKey }),
      z.strictObject({ from: z.literal('DATE_FIELD'), field: fieldKey }),
    ]),
    days: z.number().optional(),
    hours: z.number().optional(),
    counting,
    remindBefore: list(z.number()).optional().meta({ description: 'Hours before it is due.' }),
  })
  .meta({ id: 'Due', description: 'When a step is to be done.' });

const timeoutSchema = z
  .strictObject({
    afterHours: z.number(),
    counting,
    action: z.enum(['REMIND', 'ESCALATE', 'APPROVE', 'REJECT']),
    to: z.enum(['TEAM_LEAD', 'QA_MANAGER', 'MANAGER']).optional(),
  })
  .meta({ id: 'Timeout', description: 'What happens when nobody decides for so long.' });

const approverSchema = z
  .union([
    z.strictObject({ role: z.enum(['TEAM_LEAD', 'QA_MANAGER', 'MANAGER']) }),
    z.strictObject({ agents: list(line) }),
    z.strictObject({ team: line }),
    z.strictObject({ field: fieldKey }),
  ])
  .meta({ id: 'Approver', description: 'Some of those who may decide an approval.' });

const approvalSchema = z
  .strictObject({
    subjects: list(stepKey).meta({ description: 'Keys of the earlier steps that are decided on.' }),
    approvers: z.union([approverSchema, list(approverSchema)]).meta({ description: 'Who may decide.' }),
    quorum: z
      .union([
        z.enum(['ANY', 'ALL']),
        z.strictObject({ count: z.number() }),
        z.strictObject({ percent: z.number() }),
      ])
      .optional()
      .meta({ description: 'How many of them must approve each subject; ANY without it.' }),
    onReject: z.enum(['KEEP', 'REDO']).meta({ description: 'What becomes of the steps in between.' }),
    timeout: timeoutSchema.optional(),
  })
  .meta({ id: 'Approval', description: 'What an approval step decides, and who decides.' });

const instructionsSchema = z
  .strictObject({
    purpose: prose,
    desiredResult: prose,
    howTo: list(prose),
    pitfalls: list(z.strictObject({ pitfall: prose, remedy: prose })),
    resources: list(prose),
  })
  .meta({ id: 'Instructions', description: 'What a step tells the person who does it.' });

const common = {
  key: stepKey.meta({ description: 'Stable, kebab-case, unique within the process.' }),
  title: line.meta({ description: 'Name for people.' }),
  instructions: instructionsSchema,
  optional: z.boolean().optional().meta({ description: 'May be skipped with a reason.' }),
  gate: z.boolean().optional().meta({ description: 'Blocks everything after it.' }),
  after: list(stepKey, MOST.steps)
    .optional()
    .meta({ description: 'Keys of the steps that must be done first; the step before without it.' }),
  when: list(list(comparisonSchema)).optional().meta({
    description: 'Shown while all comparisons of at least one inner list hold; always without it.',
  }),
  assign: list(assignmentSchema).optional().meta({ description: 'Rules tried in order.' }),
  customerVisible: z.boolean().optional().meta({ description: 'Whether the customer sees its state.' }),
  due: dueSchema.optional(),
  effects: list(effectSchema).meta({ description: 'What completing it does to the desk, in order.' }),
};

const stepSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...common, kind: z.literal('TASK'), fields: list(fieldSchema, MOST.fields) }),
    z.strictObject({ ...common, kind: z.literal('APPROVAL'), approval: approvalSchema }),
  ])
  .meta({ id: 'Step', description: 'A task that somebody does, or an approval that somebody decides.' });

export const processSchema = z
  .strictObject({
    key: z.string().max(100).meta({ description: 'Stable, kebab-case, unique on the desk.' }),
    name: z.string().min(1).max(200).meta({ description: 'Name for people.' }),
    description: prose.meta({ description: 'What it is for.' }),
    steps: list(stepSchema, MOST.steps).meta({ description: 'Its steps, in order.' }),
  })
  .meta({ title: 'Stepdesk process', description: 'A process of a Stepdesk desk, as it is exported.' });

/** The schema as JSON Schema 2020-12: what `/process.schema.json` serves. */
export function processJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(processSchema, { target: 'draft-2020-12', io: 'input' });
}

/** True for types that are the same down to the last optional property, otherwise never. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const sameAsTypes: [
  Same<z.infer<typeof fieldSchema>, FieldDefinition>,
  Same<z.infer<typeof stepSchema>, StepDefinition>,
  Same<z.infer<typeof processSchema>, ProcessDefinition>,
] = [true, true, true];
void sameAsTypes;
