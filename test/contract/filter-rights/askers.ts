import { Role } from '../../../src/platform/auth/viewer.js';
import { Client } from '../../support/client.js';
import type { TestDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { seesTicket, type Table } from '../authorisation/table.js';
import { Judge } from '../authorisation/verdict.js';
import type { Known } from '../authorisation/world.js';
import { act } from '../stage/actor.js';
import { clientOf, PLACES, type Place, VIEWERS, type ViewerName } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { looksAt, mayAskBy } from './criteria.js';
import type { Question } from './questions.js';

/** Somebody who asks: by which rights of the table, and what tickets they see, where it is not what the table says. */
export interface Asker {
  as: ViewerName;
  sees?: readonly Place[];
  client: Client;
}

/** Whoever asks by criteria: everybody of the table, and who stands elsewhere than they. */
export const ASKERS = [
  ...VIEWERS,
  "AGENT's API key",
  'AGENT of the restricted team',
  'CUSTOMER of the other ticket',
] as const;
export type AskerName = (typeof ASKERS)[number];

/** @param people on whose stage nothing was explored yet: a key is made */
export async function inviteAskers(desk: TestDesk, stage: Stage): Promise<Record<AskerName, Asker>> {
  const input = { name: 'Reads', scopes: ['READ'] };
  const { secret } = await act(stage.schema, await desk.as(Role.AGENT), 'createApiKey', input, 'secret');
  const viewers = await Promise.all(
    VIEWERS.map(async (as) => [as, { as, client: await clientOf(desk, as) }] as const),
  );
  return {
    ...(Object.fromEntries(viewers) as unknown as Record<ViewerName, Asker>),
    "AGENT's API key": { as: Role.AGENT, client: new Client(() => desk.app.url, secret) },
    'AGENT of the restricted team': { as: Role.AGENT, sees: PLACES, client: await desk.as(at('vault')) },
    'CUSTOMER of the other ticket': {
      as: Role.CUSTOMER,
      sees: ['OTHER'],
      client: await desk.as(at('other')),
    },
  };
}

/** What there is of a type that an asker sees. */
export function seenBy(
  { as, sees }: Asker,
  type: string,
  stage: Stage,
  table: Table,
  known: ReadonlyMap<string, Known>,
): Known[] {
  const judge = new Judge(stage, table, known, as, new Map(), 'anywhere');
  const places = sees ?? PLACES.filter((place) => seesTicket(as, place));
  return [...known.values()].filter(
    (it) =>
      it.type.name === type &&
      (type === 'Ticket' ? places.includes(it.place as Place) : judge.maySee(it.truth.id)),
  );
}

/** What the table has a question refused with; null where it is answered. */
export function codeFor({ use }: Question, { as }: Asker, table: Table): string | null {
  const root = use.parent.name === 'Query' ? table.queries : table.subscriptions;
  const letter = root.get(use.field.name)?.(as, 'OWN') ?? '';
  const closed = { U: 'UNAUTHENTICATED', F: 'FORBIDDEN' }[letter];
  return closed ?? (mayAskBy(table, as, use.criterion) ? null : 'FORBIDDEN');
}

export const isLive = ({ use }: Question) => use.parent.name === 'Subscription';

/** What an asker asks: of tickets alone, where those make who they are; of live lists once in each place. */
export function askedBy({ sees }: Asker, questions: readonly Question[], table: Table): Question[] {
  const live = new Set<string>();
  return questions.filter((question) => {
    const { criterion } = question.use;
    if (sees && looksAt(table, criterion).type !== 'Ticket') return false;
    if (!isLive(question)) return true;
    const asked = `${criterion} ${question.way}`;
    const again = live.has(asked);
    live.add(asked);
    return !again;
  });
}
