import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
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
 * Any operation of the schema, valid by construction, of one to three root fields.
 * @param open root fields that are not refused to whoever plays: what lies behind them is tried more often
 */
export function operations(
  schema: GraphQLSchema,
  pool: Pool,
  open: ReadonlySet<string>,
): fc.Arbitrary<Operation> {
  return fc.gen().map((gen) => new Writer(schema, new Values(gen, pool), open).write());
}

/** In how many of a hundred an argument is given that only goes with some of the others. */
const RARE: Record<string, number> = { last: 8, before: 8, after: 15 };

class Writer {
  private readonly variables: Record<string, unknown> = {};
  private readonly heads: string[] = [];
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
    private readonly open: ReadonlySet<string>,
  ) {}

  write(): Operation {
    const kind = this.values.one(['query', 'mutation'] as const);
    const root = (
      kind === 'query' ? this.schema.getQueryType() : this.schema.getMutationType()
    ) as GraphQLObjectType;
    const fields = Object.values(root.getFields());
    const open = fields.filter(({ name }) => this.open.has(name));
    const all = open.length > 0 && this.values.chance(75) ? open : fields;
    const roots = Array.from({ length: this.values.one([1, 1, 1, 2, 3]) }, () => this.values.one(all));
    const body = roots.map((field) => this.field(field, DEPTH, kind === 'mutation')).join(' ');
    const heads = this.heads.length > 0 ? `(${this.heads.join(', ')})` : '';
    return { kind, query: `${kind} ${heads} { ${body} }`, variables: this.variables };
  }

  /** Each under a name of its own, so that no two fields of one name differ. */
  private field(field: GraphQLField<unknown, unknown>, room: number, mutation = false): string {
    this.fields += 1;
    const alias = `f${this.fields}`;
    const given = field.args.filter(
      (arg) => isRequiredArgument(arg) || this.values.chance(RARE[arg.name] ?? 35),
    );
    const passed = given.map((arg) => {
      const variable = `v${this.heads.length}`;
      this.heads.push(`$${variable}: ${arg.type}`);
      this.variables[variable] = this.values.of(arg.type, arg.name);
      return `${arg.name}: $${variable}`;
    });
    const parts = this.selection(field.type, room - 1);
    const shown = mutation ? parts.replace('{', '{ userErrors { code }') : parts;
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
