import { beforeAll, expect, test } from '@jest/globals';
import { type DeskEvent, readEvents } from '../../docs/recipes/event-log.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { AddNoteDocument, CreateApiKeyDocument } from '../generated/graphql.js';
import { create } from '../modules/ticket/play.js';
import type { Client } from '../support/client.js';
import { useDesk } from '../support/desk.js';

/** The recipe for integrations, with an API key, as `docs/integrations.md` shows it. */
const desk = useDesk();
let manager: Client;
let key: string;
let ticketId: string;

beforeAll(async () => {
  manager = await desk.as(Role.MANAGER);
  const input = { name: 'Follower', scopes: ['READ' as const], expiresAt: '2099-01-01T00:00:00Z' };
  key = (await manager.ask(CreateApiKeyDocument, { input })).createApiKey.secret as string;
  ticketId = await create(manager);
});

const note = async (from: number, to: number) => {
  for (let n = from; n < to; n += 1)
    await manager.ask(AddNoteDocument, { input: { ticketId, body: `Note ${n}` } });
  await desk.caughtUp();
};

/** A program that keeps what it took and where it stands. */
class Program {
  readonly taken: DeskEvent[] = [];
  place: string | null = null;

  read(failAt = Number.POSITIVE_INFINITY): Promise<boolean> {
    return readEvents(
      desk.app.url,
      key,
      this.place,
      async (event) => {
        if (this.taken.length === failAt) throw new Error('Out of space');
        this.taken.push(event);
      },
      async (cursor) => {
        this.place = cursor;
      },
    );
  }

  get notes(): number {
    return this.taken.filter(
      ({ ticket, detail }) => ticket.id === ticketId && detail.__typename === 'MessageAdded',
    ).length;
  }
}

test('a program that fails on the way, and is away for a while, has every event once and in order', async () => {
  const program = new Program();
  await note(0, 120);
  await expect(program.read(70)).rejects.toThrow('Out of space');
  expect(program.taken).toHaveLength(70);
  expect(await program.read()).toBe(false);
  expect(program.notes).toBe(120);
  await desk.restart();
  await note(120, 130);
  await program.read();
  await program.read();
  expect(program.notes).toBe(130);
  const ids = program.taken.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const times = program.taken.map(({ occurredAt }) => occurredAt);
  expect(times).toEqual([...times].sort());
});

test('a place that the log does not know is told, and a key that is none refused', async () => {
  const program = new Program();
  program.place = Buffer.alloc(24).toString('base64url');
  expect(await program.read()).toBe(true);
  expect(await program.read()).toBe(false);
  await expect(
    readEvents(
      desk.app.url,
      'sd_live_none',
      null,
      async () => undefined,
      async () => undefined,
    ),
  ).rejects.toThrow('UNAUTHENTICATED');
});
