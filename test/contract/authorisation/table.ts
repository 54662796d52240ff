import { readFileSync } from 'node:fs';
import { Role } from '../../../src/platform/auth/viewer.js';
import { PLACES, type Place, VIEWERS, type ViewerName } from '../stage/people.js';

/** What the table says of a type: who may see an object of it, and who may read which of its fields. */
export interface TypeRule {
  seenBy: string;
  fields: ReadonlyMap<string, string>;
}

/** What becomes of a root field: by viewer and place, a letter of the legend. */
export type RootRule = (viewer: ViewerName, place: Place) => string;

/** What things can be asked by: the field that it looks at, and who may use it. */
export interface Criterion {
  looksAt: string;
  openTo: string;
}

export interface Table {
  types: ReadonlyMap<string, TypeRule>;
  queries: ReadonlyMap<string, RootRule>;
  mutations: ReadonlyMap<string, RootRule>;
  subscriptions: ReadonlyMap<string, RootRule>;
  /** Which scope of an API key each mutation takes. */
  scopes: ReadonlyMap<string, string>;
  criteria: ReadonlyMap<string, Criterion>;
}

/** Reads `rules.md`, beside this file. */
export function readTable(): Table {
  const text = readFileSync('test/contract/authorisation/rules.md', 'utf8');
  const section = (title: string) => {
    const part = text.split(/^## /m).find((each) => each.startsWith(`${title}\n`));
    if (part === undefined) throw new Error(`rules.md has no section ${title}`);
    return part
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim().replace(/^`|`$/g, '')),
      );
  };
  const roots = (title: string) =>
    new Map(section(title).map(([name = '', ...cells]) => [name, rootRule(cells)]));
  return {
    types: new Map(
      section('Types').map(([name = '', seenBy = '', ...lists]) => [name, typeRule(seenBy, lists)]),
    ),
    queries: roots('Queries'),
    mutations: roots('Mutations'),
    subscriptions: roots('Subscriptions'),
    scopes: new Map(section('Mutations').map((row) => [row[0] ?? '', row[VIEWERS.length + 1] ?? ''])),
    criteria: new Map(
      section('Criteria').map(([name = '', looksAt = '', openTo = '']) => [name, { looksAt, openTo }]),
    ),
  };
}

function rootRule(cells: string[]): RootRule {
  return (viewer, place) => {
    const cell = cells[VIEWERS.indexOf(viewer)] ?? '';
    return (cell.length === 1 ? cell : cell[PLACES.indexOf(place)]) ?? '';
  };
}

/** @param lists open to whoever sees the object; for staff; then others, each `ROLE ROLE: field field` */
function typeRule(seenBy: string, [open = '', staff = '', others = '']: string[]): TypeRule {
  const words = (list: string) => list.split(/\s+/).filter((word) => word !== '');
  const fields = new Map<string, string>();
  for (const field of words(open)) fields.set(field, 'open');
  for (const field of words(staff)) fields.set(field, 'staff');
  for (const part of others.split(';')) {
    const [who = '', list = ''] = part.split(':');
    for (const field of words(list)) fields.set(field, who.trim());
  }
  return { seenBy, fields };
}

const STAFF: readonly string[] = Object.values(Role).filter((role) => role !== Role.CUSTOMER);
export const isStaff = (viewer: ViewerName) => STAFF.includes(viewer);

/** What customers get of a field that they may ask for all the same. */
export const SENT_ONLY = 'customers, SENT only';
export const NULL_ONLY = 'customers, null';

/** Whether a viewer is let to a field of what they see: to its value, or to what is shown in its stead. */
export function mayRead({ types }: Table, viewer: ViewerName, type: string, field: string): boolean {
  const rule = types.get(type)?.fields.get(field);
  if (rule === 'open') return true;
  if (rule === 'staff') return isStaff(viewer);
  if (rule === SENT_ONLY || rule === NULL_ONLY) return true;
  return rule?.split(' ').includes(viewer) ?? false;
}

/** Which tickets a viewer sees; the table's own words are at the head of `rules.md`. */
export function seesTicket(viewer: ViewerName, place: Place): boolean {
  if (viewer === 'anonymous') return false;
  if (viewer === Role.MANAGER || viewer === Role.QA_MANAGER) return true;
  return place !== 'OTHER';
}
