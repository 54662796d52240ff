import { PGlite } from '@electric-sql/pglite';
import { expect, test } from '@jest/globals';
import { model } from '../../src/app.js';
import { migrations } from '../../src/migrations/migrations.js';
import { embeddedDatabase } from '../../src/platform/database/database.js';

test('a desk with processes and runs becomes one with drafts, and keeps them', async () => {
  const pglite = await PGlite.create();
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0003-definitions'),
  );
  const old = await embeddedDatabase(pglite, { ...model, migrations: before });
  await old.orm.migrator.up();
  const definition = JSON.stringify({ key: 'old', name: 'Old', description: '', steps: [] });
  await pglite.exec(`begin;
    insert into process (id, key, name, description, version_id) values ('p1', 'old', 'Old', '', 'v1');
    insert into process_version (id, process_id, number, hash, definition, published_at)
      values ('v1', 'p1', 1, 'h', '${definition}', '2026-01-01');
    commit`);

  const now = await embeddedDatabase(pglite, model);
  await now.orm.migrator.up();
  const row = await now.sql.selectFrom('process').selectAll().executeTakeFirst();
  expect(row).toMatchObject({ key: 'old', version_id: 'v1', draft_version: 1, retired_at: null });
  expect(row?.draft).toEqual(JSON.parse(definition));
  await pglite.close();
});
