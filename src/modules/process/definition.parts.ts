import { z } from 'zod';

/**
 * The small parts of which the schema of a definition is made, with their bounds. What the text of a key
 * may look like is said by `faultsOf`, in sentences: a draft may hold a key that isn't right yet.
 */
export const MOST = { steps: 200, fields: 100, entries: 50, options: 200 } as const;

export const stepKey = z.string().max(100).meta({ description: 'Key of a step, in kebab-case.' });
export const fieldKey = z.string().max(100).meta({ description: 'Key of a field.' });
/** One line: names, titles, labels. */
export const line = z.string().max(255);
/** A paragraph. */
export const prose = z.string().max(5_000);
/** Text with `{{…}}` placeholders, and as long as a letter. */
export const template = z.string().max(20_000);

export const list = <Item extends z.ZodType>(item: Item, most: number = MOST.entries) =>
  z.array(item).max(most);

/** From the options of a DROPDOWN to what they stand for. */
export const fieldMap = <Value extends z.ZodType>(value: Value) => z.record(line, value);
