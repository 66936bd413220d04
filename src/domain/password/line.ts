// A queue in which accounts take turns, as in start-time fair queueing.

interface Queued<T> {
  readonly account: string
  readonly turn: number
  readonly item: T
}

/** The first item of every account goes before the second of any. */
export class FairLine<T> {
  readonly #queued: Queued<T>[] = []
  #turn = 0

  get length(): number {
    return this.#queued.length
  }

  add(account: string, item: T): void {
    const before = this.#queued.findLast((one) => one.account === account)
    // A new account is not behind a frequent one, nor a frequent one behind all that come later.
    const turn = (before?.turn ?? this.#turn) + 1
    const place = this.#queued.findLastIndex((one) => one.turn <= turn) + 1
    this.#queued.splice(place, 0, { account, turn, item })
  }

  next(): T | undefined {
    const first = this.#queued.shift()
    if (first) this.#turn = first.turn
    return first?.item
  }
}
