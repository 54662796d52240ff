/** What surveys say together. Pure. */

export interface SurveySums {
  /** How many were answered. */
  answered: number;
  /** The sum of their overall ratings. */
  total: number;
  /** How many of them rate 4 or 5 overall. */
  content: number;
}

/** @returns mean and CSAT (in percent), both unrounded; null while nothing was answered */
export function satisfactionOf({ answered, total, content }: SurveySums) {
  return {
    answered,
    mean: answered === 0 ? null : total / answered,
    csat: answered === 0 ? null : (content / answered) * 100,
  };
}
