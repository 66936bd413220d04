// Rule 20: who already has enough passwords in hand gives way to everybody else.

/** How much is in hand under which name. */
export class InHand {
  readonly #counts = new Map<string, number>()

  /** Counts one more under each of these names; false, and nothing is counted, where one has its most. */
  take(most: ReadonlyMap<string, number>): boolean {
    const isFull = most.entries().some(([name, limit]) => this.of(name) >= limit)
    if (isFull) return false
    for (const name of most.keys()) this.#counts.set(name, this.of(name) + 1)
    return true
  }

  /** Counts one less under each of them. */
  giveBack(names: Iterable<string>): void {
    for (const name of names) {
      const left = this.of(name) - 1
      if (left > 0) this.#counts.set(name, left)
      else this.#counts.delete(name)
    }
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }
}
