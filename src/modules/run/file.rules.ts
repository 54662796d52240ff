/** What an answer may say of a file. Pure. */
import type { FieldDefinition } from '../process/process.definition.js';
import type { FileAnswer } from './run.state.js';
import { hasControlCharacters, isWebAddress } from './text.rules.js';

const PROPERTIES = new Set(['name', 'url', 'size', 'type']);
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,63}\/[\w!#$&^.+-]{1,63}(?:; ?[\w-]{1,20}=[\w.-]{1,40})?$/;

/** A name and not a path: it may become the name of a file on somebody's disk. */
function isFileName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.isWellFormed() &&
    name.trim() !== '' &&
    [...name].length <= 255 &&
    name !== '.' &&
    name !== '..' &&
    !/[/\\\n\t]/.test(name) &&
    !hasControlCharacters(name)
  );
}

/**
 * Checks one entry of a FILE answer: `{ name, url?, size?, type? }`, where null counts as absent.
 * Returns a copy of exactly these, or a sentence that says what is wrong.
 */
export function checkFile(entry: unknown): { file: FileAnswer } | { fault: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { fault: 'This is not a file. Give an object with a name.' };
  }
  const extra = Object.keys(entry).find((key) => !PROPERTIES.has(key));
  if (extra !== undefined) return { fault: `A file has no "${extra}". Give name, url, size and type only.` };
  const { name, url, size, type } = entry as Record<string, unknown>;
  if (!isFileName(name)) {
    return { fault: 'A file needs a name of 1 to 255 characters without slashes and control characters.' };
  }
  const file: FileAnswer = { name };
  if (url !== undefined && url !== null) {
    if (typeof url !== 'string' || !url.isWellFormed() || url.length > 2_048 || !isWebAddress(url)) {
      return { fault: `The url of ${name} is not a web address. Begin it with http:// or https://.` };
    }
    file.url = url;
  }
  if (size !== undefined && size !== null) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
      return { fault: `The size of ${name} is not a number of bytes. Give a whole number from 0.` };
    }
    file.size = size === 0 ? 0 : size;
  }
  if (type !== undefined && type !== null) {
    if (typeof type !== 'string' || !MEDIA_TYPE.test(type)) {
      return { fault: `The type of ${name} is not a media type. Give one like image/png.` };
    }
    file.type = type;
  }
  return { file };
}

/** What the field demands of a file and this one doesn't meet, as a sentence, or null. */
export function fileDemand(
  { name, size, type }: FileAnswer,
  { maxSize, types }: Pick<FieldDefinition, 'maxSize' | 'types'>,
): string | null {
  if (maxSize !== undefined) {
    if (size === undefined) return `How large is ${name}? Give its size in bytes.`;
    if (size > maxSize) return `${name} has ${size} bytes. Give a file of at most ${maxSize}.`;
  }
  if (types !== undefined && types.length > 0) {
    if (type === undefined) return `What is ${name}? Give its type; taken are ${types.join(', ')}.`;
    const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
    const taken = types.map((entry) => entry.toLowerCase());
    const family = taken.filter((entry) => entry.endsWith('/*')).map((entry) => entry.slice(0, -1));
    if (!taken.includes(plain) && !family.some((prefix) => plain.startsWith(prefix)))
      return `${name} is ${type}. Give a file of the type ${types.join(', ')}.`;
  }
  return null;
}
