/**
 * The kinds of value that a form field collects, and what is true of each wherever fields are read. A new one is a
 * line here; the compiler then asks for the check of its answers (`run/answer.rules.ts`). Pure.
 */

/** What a field type is like. */
interface FieldTraits {
  /** What is collected, and how it is given as JSON: for people who write forms, and who fill them in by the API. */
  description: string;
  /** What an answer is as JSON. */
  json: 'string' | 'number' | 'boolean' | 'list';
  /** People write it freely: its length has limits, and it may have to match a pattern. */
  written?: true;
  /** It is chosen among the field's options. */
  options?: true;
  /** Of two answers one is the greater. */
  ordered?: true;
  /** No default can be known when the process is written: people come and go, files belong to a ticket. */
  withoutDefault?: true;
}

const TRAITS = {
  SHORT_TEXT: { description: 'A line of text: a string.', json: 'string', written: true },
  LONG_TEXT: { description: 'Text: a string.', json: 'string', written: true },
  NUMBER: { description: 'A number.', json: 'number', ordered: true },
  DATE: { description: 'A calendar day: "2026-03-14".', json: 'string', ordered: true },
  EMAIL: { description: 'An e-mail address: a string.', json: 'string', written: true },
  PHONE: { description: 'A telephone number: a string.', json: 'string', written: true },
  URL: {
    description: 'A web address: a string that starts with http:// or https://.',
    json: 'string',
    written: true,
  },
  DROPDOWN: { description: 'One of the options: a string.', json: 'string', options: true },
  MULTI_CHOICE: { description: 'Some of the options: a list of strings.', json: 'list', options: true },
  MEMBERS: { description: 'Agents: a list of ids.', json: 'list', withoutDefault: true },
  TEAM: { description: 'A team: an id.', json: 'string', withoutDefault: true },
  FILE: {
    description:
      'Files: a list of ids of files that were uploaded (createUpload). Read as a list of {id, name, size, type}; what was answered before files were uploaded has no id, and may have a url.',
    json: 'list',
    withoutDefault: true,
  },
  RATING: {
    description: 'A whole number, from 1 to 5 unless the field says otherwise.',
    json: 'number',
    ordered: true,
  },
  CHECKBOX: { description: 'true or false.', json: 'boolean' },
} as const satisfies Record<string, FieldTraits>;

/** The kind of value that a form field collects. */
export type FieldType = keyof typeof TRAITS;

export const FIELD_TYPES = Object.keys(TRAITS) as [FieldType, ...FieldType[]];

export const FIELD_TRAITS: Readonly<Record<FieldType, FieldTraits>> = TRAITS;

/** The field types of which something is true. */
export function fieldTypesThat(holds: (traits: FieldTraits) => boolean | undefined): readonly FieldType[] {
  return FIELD_TYPES.filter((type) => holds(FIELD_TRAITS[type]));
}

/** Text has characters, a list entries: what can be counted has limits, and grows while it is being made. */
export const COUNTED = fieldTypesThat(({ written, json }) => written || json === 'list');
