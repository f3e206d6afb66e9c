/** Numbers that look random and are the same in every run. */
export interface Random {
  /** An integer from 0 to below `limit`. */
  below(limit: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** Begins a row of numbers that hangs on the seed alone: a linear congruence, of which the high bits are used. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  // The first numbers of seeds that lie close together are alike.
  for (let turn = 0; turn < 8; turn += 1) below(1);
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
}
