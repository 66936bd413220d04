// What is known about a request before any rule looks at it.
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Caller } from '../../kernel/caller.ts'
import type { Language } from '../../kernel/http/language.ts'
import type { SurfaceDeps } from './site.ts'

export interface VisitEnv {
  Bindings: HttpBindings
  Variables: {
    deps: SurfaceDeps
    caller: Caller
    requestId: string
    language: Language
    /** Why it was refused, once it was: by a code of ours, or one of OAuth's below `/oauth2/`. */
    refusal?: string
  }
}

/** One request on its way through: Hono's context with what our middleware found out. */
export type Visit = Context<VisitEnv>
