// 「出金」: the screens in front of the API of withdrawals.
import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import * as oauth from 'openid-client'
import type { PageContext } from './pages.ts'
import type { DeskDeps } from './screens.ts'
import type { DeskSession, PendingWithdrawal } from './sessions.ts'
import { accessToken } from './sign-in.ts'
import { withdrawalDonePage, withdrawalPage, type WithdrawalNotice } from './withdrawal-pages.ts'
import type { HeldAnswer } from './withdrawals.ts'

interface Desk {
  readonly find: (c: Context) => DeskSession | undefined
  readonly context: (c: Context, session: DeskSession) => PageContext
  /** Sends the browser to the sign-in, for a proof that the API asked for. */
  readonly stepUp: (
    c: Context,
    asked: { key: string; acr: string; maxAge: number },
  ) => Promise<Response>
}

export function withdrawalScreens(deps: DeskDeps, desk: Desk): Hono {
  const { ledger, settings, sessions } = deps
  const app = new Hono()

  const show = (
    c: Context,
    session: DeskSession,
    notice: WithdrawalNotice | null,
    status = 200,
  ) => {
    const parts = {
      cash: ledger.cash(session.person.sub),
      withdrawal: session.withdrawal,
      notice,
      demoHoldMinutes: settings.demoHoldMinutes,
    }
    c.status(status as 200)
    return c.html(withdrawalPage(desk.context(c, session), parts))
  }

  app.get('/', (c) => {
    const session = desk.find(c)
    if (!session) return c.redirect('/', 303)
    const done = c.req.query('done')
    const made = ledger.withdrawals(session.person.sub).find(({ id }) => id === done)
    if (made) return c.html(withdrawalDonePage(desk.context(c, session), made))
    const stepUp = c.req.query('step-up')
    if (session.withdrawal && stepUp === 'done') return show(c, session, { kind: 'proven' })
    if (session.withdrawal && stepUp === 'refused') return show(c, session, { kind: 'notProven' })
    session.withdrawal = null
    return show(c, session, null)
  })

  app.post('/', async (c) => {
    const session = desk.find(c)
    if (!session) return c.redirect('/', 303)
    const amount = readAmount((await c.req.parseBody())['amount'])
    if (amount === null) return show(c, session, { kind: 'notAnAmount' }, 400)
    // The same amount again is the same withdrawal: after a step-up, a reload or a double click.
    const order = session.withdrawal?.amount === amount ? session.withdrawal : newOrder(amount)
    session.withdrawal = order
    const answer = await send(deps, session, order)
    if (answer === 'session over') {
      sessions.end(session)
      return c.redirect('/', 303)
    }
    if ('stepUp' in answer) return desk.stepUp(c, { key: session.key, ...answer.stepUp })
    if ('held' in answer) return show(c, session, { kind: 'held', ...answer.held }, 403)
    if ('tooMuch' in answer) return show(c, session, { kind: 'tooMuch' }, 409)
    session.withdrawal = null
    return c.redirect(`/withdrawal?done=${order.id}`, 303)
  })

  return app
}

type Answer =
  | { readonly stepUp: { readonly acr: string; readonly maxAge: number } }
  | { readonly held: Pick<HeldAnswer, 'until' | 'reason'> }
  | { readonly tooMuch: true }
  | { readonly done: true }
  | 'session over'

/** Calls the API as the person who is signed in. */
async function send(
  { connect, settings }: DeskDeps,
  session: DeskSession,
  order: PendingWithdrawal,
): Promise<Answer> {
  const configuration = await connect()
  const url = new URL('/api/withdrawals', settings.origin)
  const headers = new Headers({ 'Content-Type': 'application/json' })
  const body = JSON.stringify(order)
  try {
    const token = await accessToken(configuration, session)
    const answer = await oauth.fetchProtectedResource(
      configuration,
      token,
      url,
      'POST',
      body,
      headers,
    )
    if (answer.status === 201) return { done: true }
    if (answer.status === 409) return { tooMuch: true }
    if (answer.status === 403) return { held: (await answer.json()) as HeldAnswer }
    throw new Error(`the API of withdrawals answered ${answer.status}`)
  } catch (error) {
    // The sign-in has ended: its refresh tokens with it.
    if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') {
      return 'session over'
    }
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error
    return readChallenge(error)
  }
}

/** RFC 9470, §4: what the API asks for goes into the authorization request as it is. */
function readChallenge({ cause }: oauth.WWWAuthenticateChallengeError): Answer {
  const asked = cause.map(({ parameters }) => parameters)
  const missing = asked.find(({ error }) => error === 'insufficient_user_authentication')
  if (!missing) return 'session over'
  const { acr_values: acr, max_age: maxAge } = missing as Record<string, string | undefined>
  return { stepUp: { acr: acr ?? '', maxAge: Number(maxAge) } }
}

const newOrder = (amount: number): PendingWithdrawal => ({ id: randomUUID(), amount })

/** A whole number of yen, also with commas and in full-width digits. */
function readAmount(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const digits = value.normalize('NFKC').replaceAll(/[,、\s円¥]/g, '')
  return /^[1-9]\d{0,11}$/.test(digits) ? Number(digits) : null
}
