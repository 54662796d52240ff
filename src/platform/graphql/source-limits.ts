import { type GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { requestError } from './request-error.js';
import { isKeepable } from './variables.rules.js';

/** Brackets within brackets, of any kind. Parsing and validation take a stack frame or several for each. */
const MOST_NESTED = 100;
/** Characters of one name. Hints compare a misspelt name with every other, letter by letter. */
const MOST_NAME = 200;

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * What of a document's text makes it not worth parsing: too many tokens, brackets nested too deep, names or
 * texts that nothing has. In one pass and without recursion: the parser itself would exhaust the stack.
 * A syntax error is the parser's to report.
 */
export function checkSource(text: string, mostTokens: number): GraphQLError | null {
  const lexer = new Lexer(new Source(text));
  let [tokens, nested] = [0, 0];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens += 1;
      if (OPENING.has(token.kind)) nested += 1;
      else if (CLOSING.has(token.kind)) nested -= 1;
      if (tokens > mostTokens) return tooMuch('tokens', `A document has at most ${mostTokens} tokens.`);
      if (nested > MOST_NESTED) return tooMuch('nesting', `Brackets nest at most ${MOST_NESTED} deep.`);
      if (token.kind === TokenKind.NAME && token.value.length > MOST_NAME)
        return tooMuch('name', `A name has at most ${MOST_NAME} characters.`);
      if (
        (token.kind === TokenKind.STRING || token.kind === TokenKind.BLOCK_STRING) &&
        !isKeepable(token.value)
      )
        return notText(token.line, token.column);
    }
  } catch {
    return null;
  }
  return null;
}

/** A refusal for size or shape; `limit` names which limit it was. */
export function tooMuch(limit: string, message: string): GraphQLError {
  return requestError('LIMIT_EXCEEDED', message, { extensions: { limit } });
}

function notText(line: number, column: number): GraphQLError {
  const place = `line ${line}, column ${column}`;
  return requestError(
    'INVALID_INPUT',
    `The text at ${place} must not contain NUL characters or halves of surrogate pairs.`,
  );
}
