/** What JSON from outside must be before anything looks closer: plain, shallow and of bounded width. Pure. */
import type { DefinitionFault } from './outline.rules.js';

const MOST_DEEP = 12;
const MOST_WIDE = 500;
/** Names that reach a prototype where an object is built carelessly. No definition has a use for them. */
const HOSTILE = new Set(['__proto__', 'constructor', 'prototype']);

interface Entry {
  value: unknown;
  path: string[];
}

/** Control characters but for tab and line breaks, and halves of characters: the database takes neither. */
function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.isWellFormed() && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/.test(text);
}

function keyFault(key: string, path: string[]): DefinitionFault | null {
  if (HOSTILE.has(key)) return { path, message: `A definition has no "${key}". Leave it out.` };
  return isText(key) ? null : { path, message: 'A name contains characters that are not text. Remove them.' };
}

function entriesOf(value: object): [string, unknown][] {
  return Array.isArray(value) ? value.map((entry, index) => [String(index), entry]) : Object.entries(value);
}

/**
 * Faults of a JSON value as such: nested too deep, too wide, with names or texts that nothing may hold.
 * Walks without recursion, so that no depth exhausts the stack, and no farther than it must.
 */
export function jsonFaults(json: unknown): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  const left: Entry[] = [{ value: json, path: [] }];
  for (let entry = left.pop(); entry; entry = left.pop()) {
    const { value, path } = entry;
    if (typeof value === 'string' && !isText(value)) {
      faults.push({ path, message: 'This contains characters that are not text. Remove them.' });
    }
    if (typeof value !== 'object' || value === null) continue;
    const entries = entriesOf(value);
    if (entries.length > MOST_WIDE) {
      faults.push({ path, message: `This has ${entries.length} entries. Give at most ${MOST_WIDE}.` });
    } else if (path.length >= MOST_DEEP) {
      faults.push({ path, message: 'This is nested too deep: no definition has so many levels.' });
    } else {
      for (const [key, inner] of entries.toReversed()) {
        const at = [...path, key.slice(0, 100)];
        const fault = Array.isArray(value) ? null : keyFault(key, at);
        if (fault) faults.push(fault);
        else left.push({ value: inner, path: at });
      }
    }
  }
  return faults;
}
