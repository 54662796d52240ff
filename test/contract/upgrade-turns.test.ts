import { PGlite } from '@electric-sql/pglite';
import { expect, test } from '@jest/globals';
import { model } from '../../src/app.js';
import { migrations } from '../../src/migrations/migrations.js';
import { embeddedDatabase } from '../../src/platform/database/database.js';

test('absences and delegations from before begin and end at their time', async () => {
  const pglite = await PGlite.create();
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0009-turns-and-overdue'),
  );
  const old = await embeddedDatabase(pglite, { ...model, migrations: before });
  await old.orm.migrator.up();
  const day = (n: number) => `now() + interval '${n} days'`;
  await pglite.exec(`
    set session_replication_role = replica;
    insert into absence (id, agent_id, starts_at, ends_at, stand_in_id, created_at) values
      ('over', 'a', ${day(-2)}, ${day(-1)}, 's', now()),
      ('under-way', 'a', ${day(-1)}, ${day(1)}, null, now());
    insert into approval_delegation (id, owner_id, delegate_id, starts_at, ends_at, created_at) values
      ('to-come', 'o', 'd', ${day(1)}, ${day(2)}, now());
    set session_replication_role = origin;`);
  const database = await embeddedDatabase(pglite, model);
  await database.orm.migrator.up();
  const { rows } = await pglite.query(
    `select key, kind, stream_id, data, fired_at from deadline order by key`,
  );
  const turn = (key: string, what: string, agentIds: string[]) => ({
    key,
    kind: 'DEPUTIES_TURN',
    stream_id: 'deputies',
    data: { what, agentIds },
    fired_at: null,
  });
  expect(rows).toEqual([
    turn('deputies:to-come:BEGAN', 'DELEGATION_BEGAN', ['o', 'd']),
    turn('deputies:to-come:OVER', 'DELEGATION_OVER', ['o', 'd']),
    turn('deputies:under-way:OVER', 'ABSENCE_OVER', ['a']),
  ]);
  await database.close();
});
