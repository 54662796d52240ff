import { Extensions } from 'type-graphql';

/** What a list holds that is not paged and says nothing of its size. */
export const LIST_SIZE = 10;

/** Says how many objects a list that is not paged holds as a rule; its cost is reckoned by it. */
export const Size = (objects: number) => Extensions({ size: objects });

/** The size that a field's extensions say. */
export function sizeIn({ size }: { size?: unknown }): number {
  return typeof size === 'number' ? size : LIST_SIZE;
}
