/** What variables may hold, whatever they are for. Pure. */

/** Levels of lists and objects within variables. The deepest input of the desk, a definition, has 12. */
const MOST_LEVELS = 50;

export interface VariableFault {
  message: string;
  /** From the variable's name down. */
  path: string[];
}

/** A value on the way, with the way back: a path is only written out where something is wrong. */
interface Place {
  value: unknown;
  key: string;
  above: Place | null;
  level: number;
}

/** Whether PostgreSQL could keep it and UTF-8 could carry it: no NUL, no half of a surrogate pair. */
export function isKeepable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/**
 * The first fault of a request's variables that no type would catch: text that can't be kept, or more levels
 * than anything has. Walks without recursion, so that no depth exhausts the stack.
 */
export function variableFault(variables: object): VariableFault | null {
  const left = placesIn(variables, null);
  for (let place = left.pop(); place; place = left.pop()) {
    const { value, level } = place;
    if (!isKeepable(place.key)) return fault(place, 'A name contains NUL or half of a surrogate pair.');
    if (typeof value === 'string' && !isKeepable(value))
      return fault(place, 'Text must not contain NUL characters or halves of surrogate pairs.');
    if (typeof value !== 'object' || value === null) continue;
    if (level >= MOST_LEVELS)
      return fault(place, `This is nested too deep: variables have at most ${MOST_LEVELS} levels.`);
    for (const inner of placesIn(value, place)) left.push(inner);
  }
  return null;
}

/** Last first, so that they are taken from the end in their order. */
function placesIn(value: object, above: Place | null): Place[] {
  const level = (above?.level ?? 0) + 1;
  return Object.entries(value)
    .map(([key, inner]) => ({ value: inner, key, above, level }))
    .reverse();
}

function fault(place: Place, message: string): VariableFault {
  const path: string[] = [];
  for (let at: Place | null = place; at; at = at.above) path.unshift(at.key.slice(0, 100));
  return { message, path };
}
