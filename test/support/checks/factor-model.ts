// The rules of the factors, once more and as small as they can be: what may succeed in which state.
// Each method says whether the call has to succeed, and changes the state as that call does.
import { minutes } from '../../../src/kernel/clock.ts'

export type Method = 'email' | 'passkey'
export type Purpose = 'register' | 'switch' | 'step-up'

interface Code {
  readonly until: number
  readonly version: number
  used: boolean
}

interface Attempt {
  readonly version: number
  readonly until: number
  tries: number
  code: Code | null
}

interface Session {
  readonly signedInAt: number
  lastSeenAt: number
  /** What the last proof was made with. */
  provenBy: Method
  tries: number
  code: Code | null
  proof: { readonly purpose: Purpose; readonly at: number; readonly version: number } | null
  leave: { readonly until: number; readonly version: number } | null
}

interface Ceremony {
  readonly owner: Attempt | Session
  readonly passkey: number
  readonly purpose: Purpose | 'sign-in' | 'create'
  /** Whether the answer is what was asked for. */
  readonly honest: boolean
  readonly version: number
  readonly until: number
  used: boolean
}

interface Browser {
  attempt: Attempt | null
  session: Session | null
}

export class FactorModel {
  factor: Method = 'email'
  /** Rises with every change of the factors: what is older is void (rule 9). */
  version = 0
  readonly live = new Set<number>()
  /** Dead, until they are resumed; they are removed as the live ones are. */
  readonly suspended = new Set<number>()
  isLocked = false
  readonly browsers: readonly Browser[]
  readonly #now: () => number

  constructor(browsers: number, now: () => number) {
    this.#now = now
    this.browsers = Array.from({ length: browsers }, () => ({ attempt: null, session: null }))
  }

  givePassword(browser: number): boolean {
    if (this.isLocked) return false
    const attempt = { version: this.version, until: this.#now() + 20 * minutes, tries: 0 }
    this.#of(browser).attempt = { ...attempt, code: this.factor === 'email' ? this.#code() : null }
    return true
  }

  typeCode(browser: number, right: boolean): boolean {
    const attempt = this.attemptOf(browser)
    const code = attempt?.code
    if (!attempt || this.factor !== 'email' || !code || code.until <= this.#now()) return false
    if (right) return this.#enter(browser, 'email')
    attempt.tries += 1
    if (attempt.tries === 5) this.#of(browser).attempt = null
    return false
  }

  askPasskey(browser: number, passkey: number): boolean {
    return this.attemptOf(browser) !== null && this.factor === 'passkey' && this.live.has(passkey)
  }

  signIn(browser: number, ceremony: Ceremony): boolean {
    const attempt = this.attemptOf(browser)
    if (!attempt || this.factor !== 'passkey') return false
    return this.#take(ceremony, attempt) && ceremony.honest && this.#enter(browser, 'passkey')
  }

  askProof(browser: number, passkey: number): boolean {
    return this.sessionOf(browser) !== null && this.live.has(passkey)
  }

  prove(browser: number, ceremony: Ceremony): boolean {
    const session = this.sessionOf(browser)
    const { purpose } = ceremony
    if (!session || !this.#take(ceremony, session) || !ceremony.honest) return false
    if (purpose === 'sign-in' || purpose === 'create') return false
    session.proof =
      purpose === 'step-up' ? null : { purpose, at: this.#now(), version: this.version }
    session.provenBy = 'passkey'
    session.lastSeenAt = this.#now()
    return true
  }

  sendCode(browser: number): boolean {
    const session = this.sessionOf(browser)
    if (!session || session.tries >= 5) return false
    const fresh = this.#now() - session.signedInAt <= 15 * minutes
    if (this.live.size === 0 ? !fresh : !this.#hasProof(session, 'register')) return false
    session.code = this.#code()
    return true
  }

  openRegistration(browser: number, right: boolean): boolean {
    const session = this.sessionOf(browser)
    const code = session?.code
    if (!session || !code || code.used || code.until <= this.#now() || session.tries >= 5) {
      return false
    }
    if (!right) session.tries += 1
    else code.used = true
    if (!right || code.version !== this.version) return false
    if (this.#hasProof(session, 'register')) session.proof = null
    session.leave = { until: this.#now() + 10 * minutes, version: this.version }
    return true
  }

  askRegistration(browser: number): boolean {
    const session = this.sessionOf(browser)
    return session !== null && this.#hasLeave(session)
  }

  register(browser: number, ceremony: Ceremony): boolean {
    const session = this.sessionOf(browser)
    if (!session || !this.#take(ceremony, session) || !ceremony.honest) return false
    if (!this.#hasLeave(session)) return false
    session.leave = null
    this.live.add(ceremony.passkey)
    this.version += 1
    return true
  }

  switchTo(browser: number, method: Method): boolean {
    const session = this.sessionOf(browser)
    if (!session) return false
    if (this.factor === method) return true
    if (this.live.size === 0 || !this.#hasProof(session, 'switch')) return false
    session.proof = null
    this.factor = method
    this.version += 1
    for (const other of this.browsers) if (other.session !== session) other.session = null
    return true
  }

  removeBySupport(passkey: number): boolean {
    if (!this.live.delete(passkey) && !this.suspended.delete(passkey)) return false
    this.version += 1
    for (const browser of this.browsers) browser.session = null
    if (this.live.size === 0) this.factor = 'email'
    return true
  }

  suspendBySupport(passkey: number): boolean {
    if (!this.live.delete(passkey)) return this.suspended.has(passkey)
    this.suspended.add(passkey)
    this.version += 1
    for (const browser of this.browsers) browser.session = null
    this.isLocked ||= this.live.size === 0 || this.factor === 'email'
    return true
  }

  /** By two: the command line has no such act. */
  resumeBySupport(passkey: number): boolean {
    if (!this.suspended.delete(passkey)) return false
    this.live.add(passkey)
    this.version += 1
    return true
  }

  reopenBySupport(): boolean {
    if (this.isLocked && this.factor === 'passkey' && this.live.size === 0) return false
    this.isLocked = false
    this.version += 1
    return true
  }

  signOut(browser: number): boolean {
    const was = this.sessionOf(browser)
    this.#of(browser).session = null
    return was !== null
  }

  giveUp(browser: number): boolean {
    const was = this.attemptOf(browser)
    this.#of(browser).attempt = null
    return was !== null
  }

  /** A ceremony that was granted, and the answer that was made for it. */
  begin(
    browser: number,
    purpose: Ceremony['purpose'],
    passkey: number,
    honest: boolean,
  ): Ceremony | null {
    const owner = purpose === 'sign-in' ? this.attemptOf(browser) : this.sessionOf(browser)
    const until = this.#now() + 5 * minutes
    const { version } = this
    return owner && { owner, passkey, purpose, honest, version, until, used: false }
  }

  /** The live attempt: one that the factors have outrun is over (rule 21). */
  attemptOf(browser: number): Attempt | null {
    const { attempt } = this.#of(browser)
    const lives = attempt && attempt.version === this.version && attempt.until > this.#now()
    return lives ? attempt : null
  }

  /** The live session; looking at it moves its idle clock (rule 22). */
  sessionOf(browser: number): Session | null {
    const { session } = this.#of(browser)
    const now = this.#now()
    if (!session || session.lastSeenAt <= now - 30 * minutes) return null
    if (session.signedInAt <= now - 12 * 60 * minutes) return null
    if (session.lastSeenAt <= now - minutes) session.lastSeenAt = now
    return session
  }

  #enter(browser: number, provenBy: Method): boolean {
    const now = this.#now()
    const empty = { tries: 0, code: null, proof: null, leave: null }
    this.#of(browser).attempt = null
    this.#of(browser).session = { signedInAt: now, lastSeenAt: now, provenBy, ...empty }
    return true
  }

  /** A challenge is taken once, by its owner and in time (rule 5); an older one is void (rule 9). */
  #take(ceremony: Ceremony, owner: Attempt | Session): boolean {
    if (ceremony.owner !== owner || ceremony.used || ceremony.until <= this.#now()) return false
    ceremony.used = true
    return ceremony.version === this.version
  }

  #hasProof({ proof }: Session, purpose: Purpose): boolean {
    return (
      proof?.purpose === purpose &&
      proof.version === this.version &&
      proof.at > this.#now() - 10 * minutes
    )
  }

  #hasLeave({ leave }: Session): boolean {
    return leave !== null && leave.version === this.version && leave.until > this.#now()
  }

  #code(): Code {
    return { until: this.#now() + 10 * minutes, version: this.version, used: false }
  }

  #of(browser: number): Browser {
    const found = this.browsers[browser]
    if (!found) throw new Error(`there is no browser ${browser}`)
    return found
  }
}

export type ModelCeremony = Ceremony
