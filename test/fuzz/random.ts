// Chance with a seed: the same seed makes the same choices.

export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  /** True so many times in a hundred. */
  percent(times: number): boolean
  pick<T>(list: readonly T[]): T
}

/** Mulberry32: small, and even enough for choosing. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    percent: (times) => below(100) < times,
    pick<T>(list: readonly T[]) {
      if (list.length === 0) throw new Error('nothing to pick from')
      return list[below(list.length)] as T
    },
  }
}
