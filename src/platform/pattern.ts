import { RE2JS, RE2JSException } from 're2js';

/**
 * Regular expressions that people other than programmers may write: RE2's, which take a time that grows
 * with the text and never with its powers, whatever the pattern.
 */
const MOST_KEPT = 500;
const compiled = new Map<string, RE2JS | null>();

function compile(pattern: string): RE2JS | null {
  let found = compiled.get(pattern);
  if (found !== undefined) return found;
  try {
    found = RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    found = null;
  }
  if (compiled.size >= MOST_KEPT) compiled.delete(compiled.keys().next().value as string);
  compiled.set(pattern, found);
  return found;
}

/** Whether the pattern can be read: RE2 knows no back references and no look-around. */
export function isPattern(pattern: string): boolean {
  return compile(pattern) !== null;
}

/** Whether the pattern matches the whole text. A pattern that can't be read matches nothing. */
export function matchesWhole(pattern: string, text: string): boolean {
  return compile(pattern)?.matches(text) ?? false;
}
