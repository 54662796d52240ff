import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Limits } from '../config.js';
import { checkDocument } from './document-limits.js';
import { checkSource } from './source-limits.js';

/** Characters of the documents that are remembered together; a document takes some 20 bytes for each. */
const MOST_REMEMBERED = 2_000_000;
/** Faults that are told of one document. */
const MOST_FAULTS = 20;

/** A document that may run; or why it may not, as errors with a code of their own. */
export type Admission = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/** The rules of GraphQL itself, and whether the schema may be asked for. */
export function validationRules(limits: Pick<Limits, 'introspection'>): readonly ValidationRule[] {
  return limits.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
}

/**
 * The way of every document into the desk, over HTTP and WebSocket alike: its text is measured, then parsed,
 * measured as a document, and only then validated, which can take the square of what it is given.
 * What was admitted is remembered by the SHA-256 of its text.
 */
export class Documents {
  private readonly admitted = new Map<string, { document: DocumentNode; length: number }>();
  private readonly rules: readonly ValidationRule[];
  private remembered = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {
    this.rules = validationRules(limits);
  }

  admit(text: string): Admission {
    const hash = sha256(text);
    const known = this.find(hash);
    if (known) return { document: known };
    const refused = checkSource(text, this.limits.tokens);
    if (refused) return { errors: [refused] };
    const parsed = parsedDocument(text);
    if ('errors' in parsed) return parsed;
    const { document } = parsed;
    const tooLarge = checkDocument(document, this.limits.depth);
    if (tooLarge) return { errors: [tooLarge] };
    const faults = validate(this.schema, document, this.rules, {
      maxErrors: MOST_FAULTS,
      hideSuggestions: !this.limits.introspection,
    });
    if (faults.length > 0) return { errors: faults.map(withCode('GRAPHQL_VALIDATION_FAILED')) };
    this.remember(hash, document, text.length);
    return { document };
  }

  /** A document that was admitted and is still remembered. */
  find(hash: string): DocumentNode | undefined {
    const kept = this.admitted.get(hash);
    if (!kept) return undefined;
    // The one used last is forgotten last.
    this.admitted.delete(hash);
    this.admitted.set(hash, kept);
    return kept.document;
  }

  private remember(hash: string, document: DocumentNode, length: number): void {
    this.admitted.set(hash, { document, length });
    this.remembered += length;
    for (const [oldest, kept] of this.admitted) {
      if (this.remembered <= MOST_REMEMBERED) return;
      this.admitted.delete(oldest);
      this.remembered -= kept.length;
    }
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parsedDocument(text: string): Admission {
  try {
    return { document: parse(text) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [withCode('GRAPHQL_PARSE_FAILED')(error)] };
  }
}

/** The error with a code, unless it has one. */
function withCode(code: string): (error: GraphQLError) => GraphQLError {
  return (error) => {
    const { message, nodes, source, positions, extensions } = error;
    return new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } });
  };
}
