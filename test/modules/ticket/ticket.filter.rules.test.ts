import { describe, expect, test } from '@jest/globals';
import type { TicketFacets } from '../../../src/modules/ticket/ticket.facets.js';
import {
  checkCriteria,
  FACET_OF,
  matches,
  type TicketCriteria,
} from '../../../src/modules/ticket/ticket.filter.rules.js';
import type { DomainError } from '../../../src/platform/errors.js';

/** The code and path of what a filter is refused with; null where it is taken. */
function refusal(criteria: TicketCriteria, forStaff = true): string | null {
  try {
    checkCriteria(criteria, forStaff);
    return null;
  } catch (error) {
    const { code, faults } = error as DomainError;
    return [code, ...(faults[0]?.path ?? [])].join(' ');
  }
}

const TO_STAFF = [
  'priority',
  'impact',
  'urgency',
  'team',
  'assignee',
  'customer',
  'organization',
  'escalationLevel',
  'updatedAt',
];
const TO_ALL = ['number', 'status', 'channel', 'category', 'product', 'createdAt', 'resolvedAt', 'closedAt'];

describe('what a customer may filter by', () => {
  test('every field is one or the other', () => {
    expect([...TO_STAFF, ...TO_ALL].sort()).toEqual(Object.keys(FACET_OF).sort());
  });

  test.each(TO_STAFF)('not by %s, at any depth', (field) => {
    const part = { [field]: { isNull: true } } as TicketCriteria;
    expect(refusal(part, false)).toBe(`FORBIDDEN where ${field}`);
    expect(refusal({ status: { eq: 'NEW' }, or: [{}, { and: [{ not: part }] }] }, false)).toBe(
      `FORBIDDEN where or 1 and 0 not ${field}`,
    );
    expect(refusal(part, true)).toBeNull();
    expect(refusal({ [field]: null } as TicketCriteria, false)).toBeNull();
  });

  test.each(TO_ALL)('by %s, at any depth', (field) => {
    expect(refusal({ not: { or: [{ [field]: {} }] } } as TicketCriteria, false)).toBeNull();
  });
});

describe('how large a filter may be', () => {
  const deep = (levels: number): TicketCriteria =>
    levels === 1 ? { status: { eq: 'NEW' } } : { and: [deep(levels - 1)] };
  test('8 deep and no deeper', () => {
    expect(refusal(deep(8))).toBeNull();
    expect(refusal(deep(9))).toMatch(/^INVALID_INPUT where and 0 and 0 /);
    expect(refusal(deep(3000))).toMatch(/^INVALID_INPUT where and 0 and 0 /);
  });

  test('200 parts and no more, however they are spread', () => {
    const parts = (count: number) => Array.from({ length: count }, () => ({ number: { eq: 1 } }));
    expect(refusal({ or: parts(199) })).toBeNull();
    expect(refusal({ or: parts(200) })).toBe('INVALID_INPUT where or 199');
    expect(refusal({ or: parts(100), and: parts(98) })).toBeNull();
    expect(refusal({ or: parts(100), and: parts(99) })).toBe('INVALID_INPUT where or 99');
  });
});

describe('what a filter means', () => {
  const facets = {
    number: 1042,
    status: 'OPEN',
    categoryId: null,
    createdAt: '2026-03-14T09:26:53.589Z',
    closedAt: null,
  } as TicketFacets;
  const at = (text: string) => new Date(text);
  test.each<[string, TicketCriteria, boolean]>([
    ['nothing', {}, true],
    ['side by side is AND', { status: { eq: 'OPEN' }, number: { gt: 1042 } }, false],
    ['comparators side by side too', { number: { gte: 1042, lte: 1042 } }, true],
    ['or', { or: [{ status: { eq: 'NEW' } }, { number: { lt: 2000 } }] }, true],
    ['none of nothing', { or: [] }, false],
    ['all of nothing', { and: [] }, true],
    ['not', { not: { status: { in: ['NEW', 'OPEN'] } } }, false],
    ['one of nothing', { status: { in: [] } }, false],
    ['none of nothing excluded', { status: { notIn: [] } }, true],
    ['what is absent is none of these', { category: { notIn: ['category_1'] } }, true],
    ['what is absent is not equal', { category: { eq: 'category_1' } }, false],
    ['so not equal holds', { not: { category: { eq: 'category_1' } } }, true],
    ['absent', { category: { isNull: true }, closedAt: { isNull: true } }, true],
    ['present', { createdAt: { isNull: false } }, true],
    [
      'what is absent is neither earlier nor later',
      { or: [{ closedAt: { lt: at('2027-01-01') } }, { closedAt: { gte: at('1990-01-01') } }] },
      false,
    ],
    [
      'moments to the millisecond',
      { createdAt: { gt: at('2026-03-14T09:26:53.588Z'), lt: at('2026-03-14T09:26:53.590Z') } },
      true,
    ],
    ['moments, not texts', { createdAt: { gte: at('2026-03-14T10:26:53.589+01:00') } }, true],
    ['null for not given', { status: null, number: { eq: null }, and: null, or: null, not: null }, true],
  ])('%s', (_, criteria, wanted) => {
    expect(matches(criteria, facets)).toBe(wanted);
  });
});

test('names at most a thousand values in all its lists, wherever they stand', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `category_${index}`);
  const check = (criteria: TicketCriteria) => () => checkCriteria(criteria, true);
  expect(check({ category: { in: ids(1000) } })).not.toThrow();
  expect(check({ category: { in: ids(1001) } })).toThrow('at most 1000 values');
  expect(check({ or: [{ category: { in: ids(600) } }, { not: { team: { notIn: ids(600) } } }] })).toThrow(
    'at most',
  );
});
