import { expect, test } from '@jest/globals';
import { useDesk } from '../support/desk.js';

const desk = useDesk();

test('the migrations make what the entities say', async () => {
  const { orm } = desk.app.desk.database;
  expect(await orm.schema.getUpdateSchemaSQL({ wrap: false, safe: true })).toBe('');
});
