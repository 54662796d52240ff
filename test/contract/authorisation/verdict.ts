import { isDeepStrictEqual } from 'node:util';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { Role } from '../../../src/platform/auth/viewer.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import { at } from '../../support/office.js';
import { CAST, marker, type Place, type ViewerName } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { everything } from '../stage/stage.process.js';
import { aliasOf, isConnection, isNode } from './selection.js';
import { isStaff, mayRead, NULL_ONLY, SENT_ONLY, seesTicket, type Table } from './table.js';
import type { Known, Thing } from './world.js';

/** Holds what a viewer got against the table and against what is there; collects whatever is otherwise. */
export class Judge {
  readonly faults: string[] = [];
  /** Every field that somebody was shown with a value: one that nobody sees in this play proves nothing. */
  readonly shown = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly table: Table,
    private readonly known: ReadonlyMap<string, Known>,
    private readonly viewer: ViewerName,
    private readonly refusals: ReadonlyMap<string, string>,
    private readonly place: string,
  ) {}

  /** Whether the table lets the viewer see the thing with this id. */
  maySee(id: string): boolean {
    const it = this.known.get(id);
    if (!it) throw new Error(`${id} turned up that was never found on the stage`);
    const { viewer } = this;
    const { seenBy } = this.table.types.get(it.type.name) ?? { seenBy: 'nobody' };
    const onTicket = it.place !== null && seesTicket(viewer, it.place);
    const visible = SEEN_BY[seenBy];
    if (!visible) throw new Error(`rules.md: ${it.type.name} is seen by "${seenBy}", which means nothing`);
    return visible({ viewer, staff: isStaff(viewer), onTicket, it, stage: this.stage });
  }

  /** Judges an object, part by part. @param at its path in the answer */
  object(type: GraphQLObjectType, truth: Thing, seen: Thing, at: string, member?: string): void {
    for (const field of Object.values(type.getFields())) {
      const key = member === undefined ? field.name : aliasOf(member, field.name);
      const path = within(at, key);
      if (!mayRead(this.table, this.viewer, type.name, field.name)) {
        if (seen[key] !== null || this.refusals.get(path) !== 'FORBIDDEN')
          this.fault(type, field, `is not for them, and they got ${show(seen[key])}`);
        continue;
      }
      if (this.refusals.has(path)) {
        this.fault(type, field, `is for them, and they got ${this.refusals.get(path)}`);
        continue;
      }
      if (seen[key] !== null && !(Array.isArray(seen[key]) && seen[key].length === 0))
        this.shown.add(`${type.name}.${field.name}`);
      this.value(type, field, truth[key], seen[key], path);
    }
  }

  /** Judges what a root field gave, of which the truth is not known: it leads only to what they may see. */
  answer(root: GraphQLObjectType, field: GraphQLField<unknown, unknown>, value: Thing): void {
    this.value(root, field, value, value, '');
  }

  private value(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    truth: Thing,
    seen: Thing,
    at: string,
  ): void {
    const named = getNamedType(field.type);
    const many = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    if (isLeafType(named)) {
      if (!this.leafIsRight(type, field, truth, seen))
        this.fault(type, field, `is ${show(truth)}, and they got ${show(seen)}`);
    } else if (isConnection(named)) this.page(type, field, truth, seen, at);
    else if (isInterfaceType(named) || (isObjectType(named) && isNode(named)))
      this.ids(type, field, idsOf(truth, many), idsOf(seen, many));
    else
      this.parts(type, field, many ? truth : [truth], many ? seen : [seen], (index) =>
        many ? within(at, index) : at,
      );
  }

  /** What has no id, part by part. */
  private parts(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    truth: Thing[] | null,
    seen: Thing[] | null,
    pathOf: (index: string) => string,
  ): void {
    const [all, got] = [truth ?? [], seen ?? []].map((list) => list.filter((part) => part !== null)) as [
      Thing[],
      Thing[],
    ];
    if (all.length !== got.length)
      this.fault(type, field, `has ${all.length} parts, and they got ${got.length}`);
    for (const [index, part] of all.slice(0, got.length).entries()) {
      const named = getNamedType(field.type);
      if (isObjectType(named)) this.object(named, part, got[index], pathOf(String(index)));
      else if (part.id !== undefined) this.ids(type, field, [part.id], idsOf(got[index], false));
      else {
        const of = this.stage.schema.getType(part.__typename) as GraphQLObjectType;
        this.object(of, part, got[index], pathOf(String(index)), of.name);
      }
    }
  }

  private leafIsRight(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    truth: Thing,
    seen: Thing,
  ): boolean {
    const of = this.table.types.get(type.name);
    const rule = of?.fields.get(field.name);
    if (of?.seenBy === MADE_ANEW) return seen !== null;
    if (rule === NULL_ONLY && !isStaff(this.viewer)) return seen === null;
    if (rule === SENT_ONLY && !isStaff(this.viewer)) return seen === (truth === 'SENT' ? truth : null);
    return isDeepStrictEqual(truth, seen);
  }

  /** What of a list may be seen is seen, in its order, and nothing else. */
  private ids(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    truth: string[],
    seen: string[],
  ): void {
    const expected = truth.filter((id) => this.maySee(id));
    if (!isDeepStrictEqual(expected, seen))
      this.fault(type, field, `leads them to ${show(expected)}, and they got ${show(seen)}`);
  }

  private page(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    truth: Thing,
    seen: Thing,
    at: string,
  ): void {
    const { nodes } = (getNamedType(field.type) as GraphQLObjectType).getFields();
    const of = getNamedType(nodes?.type as GraphQLOutputType) as GraphQLObjectType;
    if (!isNode(of))
      for (const [index, part] of seen.nodes.entries())
        this.object(of, part, part, `${within(at, 'nodes')}.${index}`);
    else this.ids(type, field, idsOf(truth.nodes, true), idsOf(seen.nodes, true));
    const behind = seen.edges.map(({ node }: Thing) => node.id);
    if (
      !isDeepStrictEqual(
        behind,
        seen.nodes.map(({ id }: Thing) => id),
      )
    )
      this.fault(type, field, `has other edges than nodes: ${show(behind)}`);
    if (seen.totalCount !== seen.nodes.length)
      this.fault(type, field, `counts ${seen.totalCount} where they see ${seen.nodes.length}`);
    if (seen.pageInfo.hasNextPage || seen.pageInfo.hasPreviousPage)
      this.fault(type, field, 'says that there is more');
  }

  private fault(type: GraphQLObjectType, field: { name: string }, what: string): void {
    this.faults.push(`${this.viewer}, ${this.place}: ${type.name}.${field.name} ${what}`);
  }
}

interface Sight {
  viewer: ViewerName;
  staff: boolean;
  /** Whether they see the ticket on which it hangs. */
  onTicket: boolean;
  it: Known;
  stage: Stage;
}

/** What is another the next time that it is asked for: a link that ends in a while. */
const MADE_ANEW = 'a part, made anew';

/** What the words of the column "seen by" mean. */
const SEEN_BY: Record<string, (sight: Sight) => boolean> = {
  'the ticket’s readers': ({ onTicket }) => onTicket,
  'the ticket’s readers of staff': ({ onTicket, staff }) => onTicket && staff,
  'the ticket’s readers; PUBLIC ones to customers': ({ onTicket, staff, it }) =>
    onTicket && (staff || it.truth.visibility === 'PUBLIC'),
  'the ticket’s readers; of customers what they are told': ({ onTicket, staff, it }) =>
    onTicket && (staff || it.truth.name.startsWith(marker(it.place as Place, 'PUBLIC'))),
  'the ticket’s readers; shown ones to customers': ({ onTicket, staff, it }) =>
    onTicket && (staff || SHOWN.has(it.truth.key)),
  'the ticket’s readers; of customers its own': ({ onTicket, staff, it }) =>
    onTicket && (staff || it.place === 'OWN'),
  staff: ({ staff }) => staff,
  'everybody signed in': ({ viewer }) => viewer !== 'anonymous',
  'staff; themself and colleagues': ({ viewer, staff, it, stage }) =>
    staff ||
    (viewer === Role.CUSTOMER &&
      [CAST.OWN, CAST.TEAM].some(({ customer }) => stage.people[customer] === it.truth.id)),
  'ADMIN, MANAGER': ({ viewer }) => viewer === Role.ADMIN || viewer === Role.MANAGER,
  'its owner; ADMIN': ({ viewer, it }) =>
    viewer === Role.ADMIN || (viewer === Role.AGENT && it.place === 'OWN'),
  'the agent; leads of theirs who see the ticket': ({ viewer, onTicket, it, stage }) =>
    (viewer === Role.AGENT && it.truth.agent.id === stage.people[at('agent')]) ||
    (viewer === Role.TEAM_LEAD && onTicket && it.truth.agent.id !== stage.people[at('vault')]),
};

/** Steps that customers are told of, of the processes that are played. */
const SHOWN = new Set(
  [everything, ...shippedProcesses].flatMap(({ steps }) =>
    steps.flatMap(({ key, customerVisible }) => (customerVisible ? [key] : [])),
  ),
);

function idsOf(value: Thing, many: boolean): string[] {
  const things = many ? (value ?? []) : [value];
  return things.flatMap((thing: Thing) => (thing ? [thing.id] : []));
}

/** The path of a part of an answer. */
const within = (at: string, key: string) => (at === '' ? key : `${at}.${key}`);

const show = (value: unknown) => JSON.stringify(value)?.slice(0, 200);
