import { expect, test } from '@jest/globals';
import { schemaDiff } from '../../src/platform/database/schema-diff.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

test('the migrations make what the entities say', async () => {
  expect(await schemaDiff(desk.app.desk.database)).toEqual([]);
});
