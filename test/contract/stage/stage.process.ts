import type { EffectDefinition } from '../../../src/modules/process/effect.definition.js';
import type { FieldDefinition, ProcessDefinition } from '../../../src/modules/process/process.definition.js';

const instructions = {
  purpose: 'To have one of everything.',
  desiredResult: 'It is all there.',
  howTo: ['Complete it.'],
  pitfalls: [{ pitfall: 'Something is missing.', remedy: 'Add it here.' }],
  resources: ['The schema'],
};

const text = (key: string): FieldDefinition => ({ key, label: key, type: 'LONG_TEXT' });
const hours = { counting: 'ALL_DAYS', hours: 1 } as const;

/** The fields of the step that makes everything. */
const fields: FieldDefinition[] = [
  { ...text('Words'), required: true, help: 'Anything.', default: 'Words', max: 2_000 },
  { key: 'Code', label: 'Code', type: 'SHORT_TEXT', pattern: '[a-z]+' },
  { key: 'Score', label: 'Score', type: 'RATING', min: 1 },
  { key: 'Hours', label: 'Hours', type: 'NUMBER', min: 0 },
  { key: 'Departments', label: 'Departments', type: 'MULTI_CHOICE', options: ['Engineering', 'Product'] },
  { key: 'Who', label: 'Who', type: 'MEMBERS', multiple: true },
  { key: 'By', label: 'By', type: 'DATE' },
  { key: 'Files', label: 'Files', type: 'FILE', maxSize: 2_048, types: ['image/png'] },
  text('Feedback'),
  { key: 'Team', label: 'Team', type: 'TEAM' },
];

const effects: EffectDefinition[] = [
  { kind: 'SEND_MESSAGE', subject: 'About {{ticket.number}}', body: 'It is looked into.' },
  { kind: 'ADD_NOTE', body: '{{form.Words}}' },
  { kind: 'PROMISE_RESOLUTION', field: 'Hours' },
  { kind: 'COORDINATE', field: 'Departments', briefField: 'Words', ownerField: 'Who', dueField: 'By' },
  { kind: 'INVITE_SURVEY' },
  { kind: 'ANALYSE_SURVEY', field: 'Words' },
  {
    kind: 'REVIEW_QUALITY',
    criteria: [{ field: 'Score', label: 'Score', failBelow: 4 }],
    summaryField: 'Words',
  },
  { kind: 'GIVE_FEEDBACK', field: 'Feedback' },
  { kind: 'ROUTE', teamField: 'Team' },
  { kind: 'DRAFT_REPORT', report: 'SERVICE', field: 'Words' },
  { kind: 'RECORD_RETROSPECTIVE', notesField: 'Words', itemsField: 'Words' },
];

/** A process that leaves one of everything on a ticket, and then goes on: a task and an approval are READY. */
export const everything: ProcessDefinition = {
  key: 'everything',
  name: 'Everything',
  description: 'One of everything.',
  steps: [
    { kind: 'TASK', key: 'make', title: 'Make it', instructions, fields, effects, customerVisible: true },
    {
      kind: 'TASK',
      key: 'leave-out',
      title: 'Leave it out',
      instructions,
      fields: [],
      effects: [],
      optional: true,
      after: ['make'],
    },
    {
      kind: 'TASK',
      key: 'file-away',
      title: 'File it away',
      instructions,
      fields: [text('Report'), { key: 'Whom', label: 'Whom', type: 'MEMBERS' }],
      effects: [
        { kind: 'ESCALATE', reasonField: 'Report', membersField: 'Whom' },
        { kind: 'DRAFT_REPORT', report: 'FINAL', field: 'Report' },
        { kind: 'ARCHIVE_REPORT', report: 'FINAL' },
      ],
      after: ['make'],
    },
    {
      kind: 'TASK',
      key: 'still-open',
      title: 'Still open',
      instructions,
      fields: [
        { ...text('More'), required: true },
        { key: 'Proof', label: 'Proof', type: 'FILE' },
      ],
      effects: [],
      after: ['make'],
      when: [[{ form: 'Words', operator: 'HAS_VALUE' }]],
      assign: [{ to: 'ROLE', role: 'AGENT' }],
      due: { after: { from: 'RUN_START' }, ...hours },
    },
    {
      kind: 'APPROVAL',
      key: 'check',
      title: 'Check it',
      instructions,
      effects: [],
      after: ['make'],
      approval: {
        subjects: ['make'],
        approvers: [{ role: 'MANAGER' }, { role: 'TEAM_LEAD' }],
        quorum: { count: 2 },
        onReject: 'KEEP',
        timeout: { afterHours: 100, counting: 'ALL_DAYS', action: 'REMIND' },
      },
    },
  ],
};

/** The same without consequences: for a run that moves to another version. */
export const moving: ProcessDefinition = {
  ...everything,
  key: 'moving',
  name: 'Moving',
  steps: everything.steps.map((step) => (step.key === 'make' ? { ...step, effects: [] } : step)),
};

/** A process written anew: a field fewer, a step more, another title. */
export const anew = (process: ProcessDefinition): ProcessDefinition => ({
  ...process,
  steps: [
    ...process.steps.map((step) =>
      step.kind === 'TASK' && step.key === 'make'
        ? { ...step, title: 'Make it anew', fields: step.fields.filter(({ key }) => key !== 'Code') }
        : step,
    ),
    { kind: 'TASK', key: 'new', title: 'New', instructions, fields: [], effects: [], after: ['check'] },
  ],
});
