import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

/** What real values an operation may name: ids of things of the desk by their prefix, and cursors. */
export interface Pool {
  ids: ReadonlyMap<string, readonly string[]>;
  cursors: readonly string[];
  /** Cursors of pages. */
  pages: readonly string[];
}

/** Texts that have broken something somewhere before. */
const TEXTS = [
  '',
  ' ',
  'x',
  '\u202e\u0301',
  '👩‍👩‍👧‍👦',
  "'; drop table ticket; --",
  '%_\\%',
  '{{form.Words}} {{ticket.__proto__}} {% raw %}',
  '<img src=x onerror=alert(1)>',
  'one\r\ntwo: three',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e400',
  '9'.repeat(40),
  'long '.repeat(30),
  '(a+)+$',
  '[',
  'UTC',
  'Europe/Berlin',
  'everything',
  'make',
  'check',
  '09:00',
  '25:99',
];
/** Texts that are refused wherever they stand, so that nothing else of the operation is tried. */
const REFUSED = ['\u0000', 'a\u0000b', '\ud800', 'x'.repeat(3_000)];
/** What gets further in a field of that name. */
const FITTING: Record<string, readonly string[]> = {
  field: ['Words', 'More', 'Score', 'Hours', 'Who', 'Team', 'By', 'Report', 'Feedback'],
  subject: ['make', 'check'],
  subjects: ['make'],
  process: ['everything', 'moving', 'six-stage', 'retired', 'drafted'],
  key: ['everything', 'drafted', 'new-key'],
  timeZone: ['UTC', 'Europe/Berlin'],
  from: ['09:00', '00:00'],
  to: ['17:00', '24:00'],
  idempotencyKey: ['one', 'two'],
};
/** Small pages mostly, or nothing but the limits would be tried. */
const FITTING_WHOLE: Record<string, readonly number[]> = {
  first: [1, 2, 3, 5],
  last: [1, 2, 3, 5],
  expectedVersion: [1, 2, 3, 5],
  expectedAttempt: [1, 2, 3, 5],
  everyMilliseconds: [250, 500, 1_000],
};
const WHOLE = [-2147483648, -1, 0, 1, 2, 3, 5, 100, 101, 1_000_000, 2147483647];
const NUMBERS = [...WHOLE, 0.1, -0.5, 1e-300, 1e300, Number.MAX_SAFE_INTEGER];
const MOMENTS = [
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '2026-02-28T23:59:59.999Z',
  '2030-06-01T12:00:00+14:00',
  '2040-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59Z',
];
const DATES = ['0001-01-01', '1970-01-01', '2024-02-29', '2030-06-01', '9999-12-31'];
const ADDRESSES = [
  'new@example.com',
  "o'brien+tag@example.com",
  'customer@demo.stepdesk.example',
  'AGENT@demo.stepdesk.example',
];
const JSONS = [
  true,
  0,
  '',
  [],
  {},
  [[[[[]]]]],
  { steps: [] },
  { key: 'x', name: 'x', description: 'x', steps: [{}] },
  'Words',
  4,
  '2030-06-01',
  ['x'],
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
  [{ name: '../x.png', type: 'image/png', size: -1 }],
  1e300,
];

/** Which ids a field of this name is about; any where it says nothing. */
function prefixOf(name: string): string | null {
  const noun = name.replace(/(Id|Ids|s)$/, '').toLowerCase();
  const known: Record<string, string> = {
    owner: 'agent',
    lead: 'agent',
    member: 'agent',
    standin: 'agent',
    toagent: 'agent',
    innameof: 'agent',
    toversion: 'procver',
    to: 'procver',
    from: 'procver',
    organization: 'org',
    escalationteam: 'team',
  };
  return known[noun] ?? noun;
}

/** Values that GraphQL takes for any input of the schema. */
export class Values {
  constructor(
    private readonly gen: GeneratorValue,
    private readonly pool: Pool,
  ) {}

  one<T>(from: readonly T[]): T {
    return from[this.gen(fc.nat, from.length - 1)] as T;
  }

  chance(percent: number): boolean {
    return this.gen(fc.nat, 99) < percent;
  }

  /** @param name of the argument or field; @param room how much deeper inputs may nest */
  of(type: GraphQLInputType, name: string, room = 3): unknown {
    return !isNonNullType(type) && this.chance(10) ? null : this.present(type, name, room);
  }

  private present(type: GraphQLInputType, name: string, room: number): unknown {
    const bare = getNullableType(type);
    if (isListType(bare)) {
      const count = room <= 0 ? 0 : this.one([0, 1, 1, 2, 3]);
      return Array.from({ length: count }, () => this.of(bare.ofType, name, room - 1));
    }
    if (isEnumType(bare)) return this.one(bare.getValues()).name;
    if (!isInputObjectType(bare)) return this.scalar(bare.name, name);
    const fields = Object.values(bare.getFields());
    if (bare.isOneOf) {
      const field = this.one(fields);
      return { [field.name]: this.present(field.type, field.name, room - 1) };
    }
    const given = fields.filter((field) => isRequiredInputField(field) || (room > 0 && this.chance(35)));
    return Object.fromEntries(given.map((field) => [field.name, this.of(field.type, field.name, room - 1)]));
  }

  private scalar(type: string, name: string): unknown {
    if (type === 'ID') return this.id(name);
    if (type === 'Int') return this.int(name);
    if (type === 'Float') return this.one(NUMBERS);
    if (type === 'Boolean') return this.chance(50);
    if (type === 'DateTime') return this.one(MOMENTS);
    if (type === 'Date') return this.one(DATES);
    if (type === 'EmailAddress') return this.one(ADDRESSES);
    if (type === 'JSON') return this.chance(2) ? { [this.one(REFUSED)]: 1 } : this.one(JSONS);
    if (type === 'Cursor') return this.one(this.pool.cursors);
    if (type === 'String') return this.text(name);
    throw new Error(`Say in Values what a ${type} may be`);
  }

  private int(name: string): number {
    const fitting = FITTING_WHOLE[name];
    return this.one(fitting && this.chance(90) ? fitting : WHOLE);
  }

  private text(name = ''): string {
    if (this.chance(1)) return this.one(REFUSED);
    if (['after', 'before'].includes(name) && this.chance(90)) return this.one(this.pool.pages);
    if (this.chance(60)) return this.one(FITTING[name] ?? ['Words']);
    return this.chance(80) ? this.one(TEXTS) : this.gen(fc.string, { unit: 'binary', maxLength: 12 });
  }

  private id(name: string): string {
    const fitting = this.pool.ids.get(prefixOf(name) ?? '');
    if (fitting && this.chance(92)) return this.one(fitting);
    return this.chance(90) ? this.one(this.pool.ids.get('') ?? ['x']) : this.text();
  }
}
