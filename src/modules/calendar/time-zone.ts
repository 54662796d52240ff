import { Temporal } from 'temporal-polyfill';
import { DAY, dateOf, type Zone } from './day.rules.js';

/** The name of a zone as the IANA database writes it, or null where it has none of that name. */
export function knownZone(name: string): string | null {
  // An offset is no zone: it knows nothing of summer time.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}

/**
 * The wall clocks of a zone, by Temporal and the IANA database that Node has.
 * @throws RangeError for a zone that the database does not have
 */
export function zoneOf(name: string): Zone {
  return {
    localOf(instant) {
      const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
      const wall = Date.parse(`${local.toPlainDateTime().toString({ fractionalSecondDigits: 3 })}Z`);
      const day = Math.floor(wall / DAY);
      return { day, clock: wall - day * DAY };
    },
    instantOf(day, clock, which) {
      const wall = new Date(day * DAY + clock).toISOString().slice(0, -1);
      const plain = Temporal.PlainDateTime.from(wall);
      const disambiguation = which === 'EARLIER' ? 'earlier' : 'later';
      const found = plain.toZonedDateTime(name, { disambiguation });
      if (found.toPlainDateTime().equals(plain)) return found.epochMilliseconds;
      // The clock was set forward over it: Temporal answers with a time on one side of the gap.
      const before = plain.toZonedDateTime(name, { disambiguation: 'earlier' });
      const gap = before.getTimeZoneTransition('next');
      if (!gap) throw new RangeError(`${dateOf(day)} has a gap in ${name} that no transition explains`);
      return gap.epochMilliseconds;
    },
  };
}
