import type { Language } from './http/language.ts'
import type { Device } from './http/user-agent.ts'

/** The origin of a request, for audit trail and notices. A command has neither address nor device. */
export interface Caller extends Device {
  readonly address: string | null
  readonly requestId: string | null
  readonly language: Language
}

/** A caller, with the tokens by which accounts know its browser. */
export interface KnownCaller {
  readonly caller: Caller
  readonly tokens: readonly string[]
}
