// 「出金」 and 「売却」: the screens in front of the API of orders.
import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import type { Kind } from './order-checks.ts'
import { orderDonePage, orderPage, type OrderNotice, type OrderParts } from './order-pages.ts'
import type { PageContext } from './pages.ts'
import type { DeskDeps } from './screens.ts'
import { sendOrder } from './send-order.ts'
import type { DeskSession, PendingOrder } from './sessions.ts'

interface Desk {
  readonly find: (c: Context) => DeskSession | undefined
  readonly context: (c: Context, session: DeskSession) => PageContext
  /** Sends the browser to the sign-in, for a proof that the API asked for; it comes back to `returnTo`. */
  readonly stepUp: (
    c: Context,
    asked: { key: string; acr: string; maxAge: number; returnTo: string },
  ) => Promise<Response>
}

/** The screens of one kind of order, to be mounted at `/withdrawal` or at `/sale`. */
export function orderScreens(deps: DeskDeps, kind: Kind, desk: Desk): Hono {
  const { ledger, settings, sessions } = deps
  const app = new Hono()

  const show = (
    c: Context,
    session: DeskSession,
    notice: OrderNotice | null,
    { status = 200, code = session.order?.code ?? c.req.query('code') }: Shown = {},
  ) => {
    const what = goodsOf(session, code)
    if (what === null) return c.redirect('/', 303)
    const { demoHoldMinutes } = settings
    c.status(status as 200)
    return c.html(
      orderPage(desk.context(c, session), {
        ...what,
        order: session.order,
        notice,
        demoHoldMinutes,
      }),
    )
  }

  /** What can be ordered: cash, or one of the positions. */
  function goodsOf({ person }: DeskSession, code = ''): Pick<OrderParts, 'goods'> | null {
    if (kind === 'withdrawal') return { goods: { kind, cash: ledger.cash(person.sub) } }
    const position = ledger.positions(person.sub).find((one) => one.code === code)
    return position ? { goods: { kind, position } } : null
  }

  app.get('/', (c) => {
    const session = desk.find(c)
    if (!session) return c.redirect('/', 303)
    const done = c.req.query('done')
    const made = ledger.orders(session.person.sub).find(({ id }) => id === done)
    if (made) return c.html(orderDonePage(desk.context(c, session), made))
    const stepUp = c.req.query('step-up')
    if (session.order?.kind === kind && stepUp === 'done') {
      return show(c, session, { kind: 'proven' })
    }
    if (session.order?.kind === kind && stepUp === 'refused') {
      return show(c, session, { kind: 'notProven' })
    }
    session.order = null
    return show(c, session, null)
  })

  app.post('/', async (c) => {
    const session = desk.find(c)
    if (!session) return c.redirect('/', 303)
    const typed = await c.req.parseBody()
    const count = readCount(typed['count'])
    const code = kind === 'sale' ? String(typed['code']) : null
    if (count === null) {
      return show(c, session, { kind: 'notACount' }, { status: 400, code: code ?? undefined })
    }
    // The same order again is the same one: after a step-up, a reload or a double click.
    const order = isSame(session.order, { kind, code, count }) ?? {
      id: randomUUID(),
      kind,
      code,
      count,
    }
    session.order = order
    const answer =
      kind === 'sale'
        ? await sendOrder(deps, session, '/api/sales', { id: order.id, code, quantity: count })
        : await sendOrder(deps, session, '/api/withdrawals', { id: order.id, amount: count })
    if (answer === 'session over') {
      sessions.end(session)
      return c.redirect('/', 303)
    }
    if (answer === 'too much') return show(c, session, { kind: 'tooMuch' }, { status: 409 })
    if (answer !== 'done' && 'bar' in answer) {
      return show(c, session, { kind: 'barred', bar: answer.bar }, { status: 403 })
    }
    if (answer !== 'done') {
      return desk.stepUp(c, { key: session.key, returnTo: `/${kind}`, ...answer.stepUp })
    }
    session.order = null
    return c.redirect(`/${kind}?done=${order.id}`, 303)
  })

  return app
}

interface Shown {
  readonly status?: number
  readonly code?: string | undefined
}

function isSame(former: PendingOrder | null, now: Omit<PendingOrder, 'id'>): PendingOrder | null {
  const { kind, code, count } = now
  const same = former?.kind === kind && former.code === code && former.count === count
  return same ? former : null
}

/** A whole number of yen or shares, also with commas and in full-width digits. */
function readCount(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const digits = value.normalize('NFKC').replaceAll(/[,、\s円¥]/g, '')
  return /^[1-9]\d{0,11}$/.test(digits) ? Number(digits) : null
}
