// Customers who sign in and out while the primary dies, and what became of them on the promoted standby.
import { setTimeout as wait } from 'node:timers/promises'
import type { HttpClient } from '../support/world/http-client.ts'
import type { Installation, ServeProcess } from '../support/world/installation.ts'
import { signInWithPasskey } from '../support/world/journeys.ts'
import { expectStatus } from '../support/world/world.ts'
import { passkeyCustomers, type PasskeyCustomer } from './passkey-customers.ts'

/** What was acknowledged, as a browser could show it: cookies of sessions, ids of passkeys. */
export interface Acknowledged {
  readonly signedIn: Set<string>
  readonly signedOut: Set<string>
  readonly removed: Set<string>
}

export interface Found {
  /** Acknowledged sessions that are gone. */
  readonly lost: number
  /** Sessions that live again although they were signed out. */
  readonly undead: number
  /** Passkeys that live again although they were removed. */
  readonly readmitted: number
}

/** So many customers sign in again and again, each in so many browsers at once. */
const [lanes, mostOpen] = [5, 3]

interface Lane {
  readonly customer: PasskeyCustomer
  readonly open: { readonly client: HttpClient; readonly cookie: string }[]
}

export class Traffic {
  readonly acknowledged: Acknowledged = {
    signedIn: new Set(),
    signedOut: new Set(),
    removed: new Set(),
  }
  readonly #installation: Installation
  readonly #served: ServeProcess
  readonly #lanes: readonly Lane[]
  readonly #toRemove: PasskeyCustomer[]

  private constructor(
    installation: Installation,
    served: ServeProcess,
    customers: readonly PasskeyCustomer[],
  ) {
    this.#installation = installation
    this.#served = served
    this.#lanes = customers.slice(0, lanes).map((customer) => ({ customer, open: [] }))
    this.#toRemove = customers.slice(lanes)
  }

  /** Customers with a passkey, of whom `removals` will lose it. */
  static async of(
    installation: Installation,
    served: ServeProcess,
    removals: number,
  ): Promise<Traffic> {
    const customers = await passkeyCustomers(installation, served, lanes + removals)
    return new Traffic(installation, served, customers)
  }

  /** Goes on while the work lasts; what fails then is asked again, as a customer does. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    let isOver = false
    const until = async (act: () => Promise<void>) => {
      while (!isOver) await act().catch(() => wait(50))
    }
    const all = [
      ...this.#lanes.map((lane) => until(() => this.#comeAndGo(lane))),
      until(() => this.#removeOne()),
    ]
    try {
      return await work()
    } finally {
      isOver = true
      await Promise.all(all)
    }
  }

  /** How many answers were given that must be true for ever. */
  get count(): number {
    const { signedIn, signedOut, removed } = this.acknowledged
    return signedIn.size + signedOut.size + removed.size
  }

  inWords(): string {
    const { signedIn, signedOut, removed } = this.acknowledged
    return `${signedIn.size} sessions begun, ${signedOut.size} signed out, ${removed.size} passkeys removed`
  }

  /** What of it is so, by the answers of a node and the rows of the database. */
  async find(): Promise<Found> {
    const { signedIn, signedOut, removed } = this.acknowledged
    const alive = async (cookies: ReadonlySet<string>) => {
      let count = 0
      for (const cookie of cookies) if (await this.#isAlive(cookie)) count += 1
      return count
    }
    const [living, undead] = [await alive(signedIn), await alive(signedOut)]
    const readmitted = await this.#installation.inside(({ db }) =>
      db
        .selectFrom('passkeys')
        .select('id')
        .where('id', 'in', ['', ...removed])
        .where('removed_at', 'is', null)
        .execute(),
    )
    return { lost: signedIn.size - living, undead, readmitted: readmitted.length }
  }

  /** Signs in, and then out in the browser where the customer has been for the longest. */
  async #comeAndGo(lane: Lane): Promise<void> {
    const { signedIn, signedOut } = this.acknowledged
    const { account, authenticator, passkey } = lane.customer
    const client = this.#installation.client(this.#served)
    await signInWithPasskey({ client: () => client }, account, authenticator, passkey.id)
    const cookie = cookiesOf(client)
    signedIn.add(cookie)
    lane.open.push({ client, cookie })
    if (lane.open.length <= mostOpen) return
    const oldest = lane.open.shift()
    if (!oldest) return
    // Without an answer nobody knows.
    signedIn.delete(oldest.cookie)
    expectStatus(await oldest.client.delete('/api/session'), 204)
    signedOut.add(oldest.cookie)
  }

  async #removeOne(): Promise<void> {
    await wait(800)
    const next = this.#toRemove.pop()
    if (!next) return
    const { account, passkey } = next
    const options = { 'login-id': account.loginId, id: passkey.id, reason: 'it was stolen' }
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
    const { status } = await this.#installation.command(['passkeys', 'remove', ...words])
    if (status === 0) this.acknowledged.removed.add(passkey.id)
  }

  async #isAlive(cookie: string): Promise<boolean> {
    const request = { method: 'GET', path: '/api/session', headers: { cookie } }
    const { status, text } = await this.#installation.client(this.#served).raw(request)
    if (status !== 200 && status !== 401) throw new Error(`${status}: ${text}`)
    return status === 200
  }
}

/** All that a browser would send, as the header has it. */
export function cookiesOf({ cookies }: HttpClient): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
