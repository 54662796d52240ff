import fc from 'fast-check';
import { escapeHtml, htmlOf } from '../../../src/platform/mail/mail-html.rules.js';

const link = (href: string) => `<a href="${href}" rel="noopener noreferrer">${href}</a>`;

describe('text as markup', () => {
  test('escapes what could be markup', () => {
    expect(htmlOf(`<script>alert("1")</script> & 'x'`)).toBe(
      '<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    );
    expect(escapeHtml('"><img src=x onerror=1>')).toBe('&quot;&gt;&lt;img src=x onerror=1&gt;');
  });

  test('makes paragraphs of blank lines and breaks of line ends, whichever they are', () => {
    expect(htmlOf('Hello,\r\n\r\none\rtwo\n \t\n\nthree\n')).toBe(
      '<p>Hello,</p>\n<p>one<br>\ntwo</p>\n<p>three</p>',
    );
    expect(htmlOf('')).toBe('<p></p>');
  });

  test('links http and https, without the punctuation of the sentence', () => {
    expect(htmlOf('See https://desk.example/a?b=1&c=2.')).toBe(
      `<p>See ${link('https://desk.example/a?b=1&amp;c=2')}.</p>`,
    );
    expect(htmlOf('(http://a.example/x_(y)), HTTPS://B.example!')).toBe(
      `<p>(${link('http://a.example/x_(y)')}), ${link('HTTPS://B.example')}!</p>`,
    );
  });

  test('keeps the hyphens and underscores of a token at the end of a link', () => {
    expect(htmlOf('https://desk.example/survey/a-b_\n')).toBe(
      `<p>${link('https://desk.example/survey/a-b_')}</p>`,
    );
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ftp://a.example',
    'https://',
    'http:///',
  ])('does not link %s', (text) => {
    expect(htmlOf(text)).not.toContain('<a');
  });

  test('ends a link at a quote, a bracket or a back-slash', () => {
    expect(htmlOf('https://a.example/"onmouseover="x')).toBe(
      `<p>${link('https://a.example/')}&quot;onmouseover=&quot;x</p>`,
    );
    expect(htmlOf('<https://a.example/>')).toBe(`<p>&lt;${link('https://a.example/')}&gt;</p>`);
    expect(htmlOf('https://a.example\\@b.example')).toContain(link('https://a.example'));
  });

  test('holds no tag but its own, whatever the text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      'http://',
      'https://a.b',
      'javascript:',
      '\n',
      '\n\n',
      ')',
      '.',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme' }))), (pieces) => {
        const rest = htmlOf(pieces.join(''))
          .replace(/<a href="https?:\/\/[^"<>']*" rel="noopener noreferrer">/gi, '')
          .replace(/<\/?p>|<br>|<\/a>/g, '');
        expect(rest).not.toMatch(/[<>"']/);
      }),
    );
  });

  test('takes its time from the length of the text, not from its square', () => {
    const hostile = ['.', ')', '(', 'https://a.b/).', 'https://', '\n \n', '\n', ' '].map((part) =>
      part.repeat(100_000),
    );
    const started = performance.now();
    for (const text of hostile) htmlOf(`https://a.example/${text}x`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
