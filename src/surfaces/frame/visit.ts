// A request with the facts that the gates found out about it.
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Caller } from '../../kernel/caller.ts'
import type { Language } from '../../kernel/http/language.ts'
import type { Surroundings } from '../../kernel/http/user-agent.ts'
import type { SurfaceDeps } from './site.ts'

export interface VisitEnv {
  Bindings: HttpBindings
  Variables: {
    deps: SurfaceDeps
    caller: Caller
    device: Surroundings
    requestId: string
    language: Language
    /** The operator who is signed in, by id, at the console. */
    operator?: string
    /** The code of a refusal: one of ours, or one of OAuth's below `/oauth2/`. */
    refusal?: string
  }
}

/** Hono's context of one request, with the variables that `identify` sets. */
export type Visit = Context<VisitEnv>
