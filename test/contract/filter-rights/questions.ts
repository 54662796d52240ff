import { getNamedType, isEnumType, isInputObjectType, isListType, isRequiredArgument } from 'graphql';
import type { Table } from '../authorisation/table.js';
import type { Known, Thing } from '../authorisation/world.js';
import { PLACES } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import { looksAt, type Use } from './criteria.js';

/** One thing that somebody asks by a criterion. */
export interface Question {
  use: Use;
  /** The arguments of the field. */
  args: Record<string, unknown>;
  /** Equal for questions that ask the same of different values. */
  form: string;
  /** In which place of the arguments it stands, of those where it can; 0 is the top. */
  way: number;
  /** Whether a thing is among those that are asked for. */
  means(truth: Thing): boolean;
  /** By which criteria what is found is sorted, and which way; empty where that is not asked. */
  order: { criterion: string; descending: boolean }[];
}

/** What came of a question: a value, or what it was refused with. */
export interface Reply {
  value: Thing;
  code: string | null;
  /** All of it, as text: what is in no answer tells nothing. */
  text: string;
}

type Value = string | number | boolean | null;
/** What each comparator says of a value; null is what a thing has not. */
const OPERATORS: Record<string, (value: Value, given: never) => boolean> = {
  eq: (value, given: Value) => value === given,
  in: (value, given: Value[]) => given.includes(value),
  notIn: (value, given: Value[]) => value === null || !given.includes(value),
  gt: (value, given: string) => value !== null && value > given,
  gte: (value, given: string) => value !== null && value >= given,
  lt: (value, given: string) => value !== null && value < given,
  lte: (value, given: string) => value !== null && value <= given,
  isNull: (value, given: boolean) => (value === null) === given,
};

/** What a criterion compares, where it is not the field itself or the id of what it leads to. */
const COMPARED: Record<string, (truth: Thing) => Value> = {
  'AuditFilter.actor': ({ actor }) => actor?.id ?? 'system',
};

/** What a field is asked with besides: with all there is, and what it can't do without. */
const BESIDES: Record<string, (stage: Stage) => Record<string, unknown>> = {
  ticketCounts: () => ({ by: 'STATUS' }),
  queueChanges: ({ before }) => ({ after: before }),
};

/** Values asked by, at most; of an enum all of them. */
const MOST_VALUES = 6;

/** What is compared of a thing. */
export function comparedBy(table: Table, criterion: string, truth: Thing): Value {
  const own = COMPARED[criterion];
  if (own) return own(truth);
  const value = truth[looksAt(table, criterion).field] ?? null;
  return typeof value === 'object' && value !== null ? value.id : value;
}

/** Makes the questions that can be asked by the criteria of the schema, with the values that there are. */
export class Questions {
  constructor(
    private readonly stage: Stage,
    private readonly table: Table,
    private readonly known: ReadonlyMap<string, Known>,
  ) {}

  of(use: Use): Question[] {
    if (use.kind === 'ORDER') return this.orders(use);
    if (use.kind === 'WORD') return [this.question(use, 'as word', this.word(use), () => true)];
    if (use.kind === 'VALUE') {
      const values = this.values(use);
      return values.flatMap((value) =>
        this.compared(use, 'is', value, (of) => of === value, value === values[0]),
      );
    }
    return this.filters(use);
  }

  private filters(use: Use): Question[] {
    const input = getNamedType(use.type);
    if (!isInputObjectType(input)) throw new Error(`${use.criterion} takes no comparators`);
    return Object.values(input.getFields()).flatMap(({ name, type }, index) => {
      const operator = OPERATORS[name] as ((value: Value, given: unknown) => boolean) | undefined;
      if (!operator) throw new Error(`${input.name}.${name}: say in OPERATORS what that compares`);
      const most = isListType(type) ? 2 : Number.POSITIVE_INFINITY;
      const values = name === 'isNull' ? [true, false] : this.values(use).slice(0, most);
      return values.flatMap((value) => {
        const given = isListType(type) ? [value] : value;
        return this.compared(
          use,
          name,
          { [name]: given },
          (of) => operator(of, given),
          index + values.indexOf(value) === 0,
        );
      });
    });
  }

  /** @param everywhere in all places of the arguments where it can stand; at the top without it */
  private compared(
    use: Use,
    name: string,
    given: unknown,
    holds: (value: Value) => boolean,
    everywhere: boolean,
  ): Question[] {
    const ways = use.ways(given);
    return (everywhere ? ways : ways.slice(0, 1)).map(({ args, negated }, index) =>
      this.question(
        use,
        name,
        args,
        (truth) => holds(comparedBy(this.table, use.criterion, truth)) !== negated,
        index,
      ),
    );
  }

  private orders(use: Use): Question[] {
    const [name = '', word = ''] = use.criterion.split('.');
    const companion = [...this.table.criteria].find(
      ([other, { openTo }]) =>
        other.startsWith(`${name}.`) && openTo === 'its readers' && other !== use.criterion,
    )?.[0];
    return ['ASC', 'DESC'].flatMap((direction) => {
      const alone = [{ criterion: use.criterion, descending: direction === 'DESC' }];
      const second = companion ? [{ criterion: companion, descending: false }, ...alone] : alone;
      return [alone, second].map((order) => {
        const keys = order.map(({ criterion, descending }) => ({
          field: criterion.split('.')[1],
          direction: descending ? 'DESC' : 'ASC',
        }));
        const args = use.ways(keys)[0]?.args ?? {};
        return { ...this.question(use, `${word} in ${order.length}`, args, () => true), order };
      });
    });
  }

  private word(use: Use): Record<string, unknown> {
    return use.ways(use.criterion.split('.')[1])[0]?.args ?? {};
  }

  private question(
    use: Use,
    form: string,
    args: Record<string, unknown>,
    means: Question['means'],
    way = 0,
  ): Question {
    const { field } = use;
    const all = {
      ...(field.args.some(({ name }) => name === 'last') ? { first: 100 } : {}),
      ...BESIDES[field.name]?.(this.stage),
      ...args,
    };
    for (const arg of field.args)
      if (isRequiredArgument(arg) && !(arg.name in all))
        throw new Error(`${field.name} takes ${arg.name}: say in BESIDES what to ask it with`);
    return { use, args: all, form: `${field.name} ${use.criterion} ${form} ${way}`, way, means, order: [] };
  }

  /** Values of things that there are, those on the ticket of others first, and one that nothing has. */
  private values(use: Use): Value[] {
    const given = getNamedType(use.type);
    const compared = isInputObjectType(given)
      ? getNamedType(given.getFields().eq?.type ?? given.getFields().gt?.type)
      : given;
    if (isEnumType(compared)) return compared.getValues().map(({ name }) => name);
    const { type } = looksAt(this.table, use.criterion);
    const things = [...PLACES, null]
      .toReversed()
      .flatMap((place) =>
        [...this.known.values()].filter((it) => it.type.name === type && it.place === place),
      );
    const there = [
      ...new Set(things.map(({ truth }) => comparedBy(this.table, use.criterion, truth))),
    ].filter((value) => value !== null);
    const step = Math.max(1, there.length / MOST_VALUES);
    const some = Array.from(
      { length: Math.min(there.length, MOST_VALUES) },
      (_, i) => there[Math.floor(i * step)] as Value,
    );
    return [...some, nobodys(compared?.name)];
  }
}

/** A value of a scalar that nothing has. */
function nobodys(scalar: string | undefined): Value {
  if (scalar === 'Int') return -1;
  if (scalar === 'DateTime') return '1970-01-01T00:00:00.000Z';
  return 'ticket_00000000000000000000000000';
}
