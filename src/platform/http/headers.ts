/** Asks for the cost of a request alone: `x-stepdesk-dry-run: true`. */
export const DRY_RUN = 'x-stepdesk-dry-run';

/** The headers that a page of another origin may send to the API, and those it may read of the answer. */
export const ALL_HEADERS = {
  taken: [
    'authorization',
    'content-type',
    'accept',
    'apollo-require-preflight',
    'x-apollo-operation-name',
    DRY_RUN,
  ],
  told: [
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'retry-after',
    'www-authenticate',
  ],
};
