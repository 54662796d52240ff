import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Candidate, route } from '../../../src/modules/routing/routing.policy.js';

const candidate = (agentId: string, given: Partial<Candidate> = {}): Candidate => ({
  agentId,
  name: agentId.toUpperCase(),
  available: true,
  skills: [],
  capacity: 10,
  load: 0,
  lastAssignedAt: null,
  ...given,
});
const at = (minute: number) => new Date(1_780_000_000_000 + minute * 60_000);

describe('who gets a ticket', () => {
  test.each<[string, Candidate[], string[], string | null]>([
    ['nobody, of nobody', [], [], null],
    ['the one who is present', [candidate('a', { available: false }), candidate('b')], [], 'b'],
    [
      'the one with all the skills',
      [candidate('a', { skills: ['x'] }), candidate('b', { skills: ['y', 'x', 'z'] })],
      ['x', 'y'],
      'b',
    ],
    ['the one below capacity', [candidate('a', { load: 10 }), candidate('b', { load: 9 })], [], 'b'],
    [
      'the one with the most capacity to spare, not the fewest tickets',
      [candidate('a', { load: 2, capacity: 4 }), candidate('b', { load: 5 })],
      [],
      'b',
    ],
    [
      'of two alike the one who waited longer',
      [candidate('a', { lastAssignedAt: at(2) }), candidate('b', { lastAssignedAt: at(1) })],
      [],
      'b',
    ],
    [
      'who never got one waited longest',
      [candidate('a', { lastAssignedAt: at(1) }), candidate('b')],
      [],
      'b',
    ],
    ['else the first by id', [candidate('b'), candidate('a')], [], 'a'],
    [
      'nobody, where all are full',
      [candidate('a', { load: 3, capacity: 3 }), candidate('b', { capacity: 0 })],
      [],
      null,
    ],
  ])('%s', (_, candidates, skills, wanted) => {
    expect(route(candidates, skills).agentId).toBe(wanted);
  });
});

test('each candidate is told what spoke against it: being away before skills before load', () => {
  const all = [
    candidate('a', { available: false, load: 99 }),
    candidate('b', { load: 99 }),
    candidate('c', { skills: ['x'], load: 11 }),
    candidate('d', { skills: ['x'], load: 3 }),
  ];
  expect(route(all, ['x'])).toEqual({
    agentId: 'd',
    strategy: 'LEAST_BUSY',
    candidates: [
      { agentId: 'a', name: 'A', load: 99, capacity: 10, ruledOut: 'AWAY' },
      { agentId: 'b', name: 'B', load: 99, capacity: 10, ruledOut: 'SKILLS' },
      { agentId: 'c', name: 'C', load: 11, capacity: 10, ruledOut: 'FULL' },
      { agentId: 'd', name: 'D', load: 3, capacity: 10, ruledOut: null },
    ],
  });
});

const skill = fc.subarray(['x', 'y', 'z']);
const anyone = fc.record({
  available: fc.boolean(),
  skills: skill,
  capacity: fc.nat(4),
  load: fc.nat(5),
  lastAssignedAt: fc.option(fc.nat(3).map(at)),
});
const everyone = fc
  .array(anyone, { maxLength: 8 })
  .map((all) => all.map((given, index) => candidate(`agent_${index}`, given)));

test('somebody who can take it does; nobody who cannot; and nobody had more to spare', () => {
  fc.assert(
    fc.property(everyone, skill, (candidates, skills) => {
      const can = (one: Candidate) =>
        one.available && one.load < one.capacity && skills.every((each) => one.skills.includes(each));
      const { agentId, candidates: weighed } = route(candidates, skills);
      expect(weighed.map(({ ruledOut }) => ruledOut === null)).toEqual(candidates.map(can));
      const chosen = candidates.find((each) => each.agentId === agentId);
      expect(chosen !== undefined && can(chosen)).toBe(candidates.some(can));
      const spare = ({ capacity, load }: Candidate) => capacity - load;
      if (chosen)
        for (const other of candidates.filter(can))
          expect(spare(chosen)).toBeGreaterThanOrEqual(spare(other));
    }),
  );
});

test('the order in which candidates are given decides nothing', () => {
  const shuffled = everyone.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, skill, ([one, other], skills) => {
      expect(route(other, skills).agentId).toBe(route(one, skills).agentId);
    }),
  );
});
