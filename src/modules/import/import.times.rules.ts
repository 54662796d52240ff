/** When things happened to an imported ticket, by the two times that the file has of it. Pure. */

export interface Stamps {
  closed: boolean;
  firstResponse: Date | null;
  resolution: Date | null;
}

/** The ticket's own columns of the same names. */
export interface Times {
  createdAt: Date;
  updatedAt: Date;
  firstResponseAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

/**
 * Works out the times of a ticket. The file has none of the request, so a ticket counts as made at its
 * earliest time known, or when the file was written where it has none.
 *
 * A resolution before the first response can't have been; it would make negative durations. Such a
 * ticket keeps its status and first response, has no time of resolution, and counts as closed at the
 * later of the two times, since a closed ticket has such a time. The same goes for a closed ticket
 * without a time of resolution.
 * @returns the times, and what is to be said of them where they are not simply the file's
 */
export function timesOf(stamps: Stamps, exportedAt: Date): { times: Times; remark: string | null } {
  const { closed, firstResponse, resolution } = stamps;
  const known = [firstResponse, resolution]
    .filter((stamp) => stamp !== null)
    .sort((a, b) => a.getTime() - b.getTime());
  const earliest = known[0] ?? exportedAt;
  const latest = known.at(-1) ?? exportedAt;
  const backwards = firstResponse !== null && resolution !== null && resolution < firstResponse;
  const times: Times = {
    createdAt: earliest,
    updatedAt: latest,
    firstResponseAt: firstResponse,
    resolvedAt: closed && !backwards ? resolution : null,
    closedAt: closed ? latest : null,
  };
  return { times, remark: remarkOn(stamps, backwards, latest) };
}

function remarkOn(stamps: Stamps, backwards: boolean, latest: Date): string | null {
  const { closed, firstResponse, resolution } = stamps;
  const without = 'imported without a time of resolution';
  const kept = 'the times of the file as they were';
  const closing = `the status Closed as of ${plain(latest)}`;
  if (backwards) {
    const first = `First Response Time ${plain(firstResponse)}`;
    const fault = `Time to Resolution ${plain(resolution)} lies before ${first}`;
    return `${fault}: ${without}; kept: the first response, ${closed ? `${closing}, ` : ''}and ${kept}`;
  }
  if (closed && resolution === null)
    return `Closed with no time of resolution that can be read: ${without}; kept: ${closing}, and ${kept}`;
  if (!closed && resolution !== null)
    return `Time to Resolution is set though the ticket is not closed: ${without}; kept: ${kept}`;
  return null;
}

function plain(moment: Date | null): string {
  return moment === null ? '' : moment.toISOString().slice(0, 19).replace('T', ' ');
}
