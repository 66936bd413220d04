// The API of withdrawals. It trusts nothing but the access token, whatever application calls it.
import { Hono } from 'hono'
import type * as oauth from 'openid-client'
import { checkToken } from './access-token.ts'
import type { Ledger } from './ledger.ts'
import type { Connect } from './sign-in.ts'

/** A withdrawal takes a passkey proof at most so many seconds old. */
const needed = { acr: 'phr', maxAge: 300 } as const

export interface HeldAnswer {
  readonly error: 'held'
  readonly until: string
  readonly reason: string
}

/** `POST /api/withdrawals` with `{id, amount}` and an access token; `origin` is where callers reach it. */
export function withdrawalsApi(connect: Connect, ledger: Ledger, origin: string): Hono {
  const api = new Hono()
  api.post('/', async (c) => {
    const configuration = await connect()
    const checked = await checkToken(c, configuration, origin)
    if ('challenge' in checked) return c.json({}, 401, { 'WWW-Authenticate': checked.challenge })
    const { facts, scheme } = checked
    // The hold first: nobody is asked for a passkey only to hear that it changes nothing.
    const held = readHold(facts)
    if (held) return c.json({ error: 'held', ...held }, 403)
    if (!isStrong(facts)) return c.json({}, 401, { 'WWW-Authenticate': `${scheme} ${lack}` })
    const order = readOrder(await c.req.json().catch(() => null))
    if (!order) return c.json({ error: 'not_an_order' }, 400)
    if (!ledger.withdraw(String(facts.sub), order)) return c.json({ error: 'too_much' }, 409)
    return c.json(order, 201)
  })
  return api
}

/** RFC 9470, §3: what is missing, so that the application can ask for just that. */
const lack = [
  'error="insufficient_user_authentication"',
  'error_description="a passkey proof of the last five minutes is needed"',
  `acr_values="${needed.acr}"`,
  `max_age="${needed.maxAge}"`,
].join(', ')

function isStrong(facts: oauth.IntrospectionResponse): boolean {
  const provenAt = Number(facts['auth_time'])
  return facts['acr'] === needed.acr && Date.now() / 1000 - provenAt <= needed.maxAge
}

/** The hold as it stands now: introspection tells also of one that began after the token was made. */
function readHold({ hold }: oauth.IntrospectionResponse): Omit<HeldAnswer, 'error'> | null {
  if (typeof hold !== 'object' || hold === null || Array.isArray(hold)) return null
  const { until, reason } = hold
  if (!(Date.parse(String(until)) > Date.now())) return null
  return { until: String(until), reason: String(reason) }
}

function readOrder(body: unknown): { id: string; amount: number } | null {
  if (typeof body !== 'object' || body === null) return null
  const { id, amount } = body as { id?: unknown; amount?: unknown }
  const isAmount = typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0
  return typeof id === 'string' && id !== '' && isAmount ? { id, amount } : null
}
