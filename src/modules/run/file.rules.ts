/** What an answer may say of a file. Pure. */
import { isFileName, isMediaType } from '../file/file.rules.js';
import type { FieldDefinition } from '../process/process.definition.js';
import type { FileAnswer } from './run.state.js';
import { isWebAddress } from './text.rules.js';

const PROPERTIES = new Set(['id', 'name', 'url', 'size', 'type']);

/** What is known of a file that was uploaded, or is to be. */
export interface KnownFile {
  name: string;
  size: number;
  contentType: string;
  /** Whether its bytes are there. */
  stored: boolean;
}

/** Of more than these in one request no file is looked for. */
const MOST_IDS = 1000;

/** The ids of uploaded files that answers name, whatever else they hold; each once. */
export function fileIdsIn(values: readonly unknown[]): string[] {
  const ids = values
    .flatMap((value) => (Array.isArray(value) ? value : []))
    .flatMap((entry) => idGiven(entry) ?? [])
    .filter((id) => id.startsWith('file_'));
  return [...new Set(ids)].slice(0, MOST_IDS);
}

/** An uploaded file is named by its id alone, or by what an answer shows of it. */
function idGiven(entry: unknown): string | undefined {
  const id = typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : entry;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Checks one entry of a FILE answer against the files there are. Of an uploaded file the desk itself says
 * what it is, whatever the client says of it.
 * @param wasGiven whether the field was answered with this entry before: one that names no uploaded file
 *   may be given again, and not anew
 * @returns the entry as it is stored, or a sentence that says what is wrong
 */
export function checkFile(
  entry: unknown,
  files: Pick<ReadonlyMap<string, KnownFile>, 'get'>,
  wasGiven: (file: FileAnswer) => boolean,
): { file: FileAnswer } | { fault: string } {
  const extra = extraOf(entry);
  if (extra !== undefined)
    return { fault: `A file has no "${extra}". Give the id of one that was uploaded.` };
  const described = typeof entry === 'string' ? { fault: '' } : describedFile(entry);
  if ('file' in described && wasGiven(described.file)) return described;
  const id = idGiven(entry);
  if (id === undefined)
    return 'file' in described
      ? { fault: 'A file is uploaded first: createUpload says how. Then give its id.' }
      : described;
  const known = files.get(id);
  if (!known)
    return { fault: `This ticket has no file ${id}. Upload it for this ticket: createUpload says how.` };
  if (!known.stored)
    return { fault: `The bytes of ${known.name} have not come yet. Bring them where createUpload said.` };
  return { file: { id, name: known.name, size: known.size, type: known.contentType } };
}

/** The first property of an object that an answer does not have of a file. */
function extraOf(entry: unknown): string | undefined {
  const properties = typeof entry === 'object' && entry !== null ? Object.keys(entry) : [];
  return Array.isArray(entry) ? undefined : properties.find((key) => !PROPERTIES.has(key));
}

/**
 * Reads what an answer says of a file: `{ id?, name, url?, size?, type? }`, where null counts as absent.
 * Returns a copy of exactly these, or a sentence that says what is wrong.
 */
function describedFile(entry: unknown): { file: FileAnswer } | { fault: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { fault: 'This is not a file. Give the id of one that was uploaded.' };
  }
  const { id, name, url, size, type } = entry as Record<string, unknown>;
  if (!isFileName(name)) {
    return { fault: 'A file needs a name of 1 to 255 characters without slashes and control characters.' };
  }
  const file: FileAnswer = typeof id === 'string' ? { id, name } : { name };
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
    if (!isMediaType(type)) {
      return { fault: `The type of ${name} is not a media type. Give one like image/png.` };
    }
    file.type = type;
  }
  return { file };
}

/** What the field demands of a file and this one doesn't meet, as a sentence, or null. */
export function fileDemand(
  { name, size, type }: Pick<FileAnswer, 'name' | 'size' | 'type'>,
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
