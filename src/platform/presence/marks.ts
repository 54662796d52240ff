import { later, type Mark } from './mark.rules.js';

/** How often what has run out is cleared away, in milliseconds. */
const CLEAR_EVERY = 30_000;

/** What one node knows of marks, by place and person, and who watches a place. Nothing here is ever written down. */
export class Marks {
  private readonly places = new Map<string, Map<string, Mark>>();
  private readonly watchers = new Map<string, Set<() => void>>();
  private clearAt = 0;

  /** How many watch: what a leak test counts. */
  get watching(): number {
    return [...this.watchers.values()].reduce((sum, set) => sum + set.size, 0);
  }

  /** How many marks are kept. */
  get size(): number {
    return [...this.places.values()].reduce((sum, marks) => sum + marks.size, 0);
  }

  at(place: string): Mark[] {
    return [...(this.places.get(place)?.values() ?? [])];
  }

  /** The places where somebody has a mark. */
  of(who: string): [place: string, mark: Mark][] {
    return [...this.places].flatMap(([place, marks]): [string, Mark][] => {
      const mark = marks.get(who);
      return mark ? [[place, mark]] : [];
    });
  }

  /** Takes a mark in, unless a later one is known, and tells who watches when it says something new. */
  take(place: string, mark: Mark, now: number): void {
    if (mark.until <= now) return;
    const marks = this.places.get(place) ?? new Map<string, Mark>();
    const known = marks.get(mark.who);
    const next = known ? later(known, mark) : mark;
    this.places.set(place, marks.set(mark.who, next));
    // The same said again only lasts longer.
    if (next.says !== known?.says || next.since !== known.since)
      for (const tell of this.watchers.get(place) ?? []) tell();
    this.clear(now);
  }

  /** @returns ends the watch */
  watch(place: string, tell: () => void): () => void {
    const set = this.watchers.get(place) ?? new Set();
    this.watchers.set(place, set.add(tell));
    return () => {
      if (set.delete(tell) && set.size === 0) this.watchers.delete(place);
    };
  }

  private clear(now: number): void {
    if (now < this.clearAt) return;
    this.clearAt = now + CLEAR_EVERY;
    for (const [place, marks] of this.places) {
      for (const { who, until } of marks.values()) if (until <= now) marks.delete(who);
      if (marks.size === 0) this.places.delete(place);
    }
  }
}
