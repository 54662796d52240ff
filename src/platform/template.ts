import { Liquid, ParseError, TokenizationError, UndefinedVariableError } from 'liquidjs';
import { DomainError, ErrorCode } from './errors.js';

/**
 * Templates are Liquid with nothing but values: strict, so that a variable without a value is an error
 * rather than a hole; rendered once, so that a value which contains `{{…}}` stays text; and bounded.
 */
const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  renderLimit: 200,
  memoryLimit: 10_000_000,
  parseLimit: 100_000,
  relativeReference: false,
  templates: {},
});

/**
 * @param scope the variables by their first name: `{ form, ticket, customer, agent }`
 * @throws DomainError UNRESOLVED_VARIABLE naming the variable; INVALID_INPUT for a template that can't be read
 */
export function render(template: string, scope: Record<string, Record<string, string>>): string {
  try {
    return engine.parseAndRenderSync(template, scope);
  } catch (cause) {
    const name = unresolved(cause);
    if (name !== undefined) {
      const message = `The template's variable ${name} has no value; nothing was sent.`;
      throw new DomainError([{ code: ErrorCode.UNRESOLVED_VARIABLE, message }], { cause });
    }
    if (!(cause instanceof ParseError || cause instanceof TokenizationError)) throw cause;
    const message = 'The template cannot be read.';
    throw new DomainError([{ code: ErrorCode.INVALID_INPUT, message }], { cause });
  }
}

/** The variable without a value that an error of the engine is about, if it is about one. */
function unresolved(error: unknown): string | undefined {
  const inner = (error as { originalError?: unknown }).originalError ?? error;
  if (!(error instanceof UndefinedVariableError || inner instanceof UndefinedVariableError)) return undefined;
  return /undefined variable: ([\w.-]+)/.exec((error as Error).message)?.[1] ?? 'of it';
}
