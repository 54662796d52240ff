import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allPresent,
  BUSY_FOR,
  hasRoom,
  MOST_AT_TICKET,
  MOST_OF_PERSON,
  markOf,
  PRESENT_FOR,
  presentAt,
  toLeave,
} from '../../../src/modules/presence/presence.rules.js';
import { PresenceState } from '../../../src/modules/presence/presence.vocabulary.js';
import { type Mark, readMark } from '../../../src/platform/presence/mark.rules.js';
import { Marks } from '../../../src/platform/presence/marks.js';

const { VIEWING, TYPING, CLAIMING, AWAY } = PresenceState;
const START = Date.parse('2026-03-14T09:00:00.000Z');
const state = fc.constantFrom(...Object.values(PresenceState));
const who = fc.constantFrom('agent_a', 'agent_b', 'agent_c');
/** What people say, one after the other, with the milliseconds between. */
const said = fc.array(fc.record({ who, state, after: fc.nat({ max: 30_000 }) }), { maxLength: 30 });

/** The marks that come of what people say, each with the moment at which it was said. */
function marksOf(words: { who: string; state: PresenceState; after: number }[]): Mark[] {
  const known = new Map<string, Mark>();
  let now = START;
  return words.map(({ who: agentId, state: says, after }) => {
    now += after;
    const mark = markOf(agentId, says, known.get(agentId), now);
    known.set(agentId, mark);
    return mark;
  });
}

describe('what somebody said', () => {
  test.each<[PresenceState, number, PresenceState | null, number]>([
    [VIEWING, 0, VIEWING, 0],
    [VIEWING, PRESENT_FOR - 1, VIEWING, 0],
    [VIEWING, PRESENT_FOR, null, 0],
    [TYPING, BUSY_FOR - 1, TYPING, 0],
    [TYPING, BUSY_FOR, VIEWING, BUSY_FOR],
    [CLAIMING, BUSY_FOR - 1, CLAIMING, 0],
    [CLAIMING, BUSY_FOR, VIEWING, BUSY_FOR],
    [CLAIMING, PRESENT_FOR, null, 0],
    [AWAY, 0, null, 0],
  ])('%s is, after %d ms, %s', (says, after, wanted, since) => {
    const present = presentAt(markOf('agent_a', says, undefined, START), START + after);
    expect(present?.state ?? null).toBe(wanted);
    if (present) expect(present.since.getTime()).toBe(START + since);
  });

  test('holds to the very moment that is told as its end, and is something else from then on', () => {
    fc.assert(
      fc.property(state, fc.nat({ max: PRESENT_FOR }), (says, after) => {
        const mark = markOf('agent_a', says, undefined, START);
        const now = START + after;
        const present = presentAt(mark, now);
        if (!present) return;
        const ends = present.expiresAt.getTime();
        expect(ends).toBeGreaterThan(now);
        expect(presentAt(mark, ends - 1)).toEqual(present);
        expect(presentAt(mark, ends)?.state).not.toBe(present.state);
      }),
    );
  });

  test('again goes on since it began; after another state, or a gap, it begins anew', () => {
    fc.assert(
      fc.property(state, state, fc.nat({ max: 40_000 }), (first, second, after) => {
        const known = markOf('agent_a', first, undefined, START);
        const then = presentAt(known, START + after);
        const { since } = markOf('agent_a', second, known, START + after);
        expect(since).toBe(then?.state === second ? then.since.getTime() : START + after);
      }),
    );
  });
});

describe('nodes', () => {
  test('that hear the same in any order, and any of it twice, know the same', () => {
    const scene = said.chain((words) => {
      const marks = marksOf(words);
      const heard = fc.shuffledSubarray([...marks, ...marks], { minLength: marks.length * 2 });
      return fc.record({ marks: fc.constant(marks), one: heard, other: heard });
    });
    fc.assert(
      fc.property(scene, ({ marks, one, other }) => {
        const now = marks.at(-1)?.at ?? START;
        const [here, there] = [new Marks(), new Marks()];
        for (const mark of one) here.take('place', mark, now);
        for (const mark of other) there.take('place', mark, now);
        expect(allPresent(here.at('place'), now)).toEqual(allPresent(there.at('place'), now));
        const last = new Map(marks.map((mark) => [mark.who, mark]));
        expect(allPresent(here.at('place'), now)).toEqual(allPresent([...last.values()], now));
      }),
    );
  });

  test('take no mark for one that is none', () => {
    const mark = markOf('agent_a', TYPING, undefined, START);
    expect(readMark(JSON.stringify({ ...mark, more: 'x' }))).toEqual(mark);
    for (const text of ['', 'null', '[]', '{}', JSON.stringify({ ...mark, at: '1' }), '{"who":'])
      expect(readMark(text)).toBeNull();
  });

  test('forget what has run out', () => {
    const marks = new Marks();
    for (let n = 0; n < 1_000; n += 1)
      marks.take(`place ${n}`, markOf('agent_a', VIEWING, undefined, START), START);
    marks.take('place', markOf('agent_a', VIEWING, undefined, START + 60_000), START + 60_000);
    expect(marks.size).toBe(1);
  });
});

describe('a watch', () => {
  test('hears of what is new and not of what only goes on, until it ends', () => {
    const marks = new Marks();
    let heard = 0;
    const end = marks.watch('place', () => {
      heard += 1;
    });
    const first = markOf('agent_a', VIEWING, undefined, START);
    const again = markOf('agent_a', VIEWING, first, START + 1);
    const steps: [Mark, number][] = [
      [first, 1],
      [again, 1],
      [markOf('agent_b', VIEWING, undefined, START + 2), 2],
      [markOf('agent_a', TYPING, again, START + 3), 3],
      [first, 3],
    ];
    for (const [mark, wanted] of steps) {
      marks.take('place', mark, START + 3);
      expect(heard).toBe(wanted);
    }
    marks.take('elsewhere', first, START);
    end();
    marks.take('place', markOf('agent_c', VIEWING, undefined, START + 4), START + 4);
    expect([heard, marks.watching]).toEqual([3, 0]);
  });
});

describe('all who are there', () => {
  test('are shown once each, those to look out for first, and no more than there is room for', () => {
    fc.assert(
      fc.property(said, fc.nat({ max: 40_000 }), (words, after) => {
        const marks = marksOf(words);
        const now = (marks.at(-1)?.at ?? START) + after;
        const byPerson = [...new Map(marks.map((mark) => [mark.who, mark])).values()];
        const present = allPresent(byPerson, now);
        expect(present.map(({ agentId }) => agentId).sort()).toEqual(
          byPerson.flatMap((mark) => presentAt(mark, now)?.agentId ?? []).sort(),
        );
        const ranks = present.map(({ state: shown }) => [CLAIMING, TYPING, VIEWING].indexOf(shown));
        expect(ranks).toEqual([...ranks].sort());
        expect(ranks).not.toContain(-1);
      }),
    );
  });

  test('leave room for nobody else once they are many, but for themselves', () => {
    const many = Array.from({ length: MOST_AT_TICKET }, (_, n) =>
      markOf(`agent_${n}`, VIEWING, undefined, START),
    );
    expect(hasRoom(many, 'agent_late', START)).toBe(false);
    expect(hasRoom(many, 'agent_0', START)).toBe(true);
    expect(hasRoom(many.slice(1), 'agent_late', START)).toBe(true);
    expect(hasRoom(many, 'agent_late', START + PRESENT_FOR)).toBe(true);
  });
});

test('who comes to one ticket too many leaves those heard of longest ago', () => {
  const present = Array.from({ length: MOST_OF_PERSON + 1 }, (_, n): [string, Mark] => [
    `ticket_${n}`,
    markOf('agent_a', VIEWING, undefined, START + n),
  ]);
  const left = (at: typeof present, entered: string, after: number) =>
    toLeave(at, entered, START + after).map(([ticketId]) => ticketId);
  expect(left(present, `ticket_${MOST_OF_PERSON}`, 200)).toEqual(['ticket_0']);
  expect(left(present.slice(1), `ticket_${MOST_OF_PERSON}`, 200)).toEqual([]);
  expect(left(present, 'ticket_0', 200)).toEqual(['ticket_1']);
  expect(left(present, 'ticket_0', PRESENT_FOR + 200)).toEqual([]);
});
