import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Visit } from '../frame/visit.ts'

/** What stands between a request and its answer by the library. */
export type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>

/** While a request is answered by the library: which visit it is, by the response to it. */
export const visits = new WeakMap<object, Visit>()
