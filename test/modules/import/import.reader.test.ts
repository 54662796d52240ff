import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COLUMNS, columns } from '../../../src/modules/import/import.columns.rules.js';
import { type Row, rowsOf } from '../../../src/modules/import/import.reader.js';

const header = Object.values(COLUMNS).join(',');
const width = columns.length;
/** A row whose description is the given field, as it stands in the file. */
const row = (id: number | string, description = 'text') =>
  columns
    .map((column) => ({ ticketId: id, ticketDescription: description })[column as string] ?? 'x')
    .join(',');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stepdesk-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<Row[]> {
  const file = join(folder, 'file.csv');
  await writeFile(file, content);
  return allOf(file);
}
async function allOf(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const one of rowsOf(file)) rows.push(one);
  return rows;
}
/** Each row as `line:id`, a broken one with a question mark. */
const outline = (rows: Row[]) =>
  rows.map((one) =>
    'values' in one ? `${one.line}:${one.values.ticketId}` : `${one.line}:${one.firstField}?`,
  );

describe('rows that cost no other row', () => {
  test.each<[string, string[], string[]]>([
    [
      'a quote never closed',
      [row(1), row(2, '"open\nmore'), row(3), row(4, '"a\nb"')],
      ['2:1', '3:2?', '5:3', '6:4'],
    ],
    ['a quote never closed, at the end', [row(1), row(2, '"open'), row(3)], ['2:1', '3:2?', '4:3']],
    ['a quote never opened', [row(1, 'a\nb"'), row(2, '"a\nb"'), row(3)], ['2:1?', '4:2', '6:3']],
    ['text after a closing quote', [row(1, '"a"b'), row(2)], ['2:1?', '3:2']],
    ['a quote within a field', [row(1, 'a"b'), row(2, '"a ""b"" c"'), row(3)], ['2:1?', '3:2', '4:3']],
    ['too few columns', ['1,x', row(2)], ['2:1?', '3:2']],
    ['too many columns', [`${row(1, '"a\nb"')},x`, row(2)], ['2:1?', '4:2']],
    ['two broken rows in a row', ['1,x', '2,"x', row(3)], ['2:1?', '3:2?', '4:3']],
    ['a broken row after which one lacks its id', ['1,"x', row(''), row(3)], ['2:1?', '3:', '4:3']],
    ['empty lines', ['', row(1), '  ', '', row(2), ''], ['3:1', '6:2']],
  ])('%s', async (_, lines, expected) => {
    expect(outline(await read(`${header}\n${lines.join('\n')}`))).toEqual(expected);
  });

  test('a row longer than any ticket', async () => {
    const rows = await read(
      `${header}\n${row(1, `"${'x\n'.repeat(140_000)}"`)}\n${row(2, 'y'.repeat(300_000))}\n${row(3)}\n`,
    );
    expect(outline(rows)).toEqual(['2:1?', '140003:2?', '140004:3']);
    expect(rows[0]).toMatchObject({ fault: expect.stringContaining('more than 262144 characters') });
  });
});

describe('what programs write differently', () => {
  test('a mark at the beginning, quoted names, CR LF, another order and more columns', async () => {
    const names = ['More', ...Object.values(COLUMNS).toReversed()].map((name) => `"${name}"`).join(',');
    const fields = ['more', ...columns.toReversed().map((column) => `"${column}\r\n2"`)].join(',');
    const [first, ...others] = await read(`\uFEFF${names}\r\n${fields}\r\n`);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      line: 2,
      values: { ticketId: 'ticketId\r\n2', resolution: 'resolution\r\n2' },
    });
  });

  test('bytes that are not UTF-8 are told', async () => {
    const content = Buffer.from(`${header}\n${row(1, 'caf\u00e9')}\n`, 'latin1');
    expect(await read(content)).toMatchObject([
      { intact: false, values: { ticketDescription: 'caf\uFFFD' } },
    ]);
    expect(await read(`${header}\n${row(1, '\uFFFD')}\n`)).toMatchObject([{ intact: true }]);
  });
});

describe('a file that is none of this kind', () => {
  test.each([
    ['', 'lacks the columns Ticket ID, Customer Name'],
    [header.replace('Ticket Status,', ''), 'lacks the columns Ticket Status.'],
    ['PK\u0003\u0004\0\0', 'lacks the columns'],
  ])('%j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  test('or no file at all', async () => {
    await expect(allOf(join(folder, 'none.csv'))).rejects.toThrow('there is no such file');
    await expect(allOf(folder)).rejects.toThrow('it is a folder');
  });
});

test('the sample: every row once, in order, with its line', async () => {
  const rows = await allOf(fileURLToPath(new URL('./sample.csv', import.meta.url)));
  expect(outline(rows)).toEqual([
    '2:1',
    '6:2',
    '8:3',
    '9:4',
    '11:5',
    '12:6',
    '14:',
    '15:8',
    '16:9?',
    '17:10?',
    '19:11',
    '22:3',
    '23:13',
    '24:14',
  ]);
  expect(width).toBe(14);
});
