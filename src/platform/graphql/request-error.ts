import { type ASTNode, GraphQLError } from 'graphql';
import { variableFault } from './variables.rules.js';

/** Why a request was refused before it ran, for programs; beside what GraphQL itself finds. */
export type RequestCode =
  | 'BAD_REQUEST'
  | 'COST_EXCEEDED'
  | 'INVALID_INPUT'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED';

export function requestError(
  code: RequestCode,
  message: string,
  more: { nodes?: ASTNode[]; extensions?: Record<string, unknown> } = {},
): GraphQLError {
  return new GraphQLError(message, { nodes: more.nodes, extensions: { code, ...more.extensions } });
}

/**
 * Refuses the whole request for a variable that nothing could keep, before anything runs.
 * @returns the refusal, which names the variable's path as `argument`; null where there is nothing to refuse
 */
export function checkVariables(variables: Record<string, unknown> | null | undefined): GraphQLError | null {
  const fault = variables ? variableFault(variables) : null;
  return fault && requestError('INVALID_INPUT', fault.message, { extensions: { argument: fault.path } });
}
