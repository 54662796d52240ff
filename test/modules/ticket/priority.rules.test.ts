import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Tier } from '../../../src/modules/directory/directory.vocabulary.js';
import { PRIORITIES, priorityOf } from '../../../src/modules/ticket/priority.rules.js';
import { Level } from '../../../src/modules/ticket/ticket.vocabulary.js';

/** Impact, urgency, and the priority for a STANDARD, an IMPORTANT and a KEY organization. */
const TABLE = [
  ['HIGH', 'HIGH', 'CRITICAL', 'CRITICAL', 'CRITICAL'],
  ['HIGH', 'MEDIUM', 'HIGH', 'HIGH', 'CRITICAL'],
  ['HIGH', 'LOW', 'MEDIUM', 'MEDIUM', 'HIGH'],
  ['MEDIUM', 'HIGH', 'HIGH', 'CRITICAL', 'CRITICAL'],
  ['MEDIUM', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'HIGH'],
  ['MEDIUM', 'LOW', 'LOW', 'LOW', 'MEDIUM'],
  ['LOW', 'HIGH', 'MEDIUM', 'HIGH', 'HIGH'],
  ['LOW', 'MEDIUM', 'LOW', 'LOW', 'MEDIUM'],
  ['LOW', 'LOW', 'LOW', 'LOW', 'MEDIUM'],
] as const;

test.each(TABLE)(
  'impact %s and urgency %s are %s; %s where IMPORTANT, %s where KEY',
  (impact, urgency, ...wanted) => {
    const tiers = [Tier.STANDARD, Tier.IMPORTANT, Tier.KEY];
    expect(tiers.map((tier) => priorityOf(Level[impact], Level[urgency], tier))).toEqual(wanted);
  },
);

test('the table is whole, and without an organization a ticket is a STANDARD one', () => {
  expect(new Set(TABLE.map(([impact, urgency]) => `${impact} ${urgency}`)).size).toBe(9);
  for (const [impact, urgency, standard] of TABLE)
    expect(priorityOf(Level[impact], Level[urgency])).toBe(standard);
});

const level = fc.constantFrom(Level.LOW, Level.MEDIUM, Level.HIGH);
const tier = fc.constantFrom(Tier.STANDARD, Tier.IMPORTANT, Tier.KEY);
const rank = (...of: Parameters<typeof priorityOf>) => PRIORITIES.indexOf(priorityOf(...of));

test('more impact, more urgency or a higher tier never lowers a priority', () => {
  const levels = [Level.LOW, Level.MEDIUM, Level.HIGH];
  const tiers = [Tier.STANDARD, Tier.IMPORTANT, Tier.KEY];
  const above = <T>(all: T[], one: T) => all.slice(all.indexOf(one));
  fc.assert(
    fc.property(level, level, tier, (impact, urgency, of) => {
      const here = rank(impact, urgency, of);
      for (const higher of above(levels, impact))
        expect(rank(higher, urgency, of)).toBeGreaterThanOrEqual(here);
      for (const sooner of above(levels, urgency))
        expect(rank(impact, sooner, of)).toBeGreaterThanOrEqual(here);
      for (const dearer of above(tiers, of))
        expect(rank(impact, urgency, dearer)).toBeGreaterThanOrEqual(here);
    }),
  );
});
