/** How many operations each role plays: FUZZ_OPERATIONS=10000 is the whole play. */
export const countOr = (few: number) => Number(process.env.FUZZ_OPERATIONS ?? few);
/** How many subscriptions each role begins: a tenth of that, since each is told of whatever happens meanwhile. */
export const subscriptionsOr = (few: number) => Math.ceil(countOr(few * 10) / 10);
/** Whether it takes so long that it is told how far it has come. */
export const LONG = countOr(0) >= 1_000;
/** FUZZ_SEED repeats a play. */
export const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2_147_483_647);

/** Codes that a valid operation is never answered with while everything that the desk needs is there. */
export const WRONG: readonly string[] = [
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'TIMEOUT',
  'OVERLOADED',
];

/** Says how far a long play has come. */
export function report(what: string, figures: object): void {
  process.stderr.write(`${what} ${JSON.stringify(figures)}\n`);
}
