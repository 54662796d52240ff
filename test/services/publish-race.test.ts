import { afterEach, expect, test } from '@jest/globals';
import type { App } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { PublishProcessDocument } from '../generated/graphql.js';
import { Editor, refusals } from '../modules/process/editor.js';
import { task } from '../modules/run/definitions.js';
import { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

const desk = useDesk();
let other: App;
afterEach(() => other.stop());

test('of two administrators who publish at once on two nodes, one makes the version', async () => {
  other = await desk.anotherNode();
  const here = await desk.as(Role.ADMIN);
  const there = new Client(() => other.url, here.token);
  for (let round = 0; round < 10; round += 1) {
    const process = await new Editor(here, `race-${round}`).create(task('a'));
    const input = { processId: process.id, expectedVersion: 1 };
    const both = await Promise.all(
      [here, there, here, there].map(
        async (client) => (await client.ask(PublishProcessDocument, { input })).publishProcess,
      ),
    );
    expect(both.flatMap(refusals)).toEqual(Array(3).fill('ALREADY_EXISTS input.processId'));
    expect((await process.load()).versions.totalCount).toBe(1);
  }
});
