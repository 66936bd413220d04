// Customers as a real installation has them: copies of the rows of one who went the whole way over
// HTTP, with keys of their own.
import { randomBytes } from 'node:crypto'
import { searchName } from '../src/domain/accounts/search-name.ts'
import { hashToken, newId, newToken } from '../src/kernel/secrets.ts'
import { encodeCoseKey, generateCoseKeyPair } from '../test/support/authenticator/cose-keys.ts'
import type { SoftwareAuthenticator } from '../test/support/authenticator/software-authenticator.ts'
import type { TestAccount } from '../test/support/world/world.ts'
import type { Installation } from './installation.ts'
import { goTheWholeWay, newAuthenticator, password, rpId, type Pattern } from './pattern.ts'
import type { Row } from './rows.ts'

const batch = 5000
const year = 365 * 24 * 3_600_000

export interface Customer {
  readonly account: TestAccount
  readonly accountId: string
  readonly passkeyId: string
  readonly authenticator: SoftwareAuthenticator
}

interface OpenSignIn {
  readonly customer: Customer
  readonly token: string
}

export interface Size {
  readonly accounts: number
  /** How many of them hold real keys and sign in; they are spread evenly over all. */
  readonly active: number
}

export class Customers {
  readonly #installation: Installation
  readonly #pattern: Pattern
  readonly #active: Customer[] = []
  readonly #accountIds: string[] = []
  readonly #credentialIds: string[] = []
  readonly #open: OpenSignIn[] = []
  /** Nobody signs in twice at once: of two answers the one with the higher counter could come first. */
  readonly #busy = new Set<Customer>()
  #turn = 0

  private constructor(installation: Installation, pattern: Pattern) {
    this.#installation = installation
    this.#pattern = pattern
  }

  static async seed(installation: Installation, size: Size): Promise<Customers> {
    const customers = new Customers(installation, await goTheWholeWay(installation))
    await customers.#addAccounts(size)
    return customers
  }

  /** Opens sign-ins of the active customers in turn, until so many are open. */
  async openSignIns(count: number): Promise<void> {
    const missing = Array.from({ length: Math.max(0, count - this.#open.length) }, () => {
      const customer = this.#active[this.#turn++ % this.#active.length]
      if (!customer) throw new Error('there is no customer')
      return { customer, token: newToken() }
    })
    await this.#insert('sign_ins', missing, ({ customer: { accountId }, token }) =>
      this.#signIn(accountId, hashToken(token)),
    )
    this.#open.push(...missing)
  }

  /** The next open sign-in of somebody who is not busy, and what ends that; none when all are used up. */
  takeOpen(): (OpenSignIn & Disposable) | undefined {
    const next = this.#open.findIndex(({ customer }) => !this.#busy.has(customer))
    const [taken] = next === -1 ? [] : this.#open.splice(next, 1)
    return taken && { ...taken, ...this.#occupy(taken.customer) }
  }

  /** The next customer who is not busy, and what ends that. */
  take(): ({ readonly customer: Customer } & Disposable) | undefined {
    for (let look = 0; look < this.#active.length; look += 1) {
      const customer = this.#active[this.#turn++ % this.#active.length]
      if (customer && !this.#busy.has(customer)) return { customer, ...this.#occupy(customer) }
    }
    return undefined
  }

  /** Somebody among all of them: what the desk finds her by. */
  anybody(number: number): {
    readonly loginId: string
    readonly email: string
    readonly name: string
    readonly credentialId: string
  } {
    const at = (number * 7919) % this.#accountIds.length
    const loginId = `customer-${at}`
    const credentialId = this.#credentialIds[at] ?? ''
    return { loginId, email: `${loginId}@example.jp`, name: nameOf(at), credentialId }
  }

  /** Sign-ins that were left open, of all accounts. */
  async leaveSignIns(count: number): Promise<void> {
    await this.#insert('sign_ins', numbersTo(count), (number) =>
      this.#signIn(this.#anyAccount(number), hashToken(newToken())),
    )
  }

  /** Events of the past year, of all accounts. */
  async addEvents(count: number): Promise<void> {
    const { events } = this.#pattern
    const began = Date.now() - year
    await this.#insert('audit_events', numbersTo(count), (number) => ({
      ...events[number % events.length],
      id: newId(),
      at: Math.floor(began + (year * number) / count),
      account_id: this.#anyAccount(number),
    }))
  }

  #occupy(customer: Customer): Disposable {
    this.#busy.add(customer)
    return { [Symbol.dispose]: () => void this.#busy.delete(customer) }
  }

  async #addAccounts({ accounts, active }: Size): Promise<void> {
    const every = Math.floor(accounts / active)
    for (let from = 0; from < accounts; from += batch) {
      const added = await Promise.all(
        numbersTo(Math.min(batch, accounts - from)).map((offset) => {
          const number = from + offset
          return this.#newCustomer(number, number % every === 0 && number / every < active)
        }),
      )
      const { rows } = this.#installation
      await rows.insert(
        'accounts',
        added.map(({ account }) => account),
      )
      await rows.insert(
        'passkeys',
        added.map(({ passkey }) => passkey),
      )
    }
  }

  /** The rows of one more account; one that is active is able to sign in. */
  async #newCustomer(number: number, isActive: boolean): Promise<{ account: Row; passkey: Row }> {
    const loginId = `customer-${number}`
    const account = {
      ...this.#pattern.account,
      ...this.#named(number),
      ...{ id: newId(), login_id: loginId, email: `${loginId}@example.jp` },
      user_handle: randomBytes(64).toString('base64url'),
    }
    const own = { id: newId(), account_id: account.id }
    const credential = randomBytes(32).toString('base64url')
    const passkey = { ...this.#pattern.passkey, ...own, credential_id: credential }
    this.#accountIds.push(account.id)
    this.#credentialIds.push(credential)
    if (!isActive) return { account, passkey }
    const keys = await generateCoseKeyPair(-7)
    const authenticator = newAuthenticator()
    authenticator.credentials.push({
      ...{ id: credential, rpId, keys, userHandle: account.user_handle },
      ...{ counter: Number(this.#pattern.passkey['counter']) },
      ...{ backupEligible: false, backedUp: false },
    })
    this.#active.push({
      account: { loginId, email: account.email, password, displayName: '' },
      ...{ accountId: account.id, passkeyId: own.id, authenticator },
    })
    const publicKey = Buffer.from(encodeCoseKey(keys, -7)).toString('base64url')
    return { account, passkey: { ...passkey, public_key: publicKey } }
  }

  /** Names are many, and some of them many people's, as in life. */
  #named(number: number): Row {
    const name = nameOf(number)
    // A version before the desk has no such column.
    const found = 'search_name' in this.#pattern.account ? { search_name: searchName(name) } : {}
    return { display_name: name, ...found }
  }

  #signIn(accountId: string, tokenHash: string): Row {
    const { signIn } = this.#pattern
    const elapsed = Date.now() - Number(signIn['created_at'])
    return {
      ...signIn,
      ...{ id: newId(), token_hash: tokenHash, account_id: accountId },
      created_at: Number(signIn['created_at']) + elapsed,
      expires_at: Number(signIn['expires_at']) + elapsed,
    }
  }

  #anyAccount(number: number): string {
    // Steps by a prime, so that neighbours in time are not neighbours in the table.
    return this.#accountIds[(number * 7919) % this.#accountIds.length] ?? ''
  }

  async #insert<T>(table: string, things: readonly T[], row: (thing: T) => Row): Promise<void> {
    for (let from = 0; from < things.length; from += batch) {
      await this.#installation.rows.insert(table, things.slice(from, from + batch).map(row))
    }
  }
}

const signs = '佐藤鈴木高橋田中伊渡辺山本村小林加吉松井清水石川野内岡島後長谷阿部森池前原藤平上'

/** The name of a customer: the first family's of every eighth, else one of many. */
function nameOf(number: number): string {
  const sign = (at: number) => signs[at % signs.length] ?? ''
  const family = number % 8 === 0 ? '田中' : sign(number * 7) + sign(number * 11 + (number >> 6))
  return `${family} ${sign(number * 13)}${sign(number >> 3)}子`
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number)
}
