import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  type OperationTypeNode,
} from 'graphql';
import { type Pool, Values } from './values.js';

export interface Operation {
  kind: 'query' | 'mutation' | 'subscription';
  query: string;
  variables: Record<string, unknown>;
}

const MOST_FIELDS = 5;
const DEPTH = 5;

/**
 * Any query or mutation of the schema, valid by construction, of one to three root fields.
 * @param open root fields that are not refused to whoever plays: what lies behind them is tried more often
 */
export function operations(
  schema: GraphQLSchema,
  pool: Pool,
  open: ReadonlySet<string>,
): fc.Arbitrary<Operation> {
  return fc.gen().map((gen) => {
    const values = new Values(gen, pool);
    return operation(schema, values, values.one(['query', 'mutation'] as const), open);
  });
}

/** One of them. */
export function operation(
  schema: GraphQLSchema,
  values: Values,
  kind: 'query' | 'mutation',
  open: ReadonlySet<string>,
): Operation {
  return new Writer(schema, values).ofFields(kind, open);
}

/** A subscription to this field, valid by construction, whose deliveries say what they are about. */
export function subscription(schema: GraphQLSchema, values: Values, field: string): Operation {
  return new Writer(schema, values).subscription(field);
}

/** What a subscription is always asked for: what it tells of, and where that stands in the log. */
const TELLS: Record<string, string> = {
  queueChanges: 'cursor move ticketId',
  ticketEvents: 'cursor id detail { __typename }',
  myWork: 'cursor changes { move stepId }',
  approvalRequests: 'cursor changes { move stepId }',
  deskCounts: 'cursor byTeam { key }',
  ticketPresence: 'ticketId accessEnded',
};

/** In how many of a hundred an argument of pages is given that only goes with some of the others. */
const RARE: Record<string, number> = { last: 8, before: 8, after: 15 };
const chanceOf = ({ name, type }: GraphQLArgument) =>
  (getNamedType(type).name === 'Cursor' ? undefined : RARE[name]) ?? 35;

class Writer {
  private readonly variables: Record<string, unknown> = {};
  private readonly heads: string[] = [];
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
  ) {}

  ofFields(kind: 'query' | 'mutation', open: ReadonlySet<string>): Operation {
    const fields = this.rootFields(kind);
    const allowed = fields.filter(({ name }) => open.has(name));
    const all = allowed.length > 0 && this.values.chance(75) ? allowed : fields;
    const roots = Array.from({ length: this.values.one([1, 1, 1, 2, 3]) }, () => this.values.one(all));
    const always = kind === 'mutation' ? 'userErrors { code }' : '';
    return this.whole(kind, roots.map((field) => this.field(field, DEPTH, always)).join(' '));
  }

  subscription(name: string): Operation {
    const field = this.rootFields('subscription').find((each) => each.name === name);
    const tells = TELLS[name];
    if (!field || !tells) throw new Error(`Say in TELLS what ${name} is about`);
    return this.whole('subscription', this.field(field, DEPTH, tells));
  }

  private rootFields(kind: Operation['kind']): GraphQLField<unknown, unknown>[] {
    const root = this.schema.getRootType(kind as OperationTypeNode) as GraphQLObjectType;
    return Object.values(root.getFields());
  }

  private whole(kind: Operation['kind'], body: string): Operation {
    const heads = this.heads.length > 0 ? `(${this.heads.join(', ')})` : '';
    return { kind, query: `${kind} ${heads} { ${body} }`, variables: this.variables };
  }

  /**
   * Each under a name of its own, so that no two fields of one name differ.
   * @param always what is asked of it besides what is made up
   */
  private field(field: GraphQLField<unknown, unknown>, room: number, always = ''): string {
    this.fields += 1;
    const alias = `f${this.fields}`;
    const given = field.args.filter((arg) => isRequiredArgument(arg) || this.values.chance(chanceOf(arg)));
    const passed = given.map((arg) => {
      const variable = `v${this.heads.length}`;
      this.heads.push(`$${variable}: ${arg.type}`);
      this.variables[variable] = this.values.of(arg.type, arg.name);
      return `${arg.name}: $${variable}`;
    });
    const parts = this.selection(field.type, room - 1);
    const shown = parts.replace('{', `{ ${always}`);
    return `${alias}: ${field.name}${passed.length ? `(${passed.join(', ')})` : ''}${shown}`;
  }

  private selection(type: GraphQLOutputType, room: number): string {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return '';
    if (isAbstractType(named)) {
      const members = Array.from({ length: 2 }, () => this.values.one(this.schema.getPossibleTypes(named)));
      return ` { __typename ${members.map((member) => `... on ${member.name}${this.parts(member, room)}`).join(' ')} }`;
    }
    return this.parts(named as GraphQLObjectType, room);
  }

  private parts(type: GraphQLObjectType, room: number): string {
    const open = Object.values(type.getFields()).filter(
      (field) => room > 0 || !isCompositeType(getNamedType(field.type)),
    );
    if (open.length === 0 || this.fields > 60) return ' { __typename }';
    const chosen = Array.from({ length: this.values.one([1, 2, 3, MOST_FIELDS]) }, () =>
      this.values.one(open),
    );
    return ` { __typename ${chosen.map((field) => this.field(field, room)).join(' ')} }`;
  }
}
