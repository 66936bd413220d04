// The API of withdrawals and sales. It trusts nothing but the access token, whatever application calls it.
import { Hono } from 'hono'
import { checkToken } from './access-token.ts'
import type { Ledger, SaleOrder, WithdrawalOrder } from './ledger.ts'
import { findBar, findYoungFactor, isStrong, isUnusual, lack, type Kind } from './order-checks.ts'
import type { Connect } from './sign-in.ts'

interface Taking<O> {
  readonly kind: Kind
  /** Whether a passkey proof is asked for, however usual the sign-in was. */
  readonly alwaysStrong: boolean
  /** Whether a young passkey in a new browser is refused; of withdrawals the hold sees to that. */
  readonly neverYoung: boolean
  readonly read: (body: Readonly<Record<string, unknown>>) => O | null
  /** False when there is not so much. */
  readonly take: (sub: string, order: O) => boolean
}

interface ApiSettings {
  /** Where callers reach it. */
  readonly origin: string
  /** How long a passkey or an address is young, in milliseconds. */
  readonly youngTime: number
}

/** `POST` to `/withdrawals` and `/sales`, with an access token. */
export function ordersApi(
  connect: Connect,
  ledger: Ledger,
  { origin, youngTime }: ApiSettings,
): Hono {
  const api = new Hono()
  const take = <O extends object>(
    path: string,
    { kind, alwaysStrong, neverYoung, ...of }: Taking<O>,
  ) =>
    api.post(path, async (c) => {
      const checked = await checkToken(c, await connect(), origin)
      if ('challenge' in checked) return c.json({}, 401, { 'WWW-Authenticate': checked.challenge })
      const { facts, scheme } = checked
      // What bars it first: nobody is asked for a passkey only to hear that it changes nothing.
      const bar = findBar(facts, kind)
      if (bar) return c.json(bar, 403)
      if ((alwaysStrong || isUnusual(facts, youngTime)) && !isStrong(facts)) {
        return c.json({}, 401, { 'WWW-Authenticate': `${scheme} ${lack}` })
      }
      const young = neverYoung ? findYoungFactor(facts, youngTime) : null
      if (young) return c.json(young, 403)
      const order = of.read(asRecord(await c.req.json().catch(() => null)))
      if (!order) return c.json({ error: 'not_an_order' }, 400)
      if (!of.take(String(facts.sub), order)) return c.json({ error: 'too_much' }, 409)
      return c.json(order, 201)
    })
  take('/withdrawals', {
    kind: 'withdrawal',
    alwaysStrong: true,
    neverYoung: false,
    read: readWithdrawal,
    take: (sub, order) => ledger.withdraw(sub, order),
  })
  take('/sales', {
    kind: 'sale',
    alwaysStrong: false,
    neverYoung: true,
    read: readSale,
    take: (sub, order) => ledger.sell(sub, order),
  })
  return api
}

function readWithdrawal({ id, amount }: Readonly<Record<string, unknown>>): WithdrawalOrder | null {
  return isId(id) && isCount(amount) ? { id, amount } : null
}

function readSale({ id, code, quantity }: Readonly<Record<string, unknown>>): SaleOrder | null {
  return isId(id) && typeof code === 'string' && isCount(quantity) ? { id, code, quantity } : null
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

function asRecord(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
