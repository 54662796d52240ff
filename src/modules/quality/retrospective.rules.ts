import { DomainError, ErrorCode } from '../../platform/errors.js';

const MOST_ITEMS = 100;
const MOST_TEXT = 1000;

/**
 * What improvement items say, in the order given: without white space around them, the empty and the
 * repeated ones. Pure.
 * @throws DomainError INVALID_INPUT for more than 100 items, or more than 1,000 characters in one
 */
export function wordings(items: readonly string[]): string[] {
  const texts = [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))];
  if (texts.length > MOST_ITEMS || texts.some((text) => text.length > MOST_TEXT))
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `A retrospective has at most ${MOST_ITEMS} improvement items of at most ${MOST_TEXT} characters each.`,
      ['input', 'items'],
    );
  return texts;
}
