import { Tier } from '../directory/directory.vocabulary.js';
import { Level, Priority } from './ticket.vocabulary.js';

/** Priorities from least to most. */
export const PRIORITIES = [Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.CRITICAL] as const;

/** Impact × urgency: ITIL's incident priority matrix with three levels each. The row is the impact. */
const MATRIX: Record<Level, Record<Level, Priority>> = {
  [Level.HIGH]: {
    [Level.HIGH]: Priority.CRITICAL,
    [Level.MEDIUM]: Priority.HIGH,
    [Level.LOW]: Priority.MEDIUM,
  },
  [Level.MEDIUM]: { [Level.HIGH]: Priority.HIGH, [Level.MEDIUM]: Priority.MEDIUM, [Level.LOW]: Priority.LOW },
  [Level.LOW]: { [Level.HIGH]: Priority.MEDIUM, [Level.MEDIUM]: Priority.LOW, [Level.LOW]: Priority.LOW },
};

/** A KEY organization's tickets stand one level higher; an IMPORTANT one's too, where urgency is HIGH. */
function raise(tier: Tier, urgency: Level): number {
  if (tier === Tier.KEY) return 1;
  return tier === Tier.IMPORTANT && urgency === Level.HIGH ? 1 : 0;
}

/** The priority that follows from impact, urgency and the organization's tier. Never above CRITICAL. */
export function priorityOf(impact: Level, urgency: Level, tier: Tier = Tier.STANDARD): Priority {
  const rank = PRIORITIES.indexOf(MATRIX[impact][urgency]) + raise(tier, urgency);
  return PRIORITIES[Math.min(rank, PRIORITIES.length - 1)] as Priority;
}
