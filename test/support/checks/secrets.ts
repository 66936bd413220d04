// A browser that remembers every secret that it sent or was given, for the rule that none is kept.
import { HttpClient, type Answer, type RawRequest } from '../world/http-client.ts'
import type { World } from '../world/world.ts'

const sentSecrets = new Set(['password', 'code', 'signature', 'clientDataJSON'])

export class RememberingClient extends HttpClient {
  /** Passwords, codes, tokens and answers: for nobody to keep. */
  readonly secrets = new Set<string>()
  /** Kept in the database until they are answered, and nowhere else. */
  readonly challenges = new Set<string>()

  constructor(world: World) {
    super(world.url(), { origin: world.origin })
  }

  override async raw<Body = unknown>(request: RawRequest): Promise<Answer<Body>> {
    if (typeof request.body === 'string') {
      this.#collect(JSON.parse(request.body), sentSecrets, this.secrets)
    }
    const answer = await super.raw<Body>(request)
    this.#collect(answer.body, new Set(['challenge']), this.challenges)
    for (const value of this.cookies.values()) if (value.length === 43) this.secrets.add(value)
    return answer
  }

  #collect(value: unknown, names: ReadonlySet<string>, into: Set<string>): void {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      if (names.has(name) && typeof member === 'string') into.add(member)
      else this.#collect(member, names, into)
    }
  }
}

/** Those of the texts that stand in another one; codes only where no other digit is beside them. */
export function found(texts: Iterable<string>, where: string): string[] {
  return [...texts].filter((text) =>
    /^\d+$/.test(text) ? new RegExp(`(?<!\\d)${text}(?!\\d)`).test(where) : where.includes(text),
  )
}
