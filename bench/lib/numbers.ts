/** Of several rounds: the one in the middle, and between which they lie. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return below + (above - below) * (at - Math.floor(at));
}

/** Plays all contenders in turn, so many rounds, each round begun by another: what the machine does besides hits all alike. */
export async function interleaved<Contender extends { name: string }>(
  contenders: readonly Contender[],
  rounds: number,
  play: (contender: Contender) => Promise<number>,
): Promise<Map<string, number[]>> {
  const figures = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // The first round warms up, and doesn't count.
  for (let round = -1; round < rounds; round++)
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(Math.max(round, 0) + turn) % contenders.length] as Contender;
      const figure = await play(contender);
      if (round >= 0) figures.get(contender.name)?.push(figure);
    }
  return figures;
}
