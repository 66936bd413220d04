// The desk finds accounts, among few and among a million.
import { randomBytes } from 'node:crypto'
import { hashToken, newId, newToken } from '../../src/kernel/secrets.ts'
import { searchesPerOperator } from '../../src/limits/desk.ts'
import { expectStatus } from '../../test/support/world/world.ts'
import type { Bench, Candidate, Subject, Workload } from '../bench.ts'
import { load, type LoadOptions, type Sample } from '../load.ts'
import { costTable, type Series } from '../report.ts'
import { warmUp } from './steps.ts'

const sizes = (short: boolean) => (short ? [64, 512] : [1000, 1_000_000])

/** What is typed, by what it finds. */
const kinds = {
  'login ID': (subject: Subject, number: number) => subject.customers.anybody(number).loginId,
  address: (subject: Subject, number: number) => subject.customers.anybody(number).email,
  'credential ID': (subject: Subject, number: number) =>
    subject.customers.anybody(number).credentialId,
  'whole name': (subject: Subject, number: number) => subject.customers.anybody(number).name,
  'the commonest family name': () => '田中',
  nobody: () => `nobody-${randomBytes(6).toString('hex')}`,
} as const

type Kind = keyof typeof kinds
type Searched = Candidate<Subject> & { readonly kind: Kind }

export const search: Workload = {
  says: 'a search at the support desk, with 1,000 and with 1,000,000 accounts',
  async run(bench) {
    const { short, databases, seconds } = bench.options
    const clients = 2
    const all: Series[] = []
    for (const database of databases) {
      const subjects: Subject[] = []
      const candidates: Searched[] = []
      for (const accounts of sizes(short)) {
        const active = Math.min(64, accounts)
        for (const subject of await bench.grown(database, { accounts, active })) {
          if (!subject.installation.hasConsole) continue
          await subject.installation.startConsole()
          subjects.push(subject)
          for (const kind of Object.keys(kinds) as Kind[]) {
            const what = `${kind}, ${accounts.toLocaleString('en')} accounts`
            candidates.push({ subject, what, clients, kind })
          }
        }
      }
      const operators = new Map<Subject, Operators>()
      for (const subject of subjects) operators.set(subject, await Operators.seat(bench, subject))
      const round = (subject: Subject, kind: Kind, options: LoadOptions) =>
        searchRound(subject, operators.get(subject), kind, options)
      await warmUp(bench, subjects, (subject, options) => round(subject, 'login ID', options), 500)
      all.push(
        ...(await bench.alternate(candidates, (candidate) => {
          const { subject, kind } = candidate as Searched
          return round(subject, kind, { clients, seconds })
        })),
      )
      for (const { installation } of subjects) await installation.stop()
    }
    return [costTable('Search at the desk', all, toTheSmall)]
  },
}

/** Enough of them that none comes to the end of what one may search for. */
class Operators {
  readonly #tokens: readonly string[]
  #searches = 0

  private constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  static async seat({ options }: Bench, { installation }: Subject): Promise<Operators> {
    const searches = options.rounds * options.seconds * Object.keys(kinds).length * 2000 + 1000
    const count = Math.ceil(searches / searchesPerOperator.most)
    const seats = Array.from({ length: count }, () => {
      return { id: newId(), passkey: newId(), token: newToken() }
    })
    const now = Date.now()
    const { rows } = installation
    await rows.insert(
      'operators',
      seats.map(({ id }) => ({
        ...{ id, name: `Operator ${id}`, contact: null, user_handle: id, roles: '["agent"]' },
        ...{ account_id: null, version: 1, created_at: now, closed_at: null },
      })),
    )
    await rows.insert(
      'operator_passkeys',
      seats.map(({ id, passkey }) => ({
        ...{ id: passkey, operator_id: id, credential_id: passkey, public_key: '', algorithm: -7 },
        ...{ counter: 0, transports: '[]', aaguid: '', backup_eligible: 0, backed_up: 0 },
        ...{ created_at: now, last_used_at: null, ended_at: null },
      })),
    )
    await rows.insert(
      'operator_sessions',
      seats.map(({ id, passkey, token }) => ({
        ...{ id: newId(), token_hash: hashToken(token), operator_id: id, passkey_id: passkey },
        ...{ browser: null, system: null, signed_in_at: now, proven_at: now },
        // Nobody is signed out while another is measured.
        last_seen_at: now + 3_600_000,
      })),
    )
    return new Operators(seats.map(({ token }) => token))
  }

  /** The number of the next search, and the session of who makes it. */
  next(): { readonly number: number; readonly token: string } {
    const number = this.#searches++
    return { number, token: this.#tokens[number % this.#tokens.length] ?? '' }
  }
}

function searchRound(
  subject: Subject,
  operators: Operators | undefined,
  kind: Kind,
  options: LoadOptions,
): Promise<Sample> {
  return load(subject.installation, options, async (agent) => {
    if (!operators) throw new Error('nobody is at the desk')
    const { number, token } = operators.next()
    const browser = subject.installation.deskBrowser(agent)
    browser.setCookie('sekisho_console_session', token)
    const typed = encodeURIComponent(kinds[kind](subject, number))
    expectStatus(await browser.get(`/api/accounts?q=${typed}`), 200)
    return true
  })
}

const toTheSmall = {
  name: 'to the small',
  baseOf: ({ what, installation }: Series, all: readonly Series[]) =>
    all.find(
      (one) =>
        one.what.split(',')[0] === what.split(',')[0] &&
        one.installation.database === installation.database &&
        one.installation.label === installation.label,
    ),
}
