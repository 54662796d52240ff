/** How a client wants its answer. Pure. */

/** The first is GraphQL's own, whose answers say by their status how it went; the second is what went before. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

const OFFERED: readonly AnswerType[] = ['application/json', 'application/graphql-response+json'];

interface Range {
  type: string;
  quality: number;
}

/**
 * The media type of an answer by the request's Accept header (RFC 9110, 12.5.1). JSON for who doesn't mind.
 * @returns null where neither is accepted
 */
export function answerType(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  const ranges = accept.split(',').map(rangeOf);
  const ranked = OFFERED.map((type) => ({ type, ...rankOf(type, ranges) })).filter(
    ({ quality }) => quality > 0,
  );
  ranked.sort((one, other) => other.quality - one.quality || other.early - one.early);
  return ranked[0]?.type ?? null;
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

/** How much a type is wanted, and how early it is named; what is only meant with others comes after what is named. */
function rankOf(type: AnswerType, ranges: Range[]): { quality: number; early: number } {
  for (const wanted of [type, 'application/*', '*/*']) {
    const index = ranges.findIndex((range) => range.type === wanted);
    const range = ranges[index];
    if (range) return { quality: range.quality, early: wanted === type ? ranges.length - index : 0 };
  }
  return { quality: 0, early: 0 };
}
