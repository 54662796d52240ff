import type { Loader } from '../../platform/context.js';
import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { File } from './file.entity.js';

const files = hangingOn(File, 'file', 'TICKET');

/** A file by its id. A customer finds those that are marked for them; staff find all of the tickets they see. */
export const fileById: Loader<string, File> = {
  load: async (ctx, ids) =>
    (await files.byId.load(ctx, ids)).map((file) =>
      file && (ctx.viewer.kind !== 'CUSTOMER' || file.customerVisible) ? file : null,
    ),
};
registerNode('file', 'File', fileById);
