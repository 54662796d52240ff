import type { Client } from '../../support/client.js';
import { partsOf } from '../authorisation/selection.js';
import type { Thing } from '../authorisation/world.js';
import type { Stage } from '../stage/stage.js';
import { hearAll } from './live.js';
import type { Question, Reply } from './questions.js';

/** How many questions one request asks. */
const AT_ONCE = 25;

/** Asks all of these questions, of any fields. */
export async function askAll(
  stage: Stage,
  client: Client,
  questions: readonly Question[],
): Promise<Map<Question, Reply>> {
  const replies = new Map<Question, Reply>();
  const queries = questions.filter(({ use }) => use.parent === stage.schema.getQueryType());
  const live = questions.filter(({ use }) => use.parent === stage.schema.getSubscriptionType());
  const lost = questions.find((question) => !queries.includes(question) && !live.includes(question));
  if (lost)
    throw new Error(`${lost.use.parent.name}.${lost.use.field.name} takes criteria: say how it is reached`);
  for (const some of Object.values(Object.groupBy(queries, ({ use }) => use.field.name)) as Question[][])
    for (let start = 0; start < some.length; start += AT_ONCE)
      for (const [question, reply] of await askTogether(stage, client, some.slice(start, start + AT_ONCE)))
        replies.set(question, reply);
  for (const [question, reply] of await hearAll(stage, client, live)) replies.set(question, reply);
  return replies;
}

/** Questions of one field in one request; each by itself where some of them are refused. */
async function askTogether(
  stage: Stage,
  client: Client,
  questions: Question[],
): Promise<[Question, Reply][]> {
  const { data, errors } = await client.send<Record<string, Thing>, unknown>(
    documentOf(stage, questions),
    Object.fromEntries(
      questions.flatMap(({ args }, index) =>
        Object.entries(args).map(([name, value]) => [`q${index}_${name}`, value]),
      ),
    ),
  );
  if (errors && questions.length > 1)
    return (await Promise.all(questions.map((each) => askTogether(stage, client, [each])))).flat();
  return questions.map((question, index) => {
    const value = data?.[`q${index}`];
    const [error] = errors ?? [];
    const { cost: _, ...extensions } = error?.extensions ?? {};
    const text = JSON.stringify(error ? { message: error.message, extensions } : value);
    return [question, { value, code: error ? String(extensions.code) : null, text }];
  });
}

function documentOf({ schema }: Stage, questions: Question[]): string {
  const heads = questions.flatMap(({ use, args }, index) =>
    use.field.args.filter(({ name }) => name in args).map(({ name, type }) => `$q${index}_${name}: ${type}`),
  );
  const fields = questions.map(({ use: { field }, args }, index) => {
    const passed = Object.keys(args).map((name) => `${name}: $q${index}_${name}`);
    return `q${index}: ${field.name}(${passed})${partsOf(schema, field.type)}`;
  });
  return `query (${heads}) { ${fields.join(' ')} }`;
}
