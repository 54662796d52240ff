import { env } from 'node:process';

/** Behaviour through real HTTP and WebSocket, on a database of its own for each file; pure rules beside it. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // What takes several connections or nodes can't be played on the embedded database.
  testPathIgnorePatterns: env.DATABASE_URL ? [] : ['<rootDir>/test/services/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  // A worker keeps the modules of every file it has played; past this it is replaced by a fresh one.
  workerIdleMemoryLimit: '300MB',
  testTimeout: 60_000,
};
