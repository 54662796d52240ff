import { describe, expect, test } from '@jest/globals';
import {
  addressOf,
  COLUMNS,
  lineOf,
  quoted,
  ratingOf,
  stampOf,
  ticketIdOf,
} from '../../../src/modules/import/import.columns.rules.js';

const now = new Date('2026-03-14T09:00:00Z');

describe('a single value', () => {
  test.each([
    ['2023-06-01 12:15:36', new Date('2023-06-01T12:15:36Z')],
    [' 2024-02-29 00:00:00 ', new Date('2024-02-29T00:00:00Z')],
    ['2026-03-14 23:00:00', new Date('2026-03-14T23:00:00Z')],
    ['', null],
  ])('%j is a moment', (text, value) => expect(stampOf(text, now)).toEqual({ value }));

  test.each([
    '2023-02-29 00:00:00',
    '2023-06-01 24:00:00',
    '2023-06-01T12:15:36',
    '2023-06-01',
    '0000-01-01 00:00:00',
    '1969-12-31 23:59:59',
    '2026-03-14 23:00:01',
    'yesterday',
  ])('%j is no moment', (text) => expect(stampOf(text, now)).toHaveProperty('fault'));

  test.each([
    ['1', 1],
    ['5.0', 5],
    [' 3.00 ', 3],
    ['', null],
  ])('%j is a rating', (text, value) => expect(ratingOf(text)).toEqual({ value }));

  test.each(['0', '6', '3.5', '-1', '1e0', '٣', 'good'])('%j is no rating', (text) =>
    expect(ratingOf(text)).toHaveProperty('fault'),
  );

  test.each(['a@b.example', "o'hara+x@sub.example.com", 'UPPER@EXAMPLE.COM'])('%j is an address', (text) =>
    expect(addressOf(text)).toEqual({ value: text.toLowerCase() }),
  );

  test.each([
    'a@b@c.example',
    'a@-b.example',
    'a b@c.example',
    '@c.example',
    'a@c.example,b@c.example',
    'ä@c.example',
    `${'a'.repeat(250)}@c.example`,
  ])('%j is no address', (text) => expect(addressOf(text)).toHaveProperty('fault'));

  test.each(['0', '-1', '1.0', '1e3', 'SD-1', '1234567890123456789'])('%j is no id', (text) =>
    expect(ticketIdOf(text)).toHaveProperty('fault'),
  );

  test('in one line loses its line breaks and whatever steers a terminal', () => {
    expect(lineOf(' a\r\nb\t\u001b[31mc ', 20)).toEqual({ value: 'a b [31mc' });
    expect(quoted('a\nb')).toBe('"a b"');
    expect(quoted('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
  });
});

test('no column of personal data without a use is read', () => {
  expect(Object.values(COLUMNS).filter((name) => /Age|Gender|Date of Purchase/.test(name))).toEqual([]);
});
