/** What the templates of a definition name. Pure. */
import type { EffectDefinition } from './effect.definition.js';

/** What a template may name beside `form.KEY`. An effect gives them their values. */
export const TEMPLATE_VARIABLES = [
  'ticket.number',
  'ticket.subject',
  'ticket.status',
  'ticket.priority',
  'ticket.resolution',
  'ticket.promisedResolutionAt',
  'customer.name',
  'customer.email',
  'agent.name',
] as const;

const PLACEHOLDER = /\{\{[^{}]*\}\}/g;
const QUOTED = /"[^"]*"|'[^']*'/g;

function templatesOf(effect: EffectDefinition): [string, string][] {
  return Object.entries(effect)
    .filter(([property]) => property === 'subject' || property === 'body')
    .map(([property, text]) => [property, String(text)]);
}

/** What stands between the braces, without texts in quotation marks. */
function insides(template: string): string[] {
  return (template.match(PLACEHOLDER) ?? []).map((placeholder) =>
    placeholder.slice(2, -2).replaceAll(QUOTED, '""'),
  );
}

/** Every field that a template of the effect names, with the property the template is in. */
export function templateFields(effect: EffectDefinition): { property: string; key: string }[] {
  return templatesOf(effect).flatMap(([property, text]) =>
    insides(text)
      .flatMap((inside) => [...inside.matchAll(/\bform\.([\w-]+)/g)])
      .map((match) => ({ property, key: match[1] ?? '' })),
  );
}

function insideFaults(inside: string): string[] {
  const first = inside.split('|')[0]?.trim() ?? '';
  const list = `form.KEY, ${TEMPLATE_VARIABLES.join(', ')}`;
  if (first === '') return [`A placeholder is empty. Name one of: ${list}.`];
  const named = [...inside.matchAll(/\b([A-Za-z_]\w*)\.([\w-]+)/g)].map((match) => match[0]);
  if (named.length === 0 && /^[A-Za-z_]\w*$/.test(first)) named.push(first);
  return named
    .filter((name) => !name.startsWith('form.') && !(TEMPLATE_VARIABLES as readonly string[]).includes(name))
    .map((name) => `Nothing provides the variable "${name}". Name one of: ${list}.`);
}

/** Placeholders that aren't closed, are empty, or name a variable that nothing provides. */
export function templateFaults(effect: EffectDefinition): { property: string; message: string }[] {
  return templatesOf(effect).flatMap(([property, text]) => {
    const messages = insides(text).flatMap(insideFaults);
    const rest = text.replaceAll(PLACEHOLDER, '');
    if (rest.includes('{{')) messages.push('A placeholder is not closed. End it with }}.');
    return messages.map((message) => ({ property, message }));
  });
}
