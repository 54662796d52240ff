/** From the plain text of a mail to markup. Text comes from anyone, so all of it is escaped. Pure. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** Blank lines part paragraphs, line ends are breaks, http(s) addresses are links; all else stays text. */
export function htmlOf(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n(?:[ \t]*\n)+/);
  return paragraphs.map((paragraph) => `<p>${linked(paragraph).replaceAll('\n', '<br>\n')}</p>`).join('\n');
}

function linked(text: string): string {
  let html = '';
  let done = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'`\\]+/gi)) {
    const link = withoutPunctuation(match[0]);
    if (!URL.canParse(link)) continue;
    const href = escapeHtml(link);
    html += escapeHtml(text.slice(done, match.index));
    html += `<a href="${href}" rel="noopener noreferrer">${href}</a>`;
    done = match.index + link.length;
  }
  return html + escapeHtml(text.slice(done));
}

/**
 * A sentence's punctuation after a link is not part of it; a closing bracket is where one was opened.
 * By hand: a regular expression anchored at the end takes quadratic time on a long run of dots.
 */
function withoutPunctuation(link: string): string {
  let unopened = count(link, ')') - count(link, '(');
  let end = link.length;
  for (;;) {
    const last = link.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (last === '' || !'.,;:!?…*]}'.includes(last)) return link.slice(0, end);
    end -= 1;
  }
}

const count = (text: string, character: string) => text.split(character).length - 1;
