import { Role } from '../../platform/auth/viewer.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';

/** How people and teams may be described. Pure. */

const MOST_NAME = 200;
const MOST_ADDRESS = 254;
const MOST_SKILLS = 50;
const MOST_SKILL = 100;

const invalid = (message: string, field: string) =>
  new DomainError(ErrorCode.INVALID_INPUT, message, ['input', field]);

/** A name, trimmed. It goes into headers of mail: on one line. @throws DomainError REQUIRED, INVALID_INPUT */
export function nameOf(text: string): string {
  const name = text.trim();
  if (name === '') throw new DomainError(ErrorCode.REQUIRED, 'Give a name.', ['input', 'name']);
  if (name.length > MOST_NAME || /\p{Cc}|[\u2028\u2029]/u.test(name))
    throw invalid(`A name has at most ${MOST_NAME} characters, all on one line.`, 'name');
  return name;
}

/** An e-mail address as it is kept: in lower case. @throws DomainError INVALID_INPUT */
export function addressOf(email: string): string {
  if (email.length > MOST_ADDRESS)
    throw invalid(`An e-mail address has at most ${MOST_ADDRESS} characters.`, 'email');
  return email.toLowerCase();
}

/** The roles of somebody who works here, each once. @throws DomainError INVALID_INPUT for none, or with CUSTOMER */
export function rolesOf(roles: readonly Role[]): Role[] {
  if (roles.includes(Role.CUSTOMER))
    throw invalid('CUSTOMER stands alone: who asks is a customer, made by createCustomer.', 'roles');
  if (roles.length === 0)
    throw invalid('Give at least one role; who has left is deactivated instead.', 'roles');
  return Object.values(Role).filter((role) => roles.includes(role));
}

/** Skills, trimmed, each once. @throws DomainError INVALID_INPUT */
export function skillsOf(skills: readonly string[]): string[] {
  const known = [...new Set(skills.map((skill) => skill.trim()))];
  if (known.length > MOST_SKILLS) throw invalid(`There are at most ${MOST_SKILLS} skills.`, 'skills');
  if (known.some((skill) => skill === '' || skill.length > MOST_SKILL || /\p{Cc}/u.test(skill)))
    throw invalid(`A skill has 1 to ${MOST_SKILL} characters, all on one line.`, 'skills');
  return known;
}

/** Something as people edit it. */
export interface Versioned {
  version: number;
}

/** @throws DomainError STALE when it is at another version than was expected */
export function checkVersion(
  noun: string,
  { version }: Versioned,
  expected: number | null | undefined,
): void {
  if (expected == null || version === expected) return;
  throw new DomainError(
    ErrorCode.STALE,
    `The ${noun} is at version ${version}, not ${expected}: read it again and repeat what still holds.`,
    ['input', 'expectedVersion'],
  );
}

/** What changed, by name: before and after. */
export type Changes = Record<string, { from: unknown; to: unknown }>;

/** What of it people wrote or are called by: a record says that it changed, and not how. */
const PERSONAL: readonly string[] = ['name', 'email', 'skills'];

/** Changes as a record keeps them: it can't be erased, so names and addresses stay out of it. */
export function recorded(changes: Changes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, PERSONAL.includes(name) ? true : change]),
  );
}

/**
 * Sets what is given and differs. The version grows with a change, and with nothing else.
 * @param given undefined leaves as it is
 */
export function amend<Thing extends Versioned>(thing: Thing, given: Partial<Thing>): Changes {
  const changes: Changes = {};
  for (const [name, to] of Object.entries(given)) {
    const from = thing[name as keyof Thing];
    if (to === undefined || JSON.stringify(from) === JSON.stringify(to)) continue;
    changes[name] = { from, to };
  }
  if (Object.keys(changes).length === 0) return changes;
  for (const [name, { to }] of Object.entries(changes)) thing[name as keyof Thing] = to as never;
  thing.version += 1;
  return changes;
}
