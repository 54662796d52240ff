/** What somebody wrote, without what their mail program quoted below it. Pure. */

/** Stands above the text of outgoing mail; what comes back below it is a quotation. */
export const REPLY_MARKER = '-- Please write your answer above this line --';

/** What mail programs write over a quotation, in the languages they are often set to. */
const ATTRIBUTION =
  /\b(wrote|writes|schrieb|schreef|écrit|escribió|scritto|skrev|escreveu)\b|@|\d{1,2}:\d{2}/i;
/** The header that some programs repeat, and the rules they draw. */
const REPEATED_HEADER = /^\W*(from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff)\s*\W?:/i;
const RULE = /^[\s>_*=-]{5,}$|^-+ ?original message ?-+$/i;

/**
 * The text above the marker, and above what introduces the quotation. Where nothing stands above it,
 * what is below and not quoted: some people write underneath. Without a marker all of it.
 */
export function aboveMarker(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const marker = lines.findIndex((line) => line.includes(REPLY_MARKER));
  if (marker < 0) return text.replace(/\r\n?/g, '\n').trim();
  const above = withoutIntroduction(lines.slice(0, marker));
  if (above !== '') return above;
  const below = lines.slice(marker + 1);
  return below.some(isQuoted)
    ? below
        .filter((line) => !isQuoted(line))
        .join('\n')
        .trim()
    : '';
}

const isQuoted = (line: string) => line.trimStart().startsWith('>');
const isEmpty = (line: string) => line.trim() === '';

/** Takes away, from the end, quoted and empty lines, rules, repeated headers, and one attribution. */
function withoutIntroduction(lines: string[]): string {
  const left = [...lines];
  const drop = (is: (line: string) => boolean) => {
    while (left.length > 0 && is(left.at(-1) as string)) left.pop();
  };
  const around = (line: string) => isQuoted(line) || isEmpty(line) || RULE.test(line);
  drop(around);
  if (REPEATED_HEADER.test(left.at(-1) ?? '')) drop((line) => around(line) || REPEATED_HEADER.test(line));
  else if (left.at(-1)?.trimEnd().endsWith(':')) dropAttribution(left);
  drop(around);
  return left.join('\n').trim();
}

/** "On 3 March 2026 at 10:00, Support <support@example.com> wrote:", on one line or broken into two or three. */
function dropAttribution(lines: string[]): void {
  let first = lines.length - 1;
  while (first > 0 && lines.length - first < 3 && !isEmpty(lines[first - 1] as string)) {
    if (/^(on|am|le|el|il|op|den|em)\b/i.test((lines[first] as string).trim())) break;
    first -= 1;
  }
  const starts = /^(on|am|le|el|il|op|den|em)\b/i.test((lines[first] as string).trim());
  const from = starts ? first : lines.length - 1;
  if (ATTRIBUTION.test(lines.slice(from).join(' '))) lines.splice(from);
}
