const { builtinModules } = require('node:module');

/** Files that decide: what goes in is all they know. */
const PURE_SUFFIXES = 'machine|policy|rules|clock|metrics|events|facets|vocabulary|definition|state';
const PURE = [
  `\\.(?:${PURE_SUFFIXES})\\.ts$`,
  '^src/platform/(?:errors|auth/viewer|events/event)\\.ts$',
  '^src/processes/',
];
/** Files of a module that are nobody else's. */
const PRIVATE_SUFFIXES = 'resolver|subscription|source|store|effects';
const NODE_CORE = `^(?:node:)?(?:${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'platform-knows-no-domain',
      comment:
        'src/platform is below everything: it knows no domain word, so that a module can be changed, moved or tested without it. What it needs of a module is handed to it in app.ts.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(?!platform/)' },
    },
    {
      name: 'modules-meet-in-public',
      comment:
        'Modules meet at entities, services, events, loaders, inputs and pure files. How another module is delivered (.resolver, .subscription, .source) or stored (.store, .effects) is its own business: go through its .service.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: `^src/modules/[^/]+/.*\\.(?:${PRIVATE_SUFFIXES})\\.ts$`,
        pathNot: '^src/modules/$1/',
      },
    },
    {
      name: 'decisions-are-pure',
      comment:
        'What decides (machines, policies, rules, clocks, metrics, events, facets, vocabularies, definitions, states, shipped processes) depends on nothing but its arguments, not even by way of others: then it can be tested exhaustively and proves what it says. Move what needs a package or Node into a service, and a type that is wanted into a pure file.',
      severity: 'error',
      from: { path: PURE },
      to: { path: ['(?:^|/)node_modules/', NODE_CORE], reachable: true },
    },
    {
      name: 'no-circles',
      comment:
        'With a circle of ES modules it depends on the entry point which one runs first, and a class may be used before it is there. Circles of types alone are erased and do no harm.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvers-ask-services',
      comment:
        'A resolver delegates and decides nothing: were it to query the database, access checks and transactions would be in two places. Queries belong in a .service, .query or .loader.',
      severity: 'error',
      from: { path: '\\.(?:resolver|subscription)\\.ts$' },
      to: { path: ['^src/platform/database/', '(?:^|/)node_modules/(?:kysely|@mikro-orm)/'] },
    },
    {
      name: 'tests-stay-out',
      comment: 'What ships depends on no test and on no helper of tests: neither is in the build.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: ['^test/', '\\.test\\.ts$'] },
    },
    {
      name: 'only-declared-packages',
      comment:
        'A package that only development has, or that another package happens to bring, is missing where Stepdesk runs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tools/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      comment:
        'An import that leads nowhere cannot be checked by any rule above: either the import is wrong or the settings of this tool are.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API for the tool's own parser.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
