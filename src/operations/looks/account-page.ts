// All that answers a call about an account, in one reading.
import type { Account } from '../../domain/accounts/account.ts'
import { selectOfEach } from '../../domain/audit/store.ts'
import { selectBrokerCall } from '../../domain/calls/broker-calls.ts'
import { selectCasesOf } from '../../domain/cases/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { selectFullUntil } from '../../domain/email-codes/send.ts'
import { operatorNames } from '../../domain/operators/names.ts'
import type { DeskOperator } from '../../domain/operators/operator.ts'
import { selectMailsOf } from '../../domain/outbox/of-account.ts'
import { selectPasskeysOnRecord } from '../../domain/passkeys/on-record.ts'
import { readingsOf } from '../../domain/requests/readings.ts'
import { selectRequests } from '../../domain/requests/store.ts'
import { selectSessions } from '../../domain/sessions/list.ts'
import { selectOpenSignIns } from '../../domain/sign-ins/open.ts'
import type { Database } from '../../domain/tables/tables.ts'
import { selectCodeWaits } from '../../domain/throttle/codes.ts'
import { selectActivationWait } from '../../domain/throttle/strangers.ts'
import { Problem } from '../../kernel/http/problem.ts'
import type { Keys } from '../../kernel/secrets.ts'
import { deskPage, triesLookedAt } from '../../limits/desk.ts'
import { findAccountById } from '../desk/find.ts'
import { shownStates, signingOf } from '../requests/state-request.ts'
import { advise, triesRead, type Try } from './advise.ts'

/** An account that the operator may look at; 404 `not_found`, 403 `not_allowed` for the own one. */
export async function accountAtDesk(
  { db }: Pick<Deps, 'db'>,
  operator: Pick<DeskOperator, 'accountId'>,
  id: string,
) {
  const account = await findAccountById(db, id)
  if (operator.accountId === id) throw new Problem('not_allowed')
  return account
}

/** The account's page at the desk; 404 `not_found`, 403 `not_allowed` for the operator's own account. */
export async function readAccountPage(
  deps: Pick<Deps, 'db' | 'now' | 'keys' | 'config'>,
  operator: Pick<DeskOperator, 'accountId'>,
  id: string,
) {
  const account = await accountAtDesk(deps, operator, id)
  const { db, keys } = deps
  const now = deps.now()
  const [passkeys, sessions, signIns, mails, requests, cases, rows, names, call, waits] =
    await Promise.all([
      selectPasskeysOnRecord(db, id),
      selectSessions(db, id, now),
      selectOpenSignIns(db, account, now),
      selectMailsOf(db, id),
      selectRequests(db, { kind: 'account', accountId: id, most: deskPage, now }),
      selectCasesOf(db, id),
      selectOfEach(db, id, triesRead, { after: now - triesLookedAt, ofEach: deskPage }),
      operatorNames(db),
      selectBrokerCall(db, id, now),
      readWaits(db, keys, account, now),
    ])
  const stateOf = await shownStates(readingsOf(db), now, requests, names, signingOf(deps))
  const tries = rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Try['detail'] }))
  const hasOpenCase = cases.some(({ closedAt }) => closedAt === null)
  const advice = advise({ account, now, tries, passkeys, mails, signIns, hasOpenCase, waits })
  /** Where each open sign-in gave its password. */
  const begun = new Map(
    tries
      .filter(({ event }) => event === 'authn_password_success')
      .map(({ detail, browser, system, address }) => {
        return [String(detail['signIn']), { browser, system, address }] as const
      }),
  )
  const nowhere = { browser: null, system: null, address: null }
  return {
    ...{ account, now, passkeys, sessions, mails, cases, advice },
    codesStopped: waits.codes.some(({ isStop }) => isStop),
    requests: requests.map((one) => ({ ...one, state: stateOf(one) })),
    signIns: signIns.map((one) => ({ ...one, ...(begun.get(one.id) ?? nowhere) })),
    names,
    call,
  }
}

async function readWaits(db: Database, keys: Keys, account: Account, now: number) {
  const [codes, unusedCodes, activation] = await Promise.all([
    selectCodeWaits(db, account.id),
    selectFullUntil(db, account, now),
    selectActivationWait(db, keys, account),
  ])
  return { codes: codes.filter(({ until }) => until > now), unusedCodes, activation }
}
