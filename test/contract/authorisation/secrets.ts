import { Role } from '../../../src/platform/auth/viewer.js';
import { KINDS, type Kind, marker, PLACES, type Place, type ViewerName } from '../stage/people.js';
import { isStaff, seesTicket } from './table.js';

/** Whether a viewer may read a text of this kind, of a ticket of this place. */
const READS: Record<Kind, (viewer: ViewerName, place: Place) => boolean> = {
  PUBLIC: seesTicket,
  STAFF: (viewer, place) => isStaff(viewer) && seesTicket(viewer, place),
  SURVEY: (viewer, place) => seesTicket(viewer, place) && (isStaff(viewer) || place === 'OWN'),
  FEEDBACK: (viewer, place) =>
    (viewer === Role.AGENT && place === 'OWN') || (viewer === Role.TEAM_LEAD && place !== 'OTHER'),
  KEY: (viewer, place) => viewer === Role.ADMIN || (viewer === Role.AGENT && place === 'OWN'),
};

/** The texts that a viewer is never to find in an answer. */
export function secretsFrom(viewer: ViewerName): string[] {
  return PLACES.flatMap((place) =>
    KINDS.filter((kind) => !READS[kind](viewer, place)).map((kind) => marker(place, kind)),
  );
}

/** Those of them that are in an answer all the same. */
export function leaked(raw: string, viewer: ViewerName): string[] {
  return secretsFrom(viewer).filter((secret) => raw.includes(secret));
}
