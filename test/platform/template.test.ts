import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainError } from '../../src/platform/errors.js';
import { render } from '../../src/platform/template.js';

/** What a template is refused with. */
function refusal(template: string, scope: Parameters<typeof render>[1] = {}): string {
  try {
    return `rendered: ${render(template, scope)}`;
  } catch (error) {
    return `${(error as DomainError).code}: ${(error as DomainError).message}`;
  }
}

describe('a template', () => {
  test('shows the values it names', () => {
    const scope = { form: { Issue: 'no sound' }, customer: { name: 'Casey' } };
    expect(render('Dear {{customer.name}}, about {{ form.Issue }}: { } %} {', scope)).toBe(
      'Dear Casey, about no sound: { } %} {',
    );
  });

  test.each([
    '{{customer.name}}',
    '{% for i in (1..9) %}x{% endfor %}',
    '{{ "now" | date: "%Y" }}',
    '{{form.x}}',
    '{%raw%}',
    '}}{{',
    '$& $1 \\0',
  ])('is rendered once: %j in a value stays text', (value) => {
    expect(render('[{{form.x}}|{{form.x}}]', { form: { x: value }, customer: { name: 'Casey' } })).toBe(
      `[${value}|${value}]`,
    );
  });

  test('whatever a value is, it is shown as it is and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (one, other) => {
        expect(render('{{form.one}}\n{{form.other}}', { form: { one, other } })).toBe(`${one}\n${other}`);
      }),
    );
  });

  test.each<[string, string, Parameters<typeof render>[1]]>([
    ['form.Missing', 'Hello {{form.Missing}}', { form: { Other: 'x' } }],
    ['form.Missing', '{{customer.name}} {{ form.Missing }}', { form: {}, customer: { name: 'Casey' } }],
    ['nobody', '{{nobody.name}}', {}],
  ])('names the variable that has no value: %s', (name, template, scope) => {
    expect(refusal(template, scope)).toBe(
      `UNRESOLVED_VARIABLE: The template's variable ${name} has no value; nothing was sent.`,
    );
  });

  test.each([
    '__proto__',
    'constructor',
    'constructor.name',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    'valueOf',
  ])('does not reach %s, of an object, of a text, or of all', (name) => {
    const scope = { form: { text: 'words' } };
    for (const place of [`form.${name}`, `form['${name}']`, `form.text.${name}`, name])
      expect(refusal(`{{${place}}}`, scope)).toMatch(/^UNRESOLVED_VARIABLE: /);
  });

  test('shows a field that is really called so', () => {
    const form = JSON.parse('{"__proto__": "mine", "constructor": "too"}') as Record<string, string>;
    expect(render('{{form.__proto__}} {{form.constructor}}', { form })).toBe('mine too');
    expect(Object.prototype).not.toHaveProperty('mine');
  });

  test.each(['{% nonsense %}', '{{ form.x | nonsense }}', '{% for i in form %}', '{% endif %}'])(
    'that cannot be read is refused: %s',
    (template) => {
      expect(refusal(template, { form: { x: 'y' } })).toBe('INVALID_INPUT: The template cannot be read.');
    },
  );
});
