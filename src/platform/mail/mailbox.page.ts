import type { Mail } from './mail.entity.js';
import { escapeHtml, htmlOf } from './mail-html.rules.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1rem 0 2rem; }
input { flex: 1 1 16rem; }
input, button { font: inherit; padding: .35rem .6rem; }
article { border: 1px solid GrayText; border-radius: .5rem; padding: 1rem 1.25rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: 0; }
dd { margin: 0; }
h2, dd, .text { overflow-wrap: anywhere; }
.text { border-top: 1px solid GrayText; margin-top: .75rem; }`;

/** The demo's mailbox as one page: no script, nothing loaded from elsewhere. */
export function mailboxPage(mails: Mail[], to: string): string {
  const shown = mails.map(mailArticle).join('\n') || `<p>No mail${to ? ' to this address' : ' yet'}.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox · Stepdesk</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>The mail that this demo desk sent, the newest first. Nothing left the machine.</p>
<form method="get" role="search">
<label for="to">Sent to</label>
<input id="to" name="to" type="search" placeholder="name@example.com" value="${escapeHtml(to)}">
<button>Show</button>${to ? '\n<a href="?">Show all</a>' : ''}
</form>
${shown}
</main>
</body>
</html>
`;
}

function mailArticle(mail: Mail): string {
  const moment = mail.createdAt.toISOString();
  return `<article id="${mail.id}" aria-labelledby="${mail.id}-subject">
<h2 id="${mail.id}-subject" dir="auto">${escapeHtml(mail.subject) || '(no subject)'}</h2>
<dl>
<dt>To</dt><dd>${escapeHtml(mail.to)}</dd>
<dt>Sent</dt><dd><time datetime="${moment}">${moment.slice(0, 19).replace('T', ' ')} UTC</time></dd>${attached(mail)}
</dl>
<div class="text" dir="auto">
${htmlOf(mail.text)}
</div>
</article>`;
}

function attached({ attachments }: Mail): string {
  const names = attachments.map(({ name }) => escapeHtml(name));
  return names.length > 0 ? `\n<dt>Attached</dt><dd dir="auto">${names.join(', ')}</dd>` : '';
}
