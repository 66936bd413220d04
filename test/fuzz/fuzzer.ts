// Journeys of real people, with a saboteur beside every request who sends it bent, twice or as somebody
// else; after each bent one the rules must still hold.
import { performance } from 'node:perf_hooks'
import { problemStatus } from '../../src/kernel/http/problem.ts'
import type { SoftwareAuthenticator } from '../support/authenticator/software-authenticator.ts'
import { brokenInvariants } from '../support/checks/invariants.ts'
import { HttpClient, type Answer, type RawRequest } from '../support/world/http-client.ts'
import type { World } from '../support/world/world.ts'
import { mutate, toRaw, type Bendable, type Seen } from './mutate.ts'
import type { Random } from './random.ts'

const mostKept = 300
const mostFailures = 10
const statuses: Readonly<Record<string, number>> = problemStatus

/** One of the saboteurs: each has a journey at a time, and all share what they have seen. */
export interface Saboteur {
  readonly random: Random
  /** How much of the journey is sabotaged: a little leaves it whole, and so leads further. */
  readonly zeal: number
}

export class Fuzzer {
  readonly failures: string[] = []
  /** How many bent requests were answered with which status. */
  readonly answered = new Map<number, number>()
  /** Whose user handle every credential was made for, by its ID. */
  readonly authenticators: SoftwareAuthenticator[] = []
  readonly #world: World
  readonly #until: number
  readonly #requests: Bendable[] = []
  readonly #texts: string[] = []
  readonly #cookies: string[] = []
  #logged = 0

  constructor(world: World, milliseconds: number) {
    this.#world = world
    this.#until = performance.now() + milliseconds
  }

  get isOver(): boolean {
    return performance.now() > this.#until || this.failures.length >= mostFailures
  }

  /** A browser whose requests are sent bent beside the real ones. */
  client(saboteur: Saboteur): FuzzedClient {
    return new FuzzedClient(this.#world, this, saboteur)
  }

  /** Before a real request goes out: what the saboteur makes of it. */
  async sabotage({ random, zeal }: Saboteur, real: Bendable): Promise<void> {
    // A refused password takes its time, so it is bent less often.
    const isPassword = real.method === 'POST' && real.path === '/api/sign-in'
    const times = isPassword && random.percent(70) ? 0 : random.below(1 + zeal)
    for (let left = times; left > 0 && !this.isOver; left -= 1) {
      if (random.percent(10)) this.#world.advance(random.below(20_000))
      const past = random.percent(20) ? random.pick(this.#requests) : real
      const bent = mutate(past, random, this.#seen())
      await this.#check(bent, await this.#send(bent))
    }
  }

  /** After it: the same again, twice at once, which nobody may gain anything by. */
  async repeat({ random, zeal }: Saboteur, real: Bendable, answer: Answer): Promise<void> {
    keep(this.#texts, textsOf(answer.body))
    if (this.isOver || !random.percent(5 * zeal)) return
    for (const again of await Promise.all([this.#send(real), this.#send(real)])) {
      await this.#check(real, again)
    }
  }

  /** Keeps a real request, and what is in it, to be used where it does not belong. */
  note({ method, path, headers, body }: RawRequest, cookies: ReadonlyMap<string, string>) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const parsed = typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined
    const real: Bendable = { method, path, headers: { ...headers, cookie }, body: parsed }
    keep(this.#requests, [real])
    keep(this.#cookies, cookie === '' ? [] : [cookie])
    keep(this.#texts, textsOf(parsed))
    return real
  }

  #seen(): Seen {
    return { requests: this.#requests, texts: this.#texts, cookies: this.#cookies }
  }

  async #send(bent: Bendable): Promise<Answer> {
    // Without a jar: what it is answered is nobody's cookie.
    return this.#world.client().raw(toRaw(bent))
  }

  async #check(bent: Bendable, answer: Answer): Promise<void> {
    this.answered.set(answer.status, (this.answered.get(answer.status) ?? 0) + 1)
    const faults = [...faultsOf(bent, answer), ...(await brokenInvariants(this.#world.deps))]
    faults.push(...(await this.#strangePasskeys()))
    const { log } = this.#world
    faults.push(...log.slice(this.#logged).filter((line) => line.startsWith('{"level":50')))
    this.#logged = log.length
    if (faults.length === 0) return
    const shown = [
      JSON.stringify(toRaw(bent)).slice(0, 2000),
      answer.status,
      answer.text.slice(0, 500),
    ]
    this.failures.push([...faults, ...shown].join('\n  '))
  }

  /** Passkeys of an account that were made for another one, or by no authenticator of ours. */
  async #strangePasskeys(): Promise<string[]> {
    const kept = await this.#world.deps.db
      .selectFrom('passkeys')
      .innerJoin('accounts', 'accounts.id', 'passkeys.account_id')
      .select(['passkeys.credential_id as id', 'accounts.user_handle as userHandle'])
      .execute()
    // Looked at last: another journey may have made one and sent it meanwhile.
    const made = new Map(
      this.authenticators.flatMap(({ credentials }) =>
        credentials.map(({ id, userHandle }) => [id, userHandle] as const),
      ),
    )
    return kept
      .filter(({ id, userHandle }) => made.get(id) !== userHandle)
      .map(({ id }) => `passkey ${id} is not the account's own`)
  }
}

class FuzzedClient extends HttpClient {
  readonly #fuzzer: Fuzzer
  readonly #saboteur: Saboteur

  constructor(world: World, fuzzer: Fuzzer, saboteur: Saboteur) {
    super(world.url(), { origin: world.origin })
    this.#fuzzer = fuzzer
    this.#saboteur = saboteur
  }

  override async raw<Body = unknown>(request: RawRequest): Promise<Answer<Body>> {
    const real = this.#fuzzer.note(request, this.cookies)
    await this.#fuzzer.sabotage(this.#saboteur, real)
    const answer = await super.raw<Body>(request)
    await this.#fuzzer.repeat(this.#saboteur, real, answer)
    return answer
  }
}

/** What is wrong with an answer, whatever was asked. */
function faultsOf({ method, path }: Bendable, { status, headers, body, text }: Answer): string[] {
  if (status >= 500) return [`${status} is never an answer`]
  const type = headers['content-type'] ?? ''
  // What OpenID Connect answers is for its own specifications to say.
  if (path.startsWith('/oauth2')) return []
  if (status >= 400 && (path.startsWith('/api/') || method !== 'GET')) {
    if (!type.startsWith('application/problem+json')) return [`a refusal as ${type}`]
    const problem = body as Readonly<Record<string, unknown>>
    const code = String(problem['code'])
    const words = ['type', 'title', 'detail', 'requestId'].filter((name) => !problem[name])
    return [
      ...words.map((name) => `a problem without ${name}`),
      ...(problem['status'] === status ? [] : ['a problem with another status']),
      ...(statuses[code] === status || status === 431 ? [] : [`${code} with ${status}`]),
    ]
  }
  if (/\$argon2|password_hash|token_hash|code_hash/.test(text)) return ['a secret in an answer']
  return []
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function keep<T>(list: T[], more: readonly T[]): void {
  list.push(...more)
  if (list.length > mostKept) list.splice(0, list.length - mostKept)
}
