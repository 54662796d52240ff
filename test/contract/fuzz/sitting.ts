import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import type { Table } from '../authorisation/table.js';
import { VIEWERS, type ViewerName } from '../stage/people.js';
import { type Operation, operation, subscription } from './operations.js';
import { openTo } from './pool.js';
import { UPHEAVALS, type Upheaval } from './upheaval.js';
import { type Pool, Values } from './values.js';

/** Who can subscribe to anything. */
export const SIGNED_IN = VIEWERS.filter((viewer) => viewer !== 'anonymous');

/** When a client completes a subscription: in the same breath, while things happen, after them, or never. */
export type Ends = 'AT_ONCE' | 'AMID' | 'AFTER' | 'NEVER';
/** How a client leaves; by all but the first two it does what the protocol forbids. */
const LEAVES = ['CLOSES', 'BREAKS_OFF', 'TAKES_A_TAKEN_ID', 'BEGINS_AGAIN', 'BABBLES', 'SHOUTS'] as const;
export type Leave = (typeof LEAVES)[number];

export interface Planned {
  field: string;
  operation: Operation;
  /** Whether it is begun only while things happen. */
  late: boolean;
  ends: Ends;
}

/** What everybody does who sits there at the same time, each at a socket of their own. */
export interface Sitting {
  seats: { viewer: ViewerName; planned: Planned[]; leaves: Leave }[];
  /** What is done meanwhile, and by whom. */
  acts: { by: ViewerName; operation: Operation }[];
  /** What changes meanwhile who may see what. */
  upheaval: Upheaval | null;
  /** What those ask for who have no good token. */
  wanted: Operation;
}

/**
 * Any sitting. Half of the subscriptions are the same for everybody, as those of a front end are: what is worked
 * out for one is then given to others, if they are alike.
 * @param size how many subscriptions each has; @param turn counts sittings: the fields take turns
 */
export function sittings(
  schema: GraphQLSchema,
  pool: Pool,
  table: Table,
  { size, turn }: { size: number; turn: number },
): fc.Arbitrary<Sitting> {
  return fc.gen().map((gen) => {
    const values = new Values(gen, pool);
    const fields = [...table.subscriptions.keys()];
    const planned = (field: string, operation = subscription(schema, values, field)): Planned => ({
      field,
      operation,
      late: values.chance(25),
      ends: values.one<Ends>(['AT_ONCE', 'AMID', 'AFTER', 'AFTER', 'NEVER']),
    });
    const seats = shuffled(values, SIGNED_IN).map((viewer) => ({
      viewer,
      planned: [] as Planned[],
      leaves: values.one<Leave>(['CLOSES', 'CLOSES', 'BREAKS_OFF', ...LEAVES]),
    }));
    for (let n = 0; n < size; n += 1) {
      const field = fields[(turn * size + n) % fields.length] as string;
      const common = values.chance(50) ? subscription(schema, values, field) : null;
      for (const seat of seats) {
        const open = [...openTo(seat.viewer, table.subscriptions)];
        const own = open.includes(field) || values.chance(25) ? field : values.one(open);
        seat.planned.push(common ? planned(field, common) : planned(own));
      }
    }
    const acts = Array.from({ length: size }, () => {
      const by = values.one(SIGNED_IN);
      return { by, operation: operation(schema, values, 'mutation', openTo(by, table.mutations)) };
    });
    const wanted = subscription(schema, values, values.one(fields));
    // At first everybody is told something by the rights that they have.
    const upheaval = turn > 0 && values.chance(60) ? values.one(UPHEAVALS) : null;
    return { seats, acts, upheaval, wanted };
  });
}

/** In any order: what is worked out once is worked out for whoever comes first. */
function shuffled<T>(values: Values, all: readonly T[]): T[] {
  const left = [...all];
  return all.map(() => left.splice(left.indexOf(values.one(left)), 1)[0] as T);
}
