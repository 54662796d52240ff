import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../../src/platform/failure.rules.js';

const coded = (code: string, message = 'x', options?: ErrorOptions) =>
  Object.assign(new Error(message, options), { code });

describe('a failure that passes is told', () => {
  test.each([
    ['a cancelled statement', coded('57014'), 'TIMEOUT'],
    ['a lock that was not had', coded('55P03'), 'TIMEOUT'],
    ['an idle transaction', coded('25P03'), 'TIMEOUT'],
    ['too many connections', coded('53300'), 'OVERLOADED'],
    ['a deadlock', coded('40P01'), 'OVERLOADED'],
    ['no connection free in time', new Error('timeout exceeded when trying to connect'), 'OVERLOADED'],
    ['a server that shuts down', coded('57P01'), 'UNAVAILABLE'],
    ['a server that starts', coded('57P03'), 'UNAVAILABLE'],
    ['a broken connection', coded('08006'), 'UNAVAILABLE'],
    ['nobody there', coded('ECONNREFUSED'), 'UNAVAILABLE'],
    ['a socket that closed', new Error('Connection terminated unexpectedly'), 'UNAVAILABLE'],
    ['one within others', new Error('a', { cause: new Error('b', { cause: coded('57014') }) }), 'TIMEOUT'],
    ['one of several addresses', new AggregateError([coded('ECONNREFUSED')], 'all failed'), 'UNAVAILABLE'],
    ['a unique value that is there', coded('23505'), null],
    ['a message that the protocol does not know', coded('08P01'), null],
    ['a fault of the code', new TypeError('x is undefined'), null],
    ['what is no error', 'ECONNREFUSED', null],
    ['nothing', undefined, null],
  ])('%s', (_, error, wanted) => expect(failureOf(error)).toBe(wanted));

  test('and a circle of causes ends', () => {
    const error = new Error('x');
    error.cause = error;
    expect(failureOf(error)).toBeNull();
  });
});
