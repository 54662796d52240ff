import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GraphQLObjectType } from 'graphql';
import { Role } from '../../src/platform/auth/viewer.js';
import { useDesk } from '../support/desk.js';
import { follow } from './authorisation/subscriptions.js';
import { mayRead, readTable } from './authorisation/table.js';
import { askFor, explore, type Known, type Thing } from './authorisation/world.js';
import { askAll } from './filter-rights/ask.js';
import {
  ASKERS,
  type Asker,
  type AskerName,
  askedBy,
  codeFor,
  inviteAskers,
  isLive,
  seenBy,
} from './filter-rights/askers.js';
import { looksAt, looksAtField, mayAskBy, readsField, usesOf } from './filter-rights/criteria.js';
import { everythingFor, everythingToldTo, hiddenInCursors, lasting } from './filter-rights/everything.js';
import { Listener, listedBeyond } from './filter-rights/live.js';
import { type Question, Questions, type Reply } from './filter-rights/questions.js';
import { wrongIn } from './filter-rights/right.js';
import { changeInside, changeOther, type Elsewhere, setApart } from './filter-rights/worlds.js';
import { type Place, VIEWERS } from './stage/people.js';
import { type Stage, setStage } from './stage/stage.js';

const desk = useDesk({ QUERY_COST: '10000000', HEARTBEAT_SECONDS: '1' });
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(180_000);
const table = readTable();
let stage: Stage;
let elsewhere: Elsewhere;
let askers: Record<AskerName, Asker>;
let known: Map<string, Known>;
let questions: Question[];
beforeAll(async () => {
  stage = await setStage(desk);
  elsewhere = await setApart(desk, stage);
  askers = await inviteAskers(desk, stage);
  known = await explore(desk, stage);
  const made = new Questions(stage, table, known);
  questions = usesOf(stage.schema)
    .filter(({ criterion }) => looksAtField(table, criterion))
    .flatMap((use) => made.of(use));
}, 120_000);

const ask = (name: AskerName) => {
  const asker = askers[name];
  return askAll(stage, asker.client, askedBy(asker, questions, table));
};
const replies = new Map<AskerName, Map<Question, Reply>>();
/** What somebody was told by criteria before anything was changed. */
async function repliesTo(name: AskerName): Promise<Map<Question, Reply>> {
  const told = replies.get(name) ?? (await ask(name));
  replies.set(name, told);
  return told;
}

test('every criterion has a rule, and every rule a criterion', () => {
  const criteria = new Set(usesOf(stage.schema).map(({ criterion }) => criterion));
  expect([...table.criteria.keys()].sort()).toEqual([...criteria].sort());
});

test('a criterion is open to nobody who may not read the field that it looks at', () => {
  const criteria = [...table.criteria.keys()].filter((criterion) => looksAtField(table, criterion));
  const beyond = VIEWERS.flatMap((as) =>
    criteria
      .filter((criterion) => mayAskBy(table, as, criterion) && !readsField(table, as, criterion))
      .map((criterion) => `${as}: ${criterion}`),
  );
  expect(beyond).toEqual([]);
});

/** What of a reply is not as the table says. */
function wrong(question: Question, reply: Reply, asker: Asker): string | undefined {
  const code = codeFor(question, asker, table);
  if (reply.code !== code) return `it is ${code ?? 'open'}, and they got ${reply.text.slice(0, 200)}`;
  if (code !== null) return undefined;
  const seen = seenBy(asker, looksAt(table, question.use.criterion).type, stage, table, known);
  const things: Thing[] = seen.map(({ truth }) => truth);
  if (!isLive(question))
    return wrongIn(question, reply.value, things.filter(question.means), [...known.values()], table);
  const ids = things.map(({ id }) => id);
  const beyond = listedBeyond(ids, reply.value);
  return beyond.length > 0 ? `it lists ${beyond}` : undefined;
}

describe.each(ASKERS)('%s', (name) => {
  test('finds by every criterion what is right, or is refused it in the same words whatever they ask', async () => {
    const faults: string[] = [];
    const words = new Map<string, string>();
    for (const [question, reply] of await repliesTo(name)) {
      const { form, args } = question;
      const fault = wrong(question, reply, askers[name]);
      if (fault) faults.push(`${form} ${JSON.stringify(args)}: ${fault}`);
      if (reply.code === null) continue;
      const others = words.get(form) ?? reply.text;
      if (others !== reply.text)
        faults.push(`${form}: ${others}, but of ${JSON.stringify(args)} ${reply.text}`);
      words.set(form, others);
    }
    expect(faults).toEqual([]);
  });

  test('reads in no cursor what they may not read', async () => {
    const { as, client } = askers[name];
    const everything = await everythingFor(stage, client, known);
    const answers = [...(await repliesTo(name)).values(), ...everything.values()];
    expect(answers.flatMap((answer) => hiddenInCursors(answer, known, table, as))).toEqual([]);
  });

  test('is told counts of what they see alone', async () => {
    const { as, client } = askers[name];
    const field = stage.schema.getSubscriptionType()?.getFields().deskCounts;
    const { letter, values } = await follow(stage, client, field as NonNullable<typeof field>, 'OWN');
    expect(letter).toBe(table.subscriptions.get('deskCounts')?.(as, 'OWN'));
    if (letter !== 'V') return;
    const seen: Thing[] = seenBy(askers[name], 'Ticket', stage, table, known).map(({ truth }) => truth);
    const tally = (of: (ticket: Thing) => string) =>
      Object.fromEntries([...Map.groupBy(seen, of)].map(([key, all]) => [key, all.length]));
    const counted = (counts: Thing[]) => Object.fromEntries(counts.map(({ key, count }) => [key, count]));
    const { total, overdue, byStatus, byTeam, byPriority } = values[0];
    // All of them are late.
    expect({ total, overdue }).toEqual({ total: seen.length, overdue: seen.length });
    expect(counted(byStatus)).toEqual(tally(({ status }) => status));
    expect(counted(byTeam)).toEqual(tally(({ team }) => team.id));
    expect(counted(byPriority)).toEqual(tally(({ priority }) => priority));
  });
});

/** Everything that somebody is told, as text, by what it was told for. */
async function toldTo(name: AskerName, asked: Map<Question, Reply>): Promise<Map<string, string>> {
  const { client } = askers[name];
  const [found, heard] = [await everythingFor(stage, client, known), await everythingToldTo(stage, client)];
  return new Map([
    ...[...asked].map(([{ form, args }, { text }]) => [`${form} ${JSON.stringify(args)}`, text] as const),
    ...[...found, ...heard].map(([what, value]) => [what, lasting(value)] as const),
  ]);
}

const truthOf = (place: Place): Thing => known.get(stage.tickets[place])?.truth;

/** Has somebody listen to live lists that a ticket is in, by whatever is open to them. */
function listen(name: AskerName, place: Place): Promise<Listener> {
  const lists = questions.filter(
    (each) =>
      isLive(each) &&
      each.way === 0 &&
      each.means(truthOf(place)) &&
      codeFor(each, askers[name], table) === null,
  );
  return Listener.to(desk, stage, askers[name].client, lists);
}

/** The fields of a ticket that can be asked by, of which this holds, and that are what they were. */
async function unchangedOn(place: Place, holds: (field: string) => boolean): Promise<string[]> {
  const type = stage.schema.getType('Ticket') as GraphQLObjectType;
  const { things } = await askFor(stage, askers.MANAGER.client, type, [stage.tickets[place]]);
  const fields = [...table.criteria.keys()]
    .map((criterion) => looksAt(table, criterion))
    .filter(({ type, field }) => type === 'Ticket' && holds(field));
  expect(fields.length).toBeGreaterThan(0);
  return fields
    .map(({ field }) => field)
    .filter((field) => lasting(things[0][field]) === lasting(truthOf(place)[field]));
}

test.each([Role.CUSTOMER, Role.AGENT] as const)(
  '%s: a page of the log says that more follows only where they see something of it',
  async (name) => {
    const query = `query ($after: Cursor, $ticket: ID) {
      events(first: 1, after: $after, ticket: $ticket) { hasMore cursor events { id } } }`;
    for (const ticket of [stage.tickets.OWN, null]) {
      const pages: Thing[] = [];
      do {
        const after = pages.at(-1)?.cursor ?? null;
        const { data } = await askers[name].client.send<Thing, unknown>(query, { after, ticket });
        pages.push(data.events);
      } while (pages.at(-1).hasMore);
      expect(pages.length).toBeGreaterThan(10);
      expect(pages.filter(({ events }) => events.length === 0)).toEqual([]);
    }
  },
);

test('whatever is hidden may change, and nobody from whom it is hidden can tell', async () => {
  const staff = [Role.AGENT, Role.TEAM_LEAD, Role.ADMIN, "AGENT's API key"] as const;
  const before = new Map<AskerName, Map<string, string>>();
  await Promise.all(
    [...staff, Role.CUSTOMER].map(async (name: AskerName) =>
      before.set(name, await toldTo(name, await repliesTo(name))),
    ),
  );
  const news = async (name: AskerName) => {
    const [then, now] = [before.get(name), await toldTo(name, await ask(name))];
    const other = [...now].filter(([what, text]) => then?.get(what) !== text);
    return other.map(([what, text]) => `${name}: ${what} was ${then?.get(what)}, and is ${text}`);
  };
  const deaf = await Promise.all(staff.map((name) => listen(name, 'OTHER')));
  const [customer, manager] = await Promise.all([
    listen(Role.CUSTOMER, 'OWN'),
    listen(Role.MANAGER, 'OTHER'),
  ]);
  expect([...deaf, customer].filter(({ size }) => size < 5)).toEqual([]);
  try {
    await changeOther(desk, stage, elsewhere);
    const heard = await Promise.all([...deaf, customer].map((listener) => listener.heard()));
    expect(heard.flat()).toEqual([]);
    expect(await manager.heard()).toHaveLength(manager.size);
    expect(await unchangedOn('OTHER', () => true)).toEqual([]);
    expect((await Promise.all(staff.map((name) => news(name)))).flat()).toEqual([]);

    await changeInside(desk, stage, elsewhere);
    expect(await customer.heard()).toEqual([]);
    const isHidden = (field: string) => !mayRead(table, Role.CUSTOMER, 'Ticket', field);
    expect(await unchangedOn('OWN', isHidden)).toEqual([]);
    expect(await news(Role.CUSTOMER)).toEqual([]);
  } finally {
    await Promise.all([...deaf, customer, manager].map((listener) => listener.close()));
  }
});
