// Rule 20: an asker with enough passwords in hand waits for those; no other asker does.

interface Waiting {
  readonly most: ReadonlyMap<string, number>
  readonly settle: (taken: boolean) => void
}

/** Counts the passwords in hand under each name, and queues those that exceed a limit. */
export class InHand {
  readonly #counts = new Map<string, number>()
  readonly #mostWaiting: number
  #waiting: readonly Waiting[] = []

  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** True once one more fits under each of these names; false at once when too many wait. */
  take(most: ReadonlyMap<string, number>): Promise<boolean> {
    if (this.#fits(most)) {
      this.#count(most)
      return Promise.resolve(true)
    }
    if (this.#waiting.length >= this.#mostWaiting) return Promise.resolve(false)
    return new Promise((settle) => {
      this.#waiting = [...this.#waiting, { most, settle }]
    })
  }

  /** Counts one less under each name, and admits waiting ones that fit now, first come first served. */
  giveBack(names: Iterable<string>): void {
    for (const name of names) {
      const left = this.#of(name) - 1
      if (left > 0) this.#counts.set(name, left)
      else this.#counts.delete(name)
    }
    this.#waiting = this.#waiting.filter(({ most, settle }) => {
      if (!this.#fits(most)) return true
      this.#count(most)
      settle(true)
      return false
    })
  }

  /** Answers false to all that wait. */
  stop(): void {
    for (const { settle } of this.#waiting) settle(false)
    this.#waiting = []
  }

  #fits(most: ReadonlyMap<string, number>): boolean {
    return most.entries().every(([name, limit]) => this.#of(name) < limit)
  }

  #count(most: ReadonlyMap<string, number>): void {
    for (const name of most.keys()) this.#counts.set(name, this.#of(name) + 1)
  }

  #of(name: string): number {
    return this.#counts.get(name) ?? 0
  }
}
