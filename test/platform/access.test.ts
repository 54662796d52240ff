import { expect, test } from '@jest/globals';
import { type Audience, scopeFor } from '../../src/platform/auth/access.js';
import { KeyScope, Role } from '../../src/platform/auth/viewer.js';

test.each<[string, boolean, Audience, KeyScope]>([
  ['a query', false, 'STAFF', KeyScope.READ],
  ['a query for certain roles', false, [Role.ADMIN], KeyScope.READ],
  ['a mutation for staff', true, 'STAFF', KeyScope.WORK],
  ['a mutation for everybody', true, 'SIGNED_IN', KeyScope.WORK],
  ['a mutation for certain roles', true, [Role.ADMIN], KeyScope.ADMINISTER],
  ['a mutation for many roles', true, Object.values(Role), KeyScope.ADMINISTER],
])('%s takes a key with %#', (_, mutation, audience, wanted) => {
  expect(scopeFor(mutation, audience)).toBe(wanted);
});
