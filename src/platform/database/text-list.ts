import { ArrayType } from '@mikro-orm/core';

/**
 * Texts as an array of PostgreSQL, which takes a bare `null`, in whatever letters, for no text at all: so all of them
 * are quoted.
 */
export class TextListType extends ArrayType {
  override convertToDatabaseValue(texts: string[] | null): string | null {
    return texts && `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  }
}
