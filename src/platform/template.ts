import { Liquid, ParseError, UndefinedVariableError } from 'liquidjs';
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
  } catch (error) {
    const cause = error instanceof Error && 'originalError' in error ? (error.originalError as Error) : error;
    if (cause instanceof UndefinedVariableError || error instanceof UndefinedVariableError) {
      const name = /undefined variable: ([\w.-]+)/.exec((error as Error).message)?.[1] ?? 'a variable';
      throw new DomainError(ErrorCode.UNRESOLVED_VARIABLE, `The template's variable ${name} has no value; nothing was sent.`);
    }
    if (error instanceof ParseError) throw new DomainError(ErrorCode.INVALID_INPUT, 'The template cannot be read.');
    throw error;
  }
}
