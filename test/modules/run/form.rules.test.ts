import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FIELD_TYPES } from '../../../src/modules/process/field.vocabulary.js';
import type { FieldDefinition } from '../../../src/modules/process/process.definition.js';
import { checkAnswers } from '../../../src/modules/run/form.rules.js';
import { DomainError } from '../../../src/platform/errors.js';
import { matchesWhole } from '../../../src/platform/pattern.js';
import { faultsBy } from './definitions.js';

const file = { name: 'log.txt', url: 'https://x.example/log.txt', size: 12, type: 'text/plain' };
const uploaded = { id: 'file_1', name: 'a.png', size: 900, type: 'image/png' };
const known = {
  agentIds: new Set(['ann', 'bob']),
  teamIds: new Set(['t1']),
  matches: matchesWhole,
  files: new Map([
    ['file_1', { name: 'a.png', size: 900, contentType: 'image/png', stored: true }],
    ['file_2', { name: 'b.png', size: 900, contentType: 'image/png', stored: false }],
  ]),
  wasGiven: (key: string, { name }: { name: string }) => key === 'f' && [file.name, 'ü.png'].includes(name),
};
const options = ['High', 'Low'];

function field(rest: Partial<FieldDefinition>): FieldDefinition {
  return { key: 'f', label: 'Field', type: 'SHORT_TEXT', ...rest };
}

function check(definition: FieldDefinition, value: unknown) {
  return checkAnswers([definition], [{ field: definition.key, value }], known);
}

describe('accepted and normalised', () => {
  it.each<[Partial<FieldDefinition>, unknown, unknown]>([
    [{ type: 'SHORT_TEXT' }, '  a b ', 'a b'],
    [{ type: 'SHORT_TEXT' }, '{{ticket.number}} <b>', '{{ticket.number}} <b>'],
    [{ type: 'SHORT_TEXT' }, '😀'.repeat(255), '😀'.repeat(255)],
    [{ type: 'SHORT_TEXT', max: 300 }, 'x'.repeat(300), 'x'.repeat(300)],
    [{ type: 'LONG_TEXT' }, ' a\r\n\tb\n', ' a\n\tb\n'],
    [{ type: 'NUMBER' }, 0, 0],
    [{ type: 'NUMBER' }, -0, 0],
    [{ type: 'NUMBER', min: -1, max: 1 }, -1, -1],
    [{ type: 'DATE' }, '2024-02-29', '2024-02-29'],
    [{ type: 'EMAIL' }, ' ann+x@mail.example.com ', 'ann+x@mail.example.com'],
    [{ type: 'EMAIL' }, "o'neil@exämple.de", "o'neil@exämple.de"],
    [{ type: 'PHONE' }, '+49 (30) 123-45/6.7', '+49 (30) 123-45/6.7'],
    [{ type: 'URL' }, 'HTTPS://x.example/a?b=c#d', 'HTTPS://x.example/a?b=c#d'],
    [{ type: 'DROPDOWN', options }, 'Low', 'Low'],
    [{ type: 'MULTI_CHOICE', options }, ['Low', 'High'], ['Low', 'High']],
    [{ type: 'MEMBERS' }, ['bob', 'ann'], ['bob', 'ann']],
    [{ type: 'TEAM' }, 't1', 't1'],
    [{ type: 'FILE' }, [file], [file]],
    [{ type: 'FILE' }, ['file_1'], [uploaded]],
    [{ type: 'FILE' }, [{ id: 'file_1' }], [uploaded]],
    [{ type: 'FILE' }, [{ ...uploaded, name: 'free.exe', size: 1 }], [uploaded]],
    [{ type: 'FILE', maxSize: 900, types: ['image/*'], max: 1 }, ['file_1'], [uploaded]],
    [
      { type: 'FILE' },
      [{ name: 'ü.png', url: null, size: 0, type: undefined }],
      [{ name: 'ü.png', size: 0 }],
    ],
    [{ type: 'RATING' }, 5, 5],
    [{ type: 'RATING', min: 0, max: 10 }, 10, 10],
    [{ type: 'CHECKBOX' }, false, false],
    [{ type: 'CHECKBOX', required: true }, false, false],
  ])('%j takes %j', (definition, value, stored) => {
    expect(check(field(definition), value)).toStrictEqual({ f: stored });
  });
});

describe('refused values', () => {
  it.each<[Partial<FieldDefinition>, unknown]>([
    ...[
      'a\nb',
      'a\u2028b',
      'a\u0000',
      'a\r',
      '\u001b[31m',
      'a\u0085',
      '\ud800',
      'x'.repeat(256),
      5,
      true,
      {},
      ['a'],
    ].map((value): [Partial<FieldDefinition>, unknown] => [{ type: 'SHORT_TEXT' }, value]),
    [{ type: 'SHORT_TEXT', min: 3 }, 'ab'],
    [{ type: 'SHORT_TEXT', min: 3 }, ' ab  '],
    [{ type: 'LONG_TEXT' }, 'x'.repeat(20_001)],
    [{ type: 'LONG_TEXT' }, 'a\rb'],
    [{ type: 'LONG_TEXT' }, 'a\u0007'],
    ...['5', Number.NaN, Infinity, true, [5]].map((value): [Partial<FieldDefinition>, unknown] => [
      { type: 'NUMBER' },
      value,
    ]),
    [{ type: 'NUMBER', min: 1 }, 0],
    [{ type: 'NUMBER', max: 1 }, 1.1],
    ...[
      '2025-02-29',
      '2025-13-01',
      '2025-00-10',
      '2025-1-1',
      '01.02.2025',
      '2025-02-01T00:00',
      '+12025-01-01',
      20250101,
    ].map((value): [Partial<FieldDefinition>, unknown] => [{ type: 'DATE' }, value]),
    ...[
      'a',
      'a@b',
      '@b.de',
      'a@b.de\n',
      'a@b.de\r\nBcc: c@d.de',
      'a b@c.de',
      'a@b..de',
      'a@-b.de',
      'a@b.de,c@d.de',
      '<a@b.de>',
      `${'a'.repeat(65)}@b.de`,
      `a@${'b.'.repeat(130)}de`,
      5,
    ].map((value): [Partial<FieldDefinition>, unknown] => [{ type: 'EMAIL' }, value]),
    ...['1234', '1'.repeat(21), '12345 ext 6', '+49\n30123', 'phone', 12345].map(
      (value): [Partial<FieldDefinition>, unknown] => [{ type: 'PHONE' }, value],
    ),
    ...[
      'javascript:alert(1)',
      'http:x',
      'ftp://x.example',
      'x.example',
      'https://',
      'https://a b.example',
      'java\nscript:x',
      'data:text/html,x',
      'https://\\x',
      5,
    ].map((value): [Partial<FieldDefinition>, unknown] => [{ type: 'URL' }, value]),
    [{ type: 'DROPDOWN', options }, 'low'],
    [{ type: 'DROPDOWN', options }, ['Low']],
    [{ type: 'DROPDOWN' }, 'Low'],
    [{ type: 'MULTI_CHOICE', options }, 'Low'],
    [{ type: 'MULTI_CHOICE', options }, ['Low', 'Low']],
    [{ type: 'MULTI_CHOICE', options }, ['Low', 'Middle']],
    [{ type: 'MULTI_CHOICE', options, max: 1 }, ['Low', 'High']],
    [{ type: 'MULTI_CHOICE', options, min: 2 }, ['Low']],
    [{ type: 'MEMBERS' }, 'ann'],
    [{ type: 'MEMBERS' }, ['ann', 'ann']],
    [{ type: 'MEMBERS' }, ['t1']],
    [{ type: 'MEMBERS' }, [null]],
    [{ type: 'TEAM' }, 'ann'],
    [{ type: 'TEAM' }, ['t1']],
    ...['', ' ', '.', '..', 'a/b', '..\\b', 'a\u0000', 'a\nb', 'x'.repeat(256), 5, undefined].map(
      (name): [Partial<FieldDefinition>, unknown] => [{ type: 'FILE' }, [{ name }]],
    ),
    [{ type: 'FILE' }, file],
    [{ type: 'FILE' }, ['log.txt']],
    [{ type: 'FILE' }, [null]],
    [{ type: 'FILE' }, [[]]],
    [{ type: 'FILE' }, [{ ...file, path: '/etc' }]],
    [{ type: 'FILE' }, [JSON.parse('{"name":"a","__proto__":{"x":1}}')]],
    [{ type: 'FILE' }, [{ ...file, url: 'javascript:alert(1)' }]],
    [{ type: 'FILE' }, [{ ...file, size: -1 }]],
    [{ type: 'FILE' }, [{ ...file, size: 1.5 }]],
    [{ type: 'FILE' }, [{ ...file, type: 'text/html\r\nx' }]],
    [{ type: 'FILE', max: 1 }, [file, file]],
    [{ type: 'FILE' }, [{ name: 'new.txt' }]],
    [{ type: 'FILE' }, ['file_2']],
    [{ type: 'FILE' }, ['file_3']],
    [{ type: 'FILE' }, [{ id: 'file_3', name: 'a.png' }]],
    [{ type: 'FILE' }, [{ id: 5 }]],
    [{ type: 'FILE' }, ['file_1', 'file_1']],
    [{ type: 'FILE' }, ['file_1', { id: 'file_1' }]],
    [{ type: 'FILE', maxSize: 899 }, [{ id: 'file_1', size: 1 }]],
    [{ type: 'FILE', types: ['text/plain'] }, [{ id: 'file_1', type: 'text/plain' }]],
    ...[0, 6, 2.5, '3'].map((value): [Partial<FieldDefinition>, unknown] => [{ type: 'RATING' }, value]),
    ...['true', 1, 0, 'on'].map((value): [Partial<FieldDefinition>, unknown] => [
      { type: 'CHECKBOX' },
      value,
    ]),
  ])('%j refuses %j', (definition, value) => {
    const faults = faultsBy(() => check(field(definition), value));
    expect(faults).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'answers', '0', 'value'] }]);
    expect(faults[0]?.message).toMatch(/^"Field": .+\.$/s);
  });
});

describe('unanswered', () => {
  it.each([[null], [undefined], [''], [' \n'], [[]]])(
    '%j is dropped, or asked for when required',
    (value) => {
      for (const type of FIELD_TYPES) {
        expect(check(field({ type, options }), value)).toStrictEqual({});
        const [fault] = faultsBy(() => check(field({ type, options, required: true }), value));
        expect(fault).toMatchObject({ code: 'REQUIRED', path: ['input', 'answers'] });
        expect(fault?.message).toContain('"Field"');
        expect(fault?.message).toContain(' f.');
      }
    },
  );
});

describe('a whole form', () => {
  const fields = [
    field({ key: 'a', required: true }),
    field({ key: 'b', type: 'NUMBER', required: true }),
    field({ key: 'c', required: true }),
  ];

  it('reports every fault at once, and a bad value not also as missing', () => {
    const given = [
      { field: 'b', value: 'x' },
      { field: 'nowhere', value: 1 },
      { field: 'c', value: 'fine' },
      { field: 'c', value: 'again' },
    ];
    const faults = faultsBy(() => checkAnswers(fields, given, known));
    expect(faults.map(({ code, path }) => `${code} ${path?.join('.')}`)).toEqual([
      'INVALID_INPUT input.answers.0.value',
      'INVALID_INPUT input.answers.1.field',
      'INVALID_INPUT input.answers.3.field',
      'REQUIRED input.answers',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('treats the key %j as any unknown one', (key) => {
    const faults = faultsBy(() => checkAnswers([field({})], [{ field: key, value: { polluted: 1 } }], known));
    expect(faults).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'answers', '0', 'field'] }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is plain data, also for a field whose key is a word of the language', () => {
    const stored = checkAnswers(
      [field({ key: 'constructor' })],
      [{ field: 'constructor', value: 'x' }],
      known,
    );
    expect(Object.getPrototypeOf(stored)).toBe(Object.prototype);
    expect(Object.entries(stored)).toEqual([['constructor', 'x']]);
  });

  it('either refuses or stores what survives JSON and passes again unchanged, whatever comes in', () => {
    const value = fc.oneof(
      fc.anything({ withNullPrototype: true }),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), value, (type, anything) => {
        const definition = field({ type, options });
        try {
          const stored = check(definition, anything);
          expect(JSON.parse(JSON.stringify(stored))).toStrictEqual(stored);
          if ('f' in stored) expect(check(definition, stored.f)).toStrictEqual(stored);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
