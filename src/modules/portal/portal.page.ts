import { escapeHtml } from '../../platform/mail/mail-html.rules.js';

/** What the pages for customers have in common: no script, nothing loaded from elsewhere. */

const STYLE = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif;
  --edge: color-mix(in srgb, CanvasText 35%, Canvas); --accent: light-dark(#0b57d0, #8ab4f8); --on-accent: light-dark(#fff, #062e6f);
  --fault: light-dark(#b3261e, #f2b8b5); }
*, ::before, ::after { box-sizing: border-box; }
body { max-width: 38rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
fieldset { border: 1px solid var(--edge); border-radius: .5rem; margin: 0 0 1rem; padding: .75rem 1rem 1rem; min-width: 0; }
legend, .label { font-weight: 600; padding: 0 .25rem; }
.label { display: block; padding: 0; margin: 0 0 .25rem; }
.hint { margin: 0 0 .5rem; font-size: .9375rem; }
.ratings { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem; }
.ratings label { display: grid; justify-items: center; align-content: start; gap: .25rem; padding: .6rem .25rem; border: 1px solid var(--edge);
  border-radius: .5rem; cursor: pointer; text-align: center; font-size: .875rem; }
.ratings label:has(:checked) { border-color: var(--accent); outline: 2px solid var(--accent); }
.ratings b { font-size: 1.125rem; }
input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); }
textarea { width: 100%; font: inherit; padding: .5rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: Field; color: FieldText; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; border-radius: .5rem; cursor: pointer;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); }
button.plain { background: transparent; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form { margin: 1.5rem 0; }
.fault { color: var(--fault); font-weight: 600; margin: 0 0 .5rem; }
[role=alert], [role=status] { border-left: .3rem solid var(--accent); padding: .5rem .75rem; margin: 0 0 1.25rem; }
[role=alert] { border-color: var(--fault); }
[role=alert] p, [role=status] p { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; }`;

/**
 * How such a page is sent. The referrer policy lets the browser say that a form comes from here, and keeps
 * the link, which is all it takes to act, from every other site.
 */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

/** @param main markup; whatever comes from outside is escaped in it already */
export function portalPage(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Stepdesk</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** A page that says one thing. */
export function plainPage(title: string, text: string): string {
  return portalPage(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
}

/** One and the same for every link that doesn't work, so that a guess teaches nothing. */
export const refusalPage = plainPage(
  'This link does not work',
  'It is unknown, was used before or has expired. If you need our help, please write to us.',
);

/** Faults of a form, read out at once by screen readers. */
export function alertOf(faults: { field?: string; text: string }[]): string {
  if (faults.length === 0) return '';
  const lines = faults.map(({ field, text }) =>
    field ? `<p><a href="#${field}">${escapeHtml(text)}</a></p>` : `<p>${escapeHtml(text)}</p>`,
  );
  return `<div role="alert">\n${lines.join('\n')}\n</div>`;
}
