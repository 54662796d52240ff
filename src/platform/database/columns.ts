import { type AnyEntity, OptionalProps, type PropertyOptions } from '@mikro-orm/core';
import { Property } from '@mikro-orm/decorators/legacy';
import { TextListType } from './text-list.js';

/**
 * The column types of the desk, each by a name, so that an entity reads as what it holds. Moments are
 * kept to the millisecond: what a cursor's text says is then exactly what the row says.
 */
type Options = PropertyOptions<AnyEntity>;
const column =
  (options: Options) =>
  (extra: Options = {}) =>
    Property({ ...options, ...extra });

export const Text = column({ type: 'text' });
export const Whole = column({ type: 'integer' });
export const Flag = column({ type: 'boolean' });
export const Moment = column({ type: 'datetime', columnType: 'timestamptz(3)' });
export const Json = column({ type: 'json', columnType: 'jsonb' });
export const TextList = column({ type: TextListType, columnType: 'text[]' });

export { OptionalProps };
