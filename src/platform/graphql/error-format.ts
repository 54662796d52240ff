import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AuthenticationError } from '../auth/token.js';
import { DomainError } from '../errors.js';
import { FAILURES, failureOf } from '../failure.rules.js';
import { newId } from '../ids.js';
import type { Log } from '../log.js';

/**
 * The one place where an error becomes what a client reads, over HTTP and WebSocket alike. Faults of
 * the request keep their words; anything unknown is logged under an id and the client gets the id.
 * @param code what the server made of a fault that has no code of its own; by itself, one of the variables where
 * nothing ran yet, and else one of ours
 */
export function formatError(error: unknown, log: Log, code?: string): GraphQLFormattedError {
  const graphqlError = error instanceof GraphQLError ? error : undefined;
  const fallback = code ?? (graphqlError?.path ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT');
  const cause = graphqlError ? graphqlError.originalError : error;
  const place = { locations: graphqlError?.locations, path: graphqlError?.path };
  if (cause instanceof DomainError)
    return {
      ...place,
      message: cause.message,
      extensions: { code: cause.code, argument: cause.faults[0]?.path },
    };
  if (cause instanceof AuthenticationError)
    return { ...place, message: cause.message, extensions: { code: 'UNAUTHENTICATED' } };
  // Without a path it was refused before it ran: syntax, validation, variables. Its words are for the client.
  if (graphqlError && (!graphqlError.path || !cause || cause instanceof GraphQLError)) {
    const { stacktrace: _, ...extensions } = graphqlError.extensions;
    return { ...place, message: graphqlError.message, extensions: { code: fallback, ...extensions } };
  }
  const failure = failureOf(cause);
  if (failure) {
    log.warn({ err: cause, code: failure, path: graphqlError?.path }, 'An operation could not be done now');
    return { ...place, message: FAILURES[failure], extensions: { code: failure, retryable: true } };
  }
  // PostgreSQL takes no NUL in a text, whichever value carried it here (SQLSTATE 22021).
  if ((cause as { code?: unknown } | undefined)?.code === '22021')
    return {
      ...place,
      message: 'Text must not contain NUL characters.',
      extensions: { code: 'INVALID_INPUT' },
    };
  const errorId = newId('error');
  log.error({ err: cause, errorId, path: graphqlError?.path }, 'An operation failed unexpectedly');
  return {
    ...place,
    message: `Something went wrong on our side. If it persists, tell us this id: ${errorId}`,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}
