import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Category, Product } from './category.entity.js';

function named<Kind extends Category | Product>(entity: new () => Kind, table: string): Loader<string, Kind> {
  return {
    alike: ({ kind }) => kind,
    load: async (ctx, ids) => {
      if (ctx.viewer.kind === 'ANONYMOUS') return ids.map(() => null);
      return inOrder(ids, await all(ctx, entity, table, ids), (item) => item.id);
    },
  };
}

async function all<Kind extends Category | Product>(
  ctx: Context,
  entity: new () => Kind,
  table: string,
  ids?: readonly string[],
) {
  const reader = rowsOf(ctx.em, entity);
  let query = sqlOf(ctx.em).selectFrom(`${table} as x`).orderBy('x.name').select(reader.select('x'));
  if (ids) query = query.where('x.id', 'in', ids);
  return reader.read(await query.execute());
}

export const categoryById = named(Category, 'category');
export const productById = named(Product, 'product');
registerNode('category', 'Category', categoryById);
registerNode('product', 'Product', productById);

/** Every category of the desk, by name. */
export const allCategories = (ctx: Context) => all(ctx, Category, 'category');
/** Every product of the desk, by name. */
export const allProducts = (ctx: Context) => all(ctx, Product, 'product');
