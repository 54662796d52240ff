import type { GraphQLSchema } from 'graphql';
import type { Client } from '../../support/client.js';

/** What a mutation answered. */
// biome-ignore lint/suspicious/noExplicitAny: a payload of whichever mutation; tests look into it.
export type Payload = any;

/** Sends a mutation by its name. @returns its payload, whatever it is, with the whole answer */
export async function mutate(
  schema: GraphQLSchema,
  client: Client,
  name: string,
  input: object,
  selection = '',
): Promise<{ payload: Payload | null; errors: Payload[] }> {
  const type = schema.getMutationType()?.getFields()[name]?.args[0]?.type;
  const query = `mutation ($input: ${type}) { payload: ${name}(input: $input) { ${selection} userErrors { code message path } } }`;
  const { data, errors } = await client.send<{ payload: Payload }, unknown>(query, { input });
  return { payload: data?.payload ?? null, errors: (errors ?? []) as Payload[] };
}

/** The same, and a refusal fails the test. @returns the payload */
export async function act(
  schema: GraphQLSchema,
  client: Client,
  name: string,
  input: object,
  selection = '',
): Promise<Payload> {
  const { payload, errors } = await mutate(schema, client, name, input, selection);
  const refused = errors.length > 0 ? errors : payload?.userErrors;
  if (refused?.length) throw new Error(`${name} was refused: ${JSON.stringify(refused)}`);
  return payload;
}
