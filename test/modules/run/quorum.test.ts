import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Quorum } from '../../../src/modules/process/process.definition.js';
import { votesNeeded } from '../../../src/modules/run/quorum.rules.js';
import { type EligibleApprover, Verdict } from '../../../src/modules/run/run.state.js';
import { approval, Play, processOf, task } from './definitions.js';

const people = (...ids: string[]): EligibleApprover[] =>
  ids.map((id) => ({ id, deputies: [], actsWith: [] }));

function vote(play: Play, by: string, approvers: EligibleApprover[], rest: object = {}): Play {
  const word = { verdict: Verdict.APPROVED, comment: 'Because.', subjects: null };
  return play.do({ type: 'DECIDE', step: 'ok', ...word, by, approvers, ...rest });
}

const with_ = (quorum: Quorum, ...subjects: string[]) => {
  const keys = subjects.length > 0 ? subjects : ['a'];
  const play = new Play(
    processOf(...keys.map((key) => task(key)), approval('ok', keys, { quorum }), task('z')),
  );
  for (const key of keys) play.complete(key, {}, `by-${key}`);
  return play;
};

describe('votesNeeded', () => {
  it.each<[Quorum | undefined, number, number]>([
    [undefined, 5, 1],
    ['ANY', 5, 1],
    ['ANY', 0, 1],
    ['ALL', 5, 5],
    ['ALL', 0, 1],
    [{ count: 2 }, 5, 2],
    [{ count: 9 }, 5, 5],
    [{ percent: 50 }, 3, 2],
    [{ percent: 50 }, 4, 2],
    [{ percent: 1 }, 4, 1],
    [{ percent: 100 }, 7, 7],
  ])('%j of %i: %i', (quorum, eligible, needed) => {
    expect(votesNeeded(quorum, eligible)).toBe(needed);
  });
});

describe('a quorum', () => {
  it('is reached with exactly the vote that the formula says, whoever votes in whatever order', () => {
    const quorums: fc.Arbitrary<Quorum> = fc.oneof(
      fc.constantFrom<Quorum>('ANY', 'ALL'),
      fc.record({ count: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
    );
    const all = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
    fc.assert(
      fc.property(quorums, fc.shuffledSubarray(all, { minLength: 1 }), (quorum, order) => {
        const play = with_(quorum);
        const formula = {
          ANY: 1,
          ALL: order.length,
          count: Math.min((quorum as { count: number }).count, order.length),
          percent: Math.ceil((order.length * (quorum as { percent: number }).percent) / 100),
        }[typeof quorum === 'string' ? quorum : ((Object.keys(quorum)[0] as 'count' | 'percent') ?? 'count')];
        order.slice(0, formula).forEach((by, index) => {
          expect(play.run.steps.ok?.phase).toBe('READY');
          vote(play, by, people(...order, 'requester', 'by-a'));
          expect(play.last.events[0]).toMatchObject({ by, final: index + 1 === formula });
        });
        expect(play.run.steps.ok?.phase).toBe('COMPLETED');
        for (const by of order)
          expect(play.refusal(() => vote(play, by, people(...order)))).toMatch(/^ALREADY_DECIDED/);
      }),
      { numRuns: 300 },
    );
  });

  it('counts an approver once, and one NO rejects whatever was said before', () => {
    const play = vote(with_('ALL'), 'p1', people('p1', 'p2', 'p3'));
    expect(play.refusal(() => vote(play, 'p1', people('p1', 'p2', 'p3')))).toBe(
      'ALREADY_DECIDED input.subjects',
    );
    vote(play, 'p2', people('p1', 'p2', 'p3'), { verdict: Verdict.REJECTED });
    play.expectPhases('a:READY#2 ok:WAITING#2 z:WAITING');
    expect(play.run.steps.ok).toMatchObject({ votes: {}, decisions: {} });
    // The next attempt starts from nothing.
    play.complete('a', {}, 'by-a');
    for (const by of ['p1', 'p2']) vote(play, by, people('p1', 'p2', 'p3'));
    play.expectPhases('a:COMPLETED#2 ok:READY#2 z:WAITING');
  });

  it('is counted over those who may vote, subject by subject', () => {
    const approvers = people('by-a', 'by-b', 'p1');
    const play = with_('ALL', 'a', 'b');
    vote(play, 'by-b', approvers, { subjects: ['a'] });
    expect(play.last.events[0]).toMatchObject({ final: false });
    vote(play, 'by-a', approvers, { subjects: ['b'] });
    vote(play, 'p1', approvers).expectPhases('a:COMPLETED b:COMPLETED ok:COMPLETED z:READY');
  });

  it('never strands an approval when approvers leave: who voted already confirms', () => {
    const play = vote(with_({ count: 2 }), 'p1', people('p1', 'p2'));
    vote(play, 'p1', people('p1')).expectPhases('a:COMPLETED ok:COMPLETED z:READY');
    expect(play.run.steps.ok?.votes).toEqual({ a: [{ by: 'p1', of: 'p1' }] });
  });
});

describe('acting for somebody', () => {
  const boss: EligibleApprover = { id: 'boss', deputies: ['dep'], actsWith: ['dep'] };

  it('is a vote of the owner, given by the deputy', () => {
    const play = vote(with_('ANY'), 'dep', [boss], { inNameOf: 'boss' });
    expect(play.run.steps.ok?.decisions).toMatchObject({ a: { by: 'dep', inNameOf: 'boss' } });
    expect(play.last.events[0]).toMatchObject({ by: 'dep', inNameOf: 'boss', final: true });
  });

  it.each<[string, string, EligibleApprover[], object, string]>([
    ['a stranger', 'eve', [boss], {}, 'FORBIDDEN'],
    ['a stranger in the name of an approver', 'eve', [boss], { inNameOf: 'boss' }, 'FORBIDDEN'],
    ['a deputy without saying for whom', 'dep', [boss], {}, 'FORBIDDEN'],
    [
      'an owner in the name of their deputy',
      'boss',
      [{ id: 'dep', deputies: [], actsWith: ['boss'] }],
      { inNameOf: 'dep' },
      'FORBIDDEN',
    ],
    [
      'a deputy who did the subject',
      'by-a',
      [{ id: 'boss', deputies: ['by-a'], actsWith: ['by-a'] }],
      { inNameOf: 'boss' },
      'SELF_APPROVAL',
    ],
    [
      'an owner whose deputy did the subject',
      'boss',
      [{ id: 'boss', deputies: ['by-a'], actsWith: ['by-a'] }],
      {},
      'SELF_APPROVAL',
    ],
    [
      'the deputy of the requester',
      'boss',
      [{ id: 'boss', deputies: [], actsWith: ['requester'] }],
      {},
      'SELF_APPROVAL',
    ],
  ])('%s is refused', (_who, by, approvers, rest, code) => {
    const play = with_('ANY');
    expect(play.refusal(() => vote(play, by, approvers, rest))).toMatch(code);
  });

  it('counts once, whoever gave it', () => {
    const approvers = [boss, ...people('p1', 'p2')];
    const play = vote(with_('ALL'), 'dep', approvers, { inNameOf: 'boss' });
    expect(play.refusal(() => vote(play, 'boss', approvers))).toMatch('ALREADY_DECIDED');
    vote(play, 'p1', approvers);
    vote(play, 'p2', approvers).expectPhases('a:COMPLETED ok:COMPLETED z:READY');
  });
});
