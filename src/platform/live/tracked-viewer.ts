import type { Viewer } from '../auth/viewer.js';

/**
 * The viewer, remembering in `reads` which of its properties were looked at. Whatever was worked out with it
 * is the same for everybody who is alike in those.
 */
export function tracked<V extends Viewer>(viewer: V, reads: Set<string>): V {
  const all = () => {
    for (const key of Object.keys(viewer)) reads.add(key);
  };
  return new Proxy(viewer, {
    get: (target, key) => {
      if (typeof key === 'string') reads.add(key);
      return Reflect.get(target, key);
    },
    has: (target, key) => {
      if (typeof key === 'string') reads.add(key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor: (target, key) => {
      if (typeof key === 'string') reads.add(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys: (target) => {
      all();
      return Reflect.ownKeys(target);
    },
  });
}

/** What the viewer is in these properties, as text: equal for those who are alike in them. */
export function likeness(viewer: Viewer, properties: Iterable<string>): string {
  const values = viewer as unknown as Record<string, unknown>;
  return JSON.stringify([...properties].map((property) => values[property] ?? null));
}
