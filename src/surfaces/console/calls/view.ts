// What an agent sees of a caller's page: no name, no login ID and no account before a check through it is done.
import { z } from 'zod'
import { selectAccount } from '../../../domain/accounts/find.ts'
import type { CallNumber } from '../../../domain/calls/call.ts'
import { isDoneFor, selectLastCheck } from '../../../domain/calls/checks-store.ts'
import { findStep, listTries } from '../../../domain/calls/where.ts'
import type { DeskOperator } from '../../../domain/operators/operator.ts'
import { isLive, type Passkey } from '../../../domain/passkeys/passkey.ts'
import { placeKindOf, placeOf } from '../../../domain/passkeys/place.ts'
import { selectKeptPasskeys } from '../../../domain/passkeys/store.ts'
import { selectStoppedCodes } from '../../../domain/throttle/codes.ts'
import { callPages, pageCheckActs, pageCheckStates } from '../../../domain/vocabulary/calls.ts'
import { accountActs } from '../../../domain/vocabulary/desk.ts'
import { toIso } from '../../../kernel/clock.ts'
import type { Language } from '../../../kernel/http/language.ts'
import { isHandheld } from '../../../kernel/http/user-agent.ts'
import { callTexts } from '../../../text/console/calls/calls-texts.ts'
import { findFacts } from '../../../text/environments.ts'
import { errorCode } from '../../../text/error-codes.ts'
import { texts } from '../../../text/texts.ts'
import { isoTime } from '../../frame/action.ts'
import type { SurfaceDeps } from '../../frame/site.ts'
import { asItIs } from '../asking/fits.ts'
import { causeOf, offersOf } from './cause.ts'

export const callView = z.object({
  page: z.enum(callPages),
  pageName: z.string(),
  /** Where the sign-in stands now, `signed-in`, or outside of both the page; null where they have ended. */
  step: z.string().nullable(),
  madeAt: isoTime,
  expiresAt: isoTime,
  browser: z.string().nullable(),
  system: z.string().nullable(),
  app: z.string().nullable(),
  /** Without their names, which the holder gave. */
  passkeys: z.array(
    z.object({ id: z.string(), place: z.string(), lastUsedAt: isoTime.nullable() }),
  ),
  /** Those that the caller does not see, as they were reported lost. */
  suspended: z.array(z.object({ id: z.string(), place: z.string() })),
  /** The code of the failure that the page has shown last. */
  failure: z.string().nullable(),
  tries: z.array(z.object({ at: isoTime, event: z.string(), cause: z.string() })),
  /** What is known of such a system, browser and passkey. */
  facts: z.array(z.string()),
  cause: z.string(),
  /** For the caller, in either language. */
  say: z.object({ ja: z.array(z.string()), en: z.array(z.string()) }),
  offers: z.array(z.enum(accountActs)),
  /** The operator's own latest check through this page. */
  check: z
    .object({
      act: z.enum(pageCheckActs),
      state: z.enum(pageCheckStates),
      askedAt: isoTime,
      doneAt: isoTime.nullable(),
    })
    .nullable(),
  /** Only after such a check. */
  account: z.object({ id: z.string() }).nullable(),
})

export async function viewCall(
  { db, now, config }: Pick<SurfaceDeps, 'db' | 'now' | 'config'>,
  call: CallNumber,
  operator: DeskOperator,
  language: Language,
): Promise<z.output<typeof callView>> {
  const { accountId } = call
  const account = accountId === null ? undefined : await selectAccount(db, accountId)
  const [step, kept, stopped, tries, check, isDone] = await Promise.all([
    findStep(db, call, now()),
    account ? selectKeptPasskeys(db, account.id) : [],
    account ? selectStoppedCodes(db, [account.id]) : null,
    account ? listTries(db, account.id, call, now()) : [],
    selectLastCheck(db, call.id),
    isDoneFor(db, call.id, operator.id),
  ])
  const passkeys = kept.filter(isLive)
  const stoppedCodes = stopped?.get(account?.id ?? '') ?? []
  const cause = causeOf(call, step, stoppedCodes)
  const words = callTexts[language]
  const doneFrom = now() + config.desk.waitMilliseconds
  return {
    page: call.page,
    pageName: words.pages[call.page],
    step,
    madeAt: toIso(call.madeAt),
    expiresAt: toIso(call.expiresAt),
    ...{ browser: call.browser, system: call.system, app: call.app },
    passkeys: passkeys.map((one) => ({
      id: one.id,
      place: placeOf(one, texts[language]),
      lastUsedAt: toIso(one.lastUsedAt),
    })),
    suspended: kept
      .filter((one) => !isLive(one))
      .map((one) => ({ id: one.id, place: placeOf(one, texts[language]) })),
    failure: call.failure === null ? null : errorCode(call.failure),
    tries: tries.map(({ at, event, detail }) => ({
      at: toIso(at),
      event,
      cause: words.tries[String(detail['why'])] ?? texts[language].activity[event],
    })),
    facts: factsFor(call, passkeys, language),
    cause: words.causes[cause].cause,
    say: { ja: [...callTexts.ja.causes[cause].say], en: [...callTexts.en.causes[cause].say] },
    offers: [...offersOf(cause, account ? asItIs(account, kept, stoppedCodes, doneFrom) : null)],
    check: check?.operatorId === operator.id ? viewCheck(check) : null,
    account: isDone && account ? { id: account.id } : null,
  }
}

function viewCheck({
  act,
  state,
  askedAt,
  doneAt,
}: NonNullable<Awaited<ReturnType<typeof selectLastCheck>>>) {
  return { act, state, askedAt: toIso(askedAt), doneAt: toIso(doneAt) }
}

/** The facts of such a combination: the app first, then the phone beside a computer, then the system. */
function factsFor(call: CallNumber, passkeys: readonly Passkey[], language: Language): string[] {
  const onPhone = passkeys.some((one) => placeKindOf(one) === 'phone')
  const all = [
    ...findFacts('app', call).slice(0, 1),
    ...(onPhone && !isHandheld(call) ? findFacts('phone', call).slice(0, 1) : []),
    ...findFacts('system', call),
  ]
  return all.map(({ says }) => says[language])
}
