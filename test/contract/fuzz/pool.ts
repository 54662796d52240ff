import { Role } from '../../../src/platform/auth/viewer.js';
import type { TestDesk } from '../../support/desk.js';
import type { RootRule } from '../authorisation/table.js';
import { explore } from '../authorisation/world.js';
import type { Payload } from '../stage/actor.js';
import { PLACES, type ViewerName } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import type { Pool } from './values.js';

/** Everything on the stage that an operation may name. */
export async function poolOf(desk: TestDesk, stage: Stage): Promise<Pool> {
  const ids = new Map<string, string[]>();
  for (const [id] of await explore(desk, stage))
    for (const prefix of ['', id.split('_')[0] as string]) ids.set(prefix, [...(ids.get(prefix) ?? []), id]);
  const { data } = await (await desk.as(Role.MANAGER)).send<Payload, unknown>(
    '{ eventCursor tickets { edges { cursor } } customers { edges { cursor } } processes { edges { cursor } } }',
  );
  const pages = [data.tickets, data.customers, data.processes].flatMap(({ edges }) =>
    edges.map(({ cursor }: { cursor: string }) => cursor),
  );
  return { ids, cursors: [stage.before, stage.before, data.eventCursor, 'x'], pages };
}

/** The root fields that are not refused to somebody, whatever they are about. */
export function openTo(viewer: ViewerName, ...rules: ReadonlyMap<string, RootRule>[]): Set<string> {
  return new Set(
    rules
      .flatMap((each) => [...each])
      .filter(([, rule]) => PLACES.some((place) => !'UF'.includes(rule(viewer, place))))
      .map(([name]) => name),
  );
}
