import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../../platform/context.js';
import { DomainError } from '../../platform/errors.js';
import type { Payload } from '../../platform/graphql/user-error.js';
import { isRecorded, isRefusal, PRIVILEGED } from './audit.policy.js';
import { type Act, recordDone, recordRefused } from './audit.service.js';

/**
 * Has every privileged mutation recorded, whoever resolves it: around the guard of the schema, so that
 * what it refuses is seen too. Those without a token are not recorded; there is nobody to name.
 * @throws Error when the table names a mutation that is not there
 */
export function recordMutations(schema: GraphQLSchema): GraphQLSchema {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const [action, privilege] of Object.entries(PRIVILEGED)) {
    const field = mutations[action];
    if (!field) throw new Error(`There is no mutation ${action} to be recorded in the audit`);
    const inner = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, ctx: Context, info) => {
      const input = args.input as Act['input'];
      const work = async () => inner(source, args, ctx, info) as Promise<Payload>;
      if (ctx.viewer.kind === 'ANONYMOUS' || !isRecorded(privilege, input, ctx.viewer.id)) return work();
      return recorded(ctx, { action, privilege, input }, work);
    };
  }
  return schema;
}

async function recorded(ctx: Context, act: Act, work: () => Promise<Payload>): Promise<Payload> {
  // Mutations of one request run one after the other: the context is this one's alone meanwhile.
  ctx.witness = async (tx) => recordDone(tx, act);
  try {
    const payload = await work();
    const refusal = payload.userErrors.find(({ code }) => isRefusal(code));
    if (refusal) await recordRefused(ctx, act, refusal.code);
    return payload;
  } catch (error) {
    if (error instanceof DomainError && isRefusal(error.code)) await recordRefused(ctx, act, error.code);
    throw error;
  } finally {
    ctx.witness = null;
  }
}
