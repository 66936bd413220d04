// Rule 20: who already has enough passwords in hand waits for them, and nobody else does.

interface Waiting {
  readonly most: ReadonlyMap<string, number>
  readonly answerSignedIn: (taken: boolean) => void
}

/** How much is in hand under which name, and who waits for a place under it. */
export class InHand {
  readonly #counts = new Map<string, number>()
  readonly #mostWaiting: number
  #waiting: readonly Waiting[] = []

  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting
  }

  /** True once one more is counted under each of these names; false at once where too many wait. */
  take(most: ReadonlyMap<string, number>): Promise<boolean> {
    if (this.#fits(most)) {
      this.#count(most)
      return Promise.resolve(true)
    }
    if (this.#waiting.length >= this.#mostWaiting) return Promise.resolve(false)
    return new Promise((answerSignedIn) => {
      this.#waiting = [...this.#waiting, { most, answerSignedIn }]
    })
  }

  /** Counts one less under each of them, and lets in those that fit now, the first come first. */
  giveBack(names: Iterable<string>): void {
    for (const name of names) {
      const left = this.#of(name) - 1
      if (left > 0) this.#counts.set(name, left)
      else this.#counts.delete(name)
    }
    this.#waiting = this.#waiting.filter(({ most, answerSignedIn }) => {
      if (!this.#fits(most)) return true
      this.#count(most)
      answerSignedIn(true)
      return false
    })
  }

  /** Whoever waits is told that no place comes any more. */
  stop(): void {
    for (const { answerSignedIn } of this.#waiting) answerSignedIn(false)
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
