import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { Viewer } from '../auth/viewer.js';
import { Context, type Desk, Moment } from '../context.js';
import type { Shown } from './live-stream.js';
import { tracked } from './tracked-viewer.js';

/** One delivery worked out. */
export interface Outcome {
  /** Null: the viewer gets nothing. */
  result: FormattedExecutionResult | null;
  last: boolean;
}

/** What is to be delivered, once it is known to whom. */
export type Show = (ctx: Context) => Promise<Shown | undefined>;

/** A subscription operation as it was asked for: what of it subscribers may have in common. */
export class Operation {
  constructor(
    private readonly desk: Desk,
    private readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly variables: Record<string, unknown> | undefined,
    readonly name: string | undefined,
    private readonly mask: (error: GraphQLError) => object,
  ) {}

  /**
   * Works out deliveries to the viewer, with a unit of work of their own: they show one moment, and what they
   * read is read once for all of them.
   * @param reads gets the properties of the viewer that they were worked out from
   * @param moment what is read for other viewers at the same time
   */
  run(viewer: Viewer, shows: readonly Show[], reads: Set<string>, moment = new Moment()): Promise<Outcome[]> {
    const contextValue = new Context(this.desk, tracked(viewer, reads), undefined, undefined, moment);
    return Promise.all(shows.map((show) => this.deliver(contextValue, show)));
  }

  private async deliver(contextValue: Context, show: Show): Promise<Outcome> {
    const shown = await show(contextValue);
    if (!shown) return { result: null, last: false };
    const { data, errors } = (await execute({
      schema: this.schema,
      document: this.document,
      variableValues: this.variables,
      operationName: this.name,
      rootValue: shown.root,
      contextValue,
    })) as ExecutionResult;
    const result = errors ? { data, errors: errors.map(this.mask) } : { data };
    return { result: result as FormattedExecutionResult, last: shown.last ?? false };
  }
}

/**
 * The variables that a delivery may depend on: all but the one that says where to resume, where the document
 * uses it for nothing else.
 */
export function lastingVariables(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const [field] = operation.selectionSet.selections;
  const after =
    field?.kind === Kind.FIELD
      ? field.arguments?.find(({ name }) => name.value === 'after')?.value
      : undefined;
  if (after?.kind !== Kind.VARIABLE) return variables ?? {};
  const name = after.name.value;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === name) uses += 1;
    },
  });
  const { [name]: place, ...others } = variables ?? {};
  return uses === 1 ? others : (variables ?? {});
}
