import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { DEFAULT_PAGE, MOST_PER_PAGE } from './connection.js';
import { sizeIn } from './size.js';
import { tooMuch } from './source-limits.js';

/** What counting a whole list costs, in objects. */
const TOTAL_COUNT = 10;
/** What a mutation costs beside what it answers with. */
const MUTATION = 10;
/** What asking for the schema costs, however much of it. */
const INTROSPECTION = 100;
/** Most fields that are looked at, with fragments written out wherever they are spread. */
const MOST_SELECTIONS = 5_000;

/**
 * The cost of an operation: how many objects its answer may hold, and something more for mutations, for
 * counting lists and for the schema. docs/limits.md has the formula.
 */
export interface Cost {
  /** Before it runs, by the page sizes asked for. */
  requested: number;
  /** Afterwards, by what the answer holds. */
  actual(data: unknown): number;
}

/** What is reckoned of a field: so much by itself, and what is asked of each object it leads to. */
interface Plan {
  surcharge: number;
  /** Of one object, itself excepted. */
  perObject: number;
  fields: Map<string, Plan>;
}

/**
 * @param variables as they were sent: the page sizes in them are read, whatever else they hold
 * @returns the cost; or a refusal where fragments spread so far that even reckoning takes too long
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Cost | GraphQLError {
  const root = schema.getRootType(operation.operation);
  if (!root) return { requested: 0, actual: () => 0 };
  const estimate = new Estimate(schema, document, withDefaults(operation, variables));
  const perRoot = operation.operation === 'mutation' ? MUTATION : 0;
  try {
    const plan = estimate.of(root, [operation.selectionSet], 0, perRoot);
    // The root is no object of the answer's.
    return { requested: plan.perObject, actual: (data) => Math.max(0, counted(plan, data) - 1) };
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

class Estimate {
  private selections = 0;
  private readonly fragments: Map<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Record<string, unknown>,
  ) {
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(
      (fragments as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
    );
  }

  /**
   * What selections on a type come to, for one object of it.
   * @param page how many edges or nodes it holds, where it is a connection
   * @param perField added to each field
   */
  of(type: GraphQLCompositeType, sets: SelectionSetNode[], page: number, perField = 0): Plan {
    if (isObjectType(type)) return this.ofOne(type, sets, page, perField);
    // Of several types that may be there, the dearest. Only those that are told apart can differ.
    const named = this.conditions(sets, new Set());
    const told = this.schema.getPossibleTypes(type).filter(({ name }) => named.has(name));
    const plans = [type, ...told].map((each) => this.ofOne(each, sets, page, perField));
    const fields = new Map(plans.flatMap((plan) => [...plan.fields]));
    return { surcharge: 0, perObject: Math.max(...plans.map(({ perObject }) => perObject)), fields };
  }

  private ofOne(type: GraphQLCompositeType, sets: SelectionSetNode[], page: number, perField: number): Plan {
    const plan: Plan = { surcharge: 0, perObject: 0, fields: new Map() };
    const collected = new Map<string, FieldNode[]>();
    for (const set of sets) this.collect(type, set, collected, new Set());
    for (const [name, nodes] of collected) {
      const [total, inner] = this.field(type, nodes, page, perField);
      plan.perObject += total;
      plan.fields.set(name, inner);
    }
    return plan;
  }

  private field(type: GraphQLCompositeType, nodes: FieldNode[], page: number, more: number): [number, Plan] {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return leaf(INTROSPECTION);
    const field = isUnionType(type) ? undefined : type.getFields()[name];
    const named = field && getNamedType(field.type);
    if (!field || !isCompositeType(named)) return leaf(more + (name === 'totalCount' ? TOTAL_COUNT : 0));
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const plan = this.of(named, sets, isConnection(named) ? this.pageSize(node) : 0);
    plan.surcharge = more;
    return [more + this.objects(type, field, node, page) * (1 + plan.perObject), plan];
  }

  private objects(
    type: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    page: number,
  ): number {
    if (!isListType(getNullableType(field.type))) return 1;
    if (isConnection(type)) return page;
    const ids = this.argument(node, 'ids');
    if (Array.isArray(ids)) return ids.length;
    return sizeIn(field.extensions);
  }

  /** A size out of range counts as the largest: the field refuses it. */
  private pageSize(node: FieldNode): number {
    const asked = this.argument(node, 'last') ?? this.argument(node, 'first') ?? DEFAULT_PAGE;
    return typeof asked === 'number' && asked >= 0 ? Math.min(asked, MOST_PER_PAGE) : MOST_PER_PAGE;
  }

  private argument(node: FieldNode, name: string): unknown {
    const given = node.arguments?.find((argument) => argument.name.value === name);
    return given && this.value(given.value);
  }

  private value(node: ValueNode): unknown {
    return valueFromASTUntyped(node, this.variables);
  }

  /** The fields that one object of the type answers with, each under its name, as execution collects them. */
  private collect(
    type: GraphQLCompositeType,
    { selections }: SelectionSetNode,
    into: Map<string, FieldNode[]>,
    seen: Set<string>,
  ): void {
    for (const selection of selections) {
      this.look();
      if (this.isLeftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const nodes = into.get(name);
        if (nodes) nodes.push(selection);
        else into.set(name, [selection]);
        continue;
      }
      const fragment = this.fragmentOf(selection, seen);
      if (fragment && this.applies(fragment.typeCondition?.name.value, type))
        this.collect(type, fragment.selectionSet, into, seen);
    }
  }

  private fragmentOf(selection: Exclude<SelectionNode, FieldNode>, seen: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (seen.has(name)) return undefined;
    seen.add(name);
    return this.fragments.get(name);
  }

  private applies(condition: string | undefined, type: GraphQLCompositeType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return (
      isObjectType(type) &&
      isCompositeType(wanted) &&
      !isObjectType(wanted) &&
      this.schema.isSubType(wanted, type)
    );
  }

  /** Names of the types that the selections tell apart. */
  private conditions(sets: SelectionSetNode[], seen: Set<string>, names = new Set<string>()): Set<string> {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      this.look();
      if (selection.kind === Kind.FIELD) continue;
      const fragment = this.fragmentOf(selection, seen);
      if (!fragment) continue;
      if (fragment.typeCondition) names.add(fragment.typeCondition.name.value);
      this.conditions([fragment.selectionSet], seen, names);
    }
    return names;
  }

  /** @throws GraphQLError once too much was looked at */
  private look(): void {
    this.selections += 1;
    if (this.selections > MOST_SELECTIONS)
      throw tooMuch(
        'selections',
        `A request selects at most ${MOST_SELECTIONS} fields, fragments written out.`,
      );
  }

  private isLeftOut({ directives }: SelectionNode): boolean {
    return (directives ?? []).some(({ name, arguments: given }) => {
      const condition = given?.find((argument) => argument.name.value === 'if');
      const holds = condition && this.value(condition.value);
      return (name.value === 'skip' && holds === true) || (name.value === 'include' && holds === false);
    });
  }
}

function leaf(surcharge: number): [number, Plan] {
  return [surcharge, { surcharge, perObject: 0, fields: new Map() }];
}

function isConnection(type: GraphQLCompositeType): boolean {
  return type.name.endsWith('Connection');
}

/** What of a plan an answer holds. */
function counted(plan: Plan, value: unknown): number {
  if (value === null || value === undefined) return 0;
  return plan.surcharge + objectsIn(plan, value);
}

function objectsIn(plan: Plan, value: unknown): number {
  // A leaf: what a scalar holds is no object of the schema.
  if (plan.fields.size === 0) return 0;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + objectsIn(plan, each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 1;
  for (const [name, field] of plan.fields) sum += counted(field, (value as Record<string, unknown>)[name]);
  return sum;
}

function withDefaults(operation: OperationDefinitionNode, given: Record<string, unknown>) {
  const variables = { ...given };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue && variables[variable.name.value] === undefined)
      variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  return variables;
}
