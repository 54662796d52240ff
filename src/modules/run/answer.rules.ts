/** What a value of each field type looks like. Pure. */
import type { FieldType } from '../process/field.vocabulary.js';
import type { FieldDefinition } from '../process/process.definition.js';
import { checkFile, fileDemand, type KnownFile } from './file.rules.js';
import type { AnswerValue, FileAnswer } from './run.state.js';
import { hasControlCharacters, isWebAddress } from './text.rules.js';

/** What an answer is held against beside its field. */
export interface Known {
  /** The ids that an answer may name. */
  agentIds: Pick<ReadonlySet<string>, 'has'>;
  teamIds: Pick<ReadonlySet<string>, 'has'>;
  /** Whether a field's pattern matches the whole of a text. Handed in, since the engine is a library. */
  matches(pattern: string, text: string): boolean;
  /** The files of the ticket, by id. */
  files: Pick<ReadonlyMap<string, KnownFile>, 'get'>;
  /** Whether the field was answered with this file before. */
  wasGiven(field: string, file: FileAnswer): boolean;
}

/** The value as it is stored, or what is wrong with it and what to do, as a sentence. */
export type Checked = { value: AnswerValue } | { fault: string };

type Check = (value: unknown, field: FieldDefinition, known: Known) => Checked;

const MAX_LENGTH = { SHORT_TEXT: 255, LONG_TEXT: 20_000, EMAIL: 254, PHONE: 40, URL: 2_048 };
/** Of a list without a `max` of its own: enough for every form, and a bound on what one answer can hold. */
const MAX_ENTRIES = 100;

const EMAIL =
  /^[^\s@<>(),;:"[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const PHONE = /^[+\d ()./-]+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const ok = (value: AnswerValue): Checked => ({ value });
const fault = (sentence: string): Checked => ({ fault: sentence });

function outside(size: number, min: number, max: number, unit: string): Checked | null {
  if (size < min) return fault(`This has ${size} ${unit}. Give at least ${min}.`);
  if (size > max) return fault(`This has ${size} ${unit}. Give at most ${max}.`);
  return null;
}

/** Text of one or more lines. Refused before trimming, lest a line break at the end slip through. */
function text(value: unknown, field: FieldDefinition, limit: number, lines: 'ONE' | 'MANY'): Checked {
  if (typeof value !== 'string') return fault('This is not text. Give a string.');
  const plain = lines === 'MANY' ? value.replaceAll('\r\n', '\n') : value;
  if (!plain.isWellFormed() || hasControlCharacters(plain)) {
    return fault('This contains characters that are not text. Remove the control characters.');
  }
  if (lines === 'ONE' && /[\n\u2028\u2029]/.test(plain)) return fault('Give this on one line.');
  const stored = lines === 'ONE' ? plain.trim() : plain;
  return outside([...stored].length, field.min ?? 0, field.max ?? limit, 'characters') ?? ok(stored);
}

function line(limit: number, fits: (line: string) => boolean, otherwise: string): Check {
  return (value, field) => {
    const checked = text(value, field, limit, 'ONE');
    return 'fault' in checked || fits(String(checked.value)) ? checked : fault(otherwise);
  };
}

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return PHONE.test(value) && digits >= 5 && digits <= 20;
}

function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  // A day that its month lacks comes back as another one.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function range(value: unknown, min: number, max: number, whole: boolean): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return fault('This is not a number. Give a number.');
  if (whole && !Number.isInteger(value)) return fault('Give a whole number.');
  if (value < min) return fault(`${value} is too little. Give at least ${min}.`);
  if (value > max) return fault(`${value} is too much. Give at most ${max}.`);
  // JSON has no -0, so it would not survive being stored.
  return ok(value === 0 ? 0 : value);
}

/** A list of different strings, each of which `exists`. */
function list(
  value: unknown,
  field: FieldDefinition,
  exists: (entry: string) => boolean,
  noun: string,
): Checked {
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) {
    return fault('This is not a list of texts. Give a list.');
  }
  const unknown = value.filter((entry) => !exists(entry));
  if (unknown.length > 0)
    return fault(`There is no ${noun} ${unknown.join(', ')}. Choose among those that exist.`);
  if (new Set(value).size < value.length) return fault('An entry is chosen twice. Keep one of them.');
  return outside(value.length, field.min ?? 0, field.max ?? MAX_ENTRIES, 'entries') ?? ok([...value]);
}

function files(value: unknown, field: FieldDefinition, known: Known): Checked {
  if (!Array.isArray(value)) return fault('This is not a list of files. Give a list.');
  const stored: FileAnswer[] = [];
  for (const entry of value) {
    const checked = checkFile(entry, known.files, (file) => known.wasGiven(field.key, file));
    if ('fault' in checked) return checked;
    const demand = fileDemand(checked.file, field);
    if (demand !== null) return fault(demand);
    stored.push(checked.file);
  }
  const ids = stored.flatMap(({ id }) => id ?? []);
  if (new Set(ids).size < ids.length) return fault('A file is given twice. Keep one of them.');
  return outside(stored.length, field.min ?? 0, field.max ?? MAX_ENTRIES, 'files') ?? ok(stored);
}

const CHECKS: Record<FieldType, Check> = {
  SHORT_TEXT: line(MAX_LENGTH.SHORT_TEXT, () => true, ''),
  LONG_TEXT: (value, field) => text(value, field, MAX_LENGTH.LONG_TEXT, 'MANY'),
  NUMBER: (value, field) => range(value, field.min ?? -Infinity, field.max ?? Infinity, false),
  DATE: (value) =>
    isDate(value) ? ok(value) : fault('This is not a day of the calendar. Give it as YYYY-MM-DD.'),
  EMAIL: line(
    MAX_LENGTH.EMAIL,
    (value) => EMAIL.test(value),
    'This is not an e-mail address. Give one like name@example.com.',
  ),
  PHONE: line(
    MAX_LENGTH.PHONE,
    isPhone,
    'This is not a telephone number. Give 5 to 20 digits, with + ( ) - . / and spaces only.',
  ),
  URL: line(
    MAX_LENGTH.URL,
    isWebAddress,
    'This is not a web address. Give one that begins with http:// or https://.',
  ),
  DROPDOWN: (value, field) =>
    typeof value === 'string' && (field.options ?? []).includes(value)
      ? ok(value)
      : fault(`This is not among the options. Give one of: ${(field.options ?? []).join(', ')}.`),
  MULTI_CHOICE: (value, field) =>
    list(value, field, (entry) => (field.options ?? []).includes(entry), 'option'),
  MEMBERS: (value, field, known) =>
    list(
      value,
      field.multiple === false ? { ...field, max: 1 } : field,
      (id) => known.agentIds.has(id),
      'agent with the id',
    ),
  TEAM: (value, _field, known) =>
    typeof value === 'string' && known.teamIds.has(value)
      ? ok(value)
      : fault('There is no such team. Give the id of a team.'),
  FILE: files,
  RATING: (value, field) => range(value, field.min ?? 1, field.max ?? 5, true),
  CHECKBOX: (value) =>
    typeof value === 'boolean' ? ok(value) : fault('This is neither true nor false. Give one of them.'),
};

/** Checks one value that is not empty against its field's type, options, limits and pattern. */
export function checkValue(field: FieldDefinition, value: unknown, known: Known): Checked {
  const checked = CHECKS[field.type](value, field, known);
  if ('fault' in checked || field.pattern === undefined || typeof checked.value !== 'string') return checked;
  if (known.matches(field.pattern, checked.value)) return checked;
  return fault(
    `This does not have the form that is asked for: ${field.help ?? `the pattern ${field.pattern}`}`,
  );
}
