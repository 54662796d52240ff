/** The plain-text body of a message to the customer: greeting, paragraphs, the agent's name. Pure. */
export function letter(...paragraphs: string[]): string {
  return ['Hello {{customer.name}},', ...paragraphs, 'Kind regards\n{{agent.name}}'].join('\n\n');
}
