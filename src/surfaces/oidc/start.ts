// The OpenID provider of one node, with the keys of the moment.
import type { Provider } from 'oidc-provider'
import { seconds } from '../../kernel/clock.ts'
import { repeat } from '../../kernel/repeat.ts'
import { keysVersion, makeFirstKeys } from '../../operations/openid/signing-keys.ts'
import type { SurfaceDeps } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { answerByLibrary, withOwnSession } from './bridge.ts'
import { answerBusy } from './busy.ts'
import { cautionAt } from './claims.ts'
import { responseModes } from './client-metadata.ts'
import { drawGoOn } from './draw.ts'
import { leaveInteraction, pressInteraction, showInteraction } from './interaction.ts'
import { keepChanges, keepOwnChanges } from './keep-changes.ts'
import { startTelling } from './logout.ts'
import { createProvider } from './provider.ts'
import { recordTokens } from './record-tokens.ts'
import { logRefusals } from './refusals-log.ts'
import { completeAnswers } from './seams/completed-answers.ts'
import { correctErrors } from './seams/corrected-errors.ts'
import { leadOnFromLogout } from './seams/logout-form.ts'
import { takeOverTelling, type SendLogoutToken } from './seams/own-telling.ts'
import { endOwnSession } from './sign-out.ts'

export interface Oidc {
  /** Answers a request to one of the provider's own addresses. */
  answer(visit: Visit): Promise<Response>
  showInteraction(visit: Visit): Promise<Response>
  pressInteraction(visit: Visit): Promise<Response>
  leaveInteraction(visit: Visit): Promise<Response>
  stop(): Promise<void>
}

const lookEvery = 1 * seconds
/** How long a stopping node waits for clients to answer; another node tells them again. */
const stopWithin = 2 * seconds

/** Makes the first keys where there are none, and starts telling clients of sessions that end. */
export async function startOidc(deps: SurfaceDeps): Promise<Oidc> {
  await makeFirstKeys(deps)
  const stopping = new AbortController()
  const providerDeps = { ...deps, stopping: stopping.signal }
  let version = await keysVersion(deps)
  let { provider, library, sendLogoutToken } = await open(providerDeps)

  const telling = startTelling(deps, ({ client_id: client, account_id: account, sid }) =>
    sendLogoutToken(client, account, sid),
  )
  const look = async () => {
    await telling.round()
    const latest = await keysVersion(deps)
    if (latest === version) return
    ;({ provider, library, sendLogoutToken } = await open(providerDeps))
    version = latest
  }
  const looking = repeat(lookEvery, () =>
    look().catch((error: unknown) =>
      deps.log.error({ err: error }, 'work of the OpenID provider failed'),
    ),
  )
  return {
    answer: (visit) => answerByLibrary(visit, library),
    showInteraction: (visit) => answerHere(visit, () => showInteraction(visit, provider)),
    pressInteraction: (visit) => answerHere(visit, () => pressInteraction(visit, provider)),
    leaveInteraction: (visit) => answerHere(visit, () => leaveInteraction(visit, provider)),
    async stop() {
      await looking.stop()
      const impatience = setTimeout(() => stopping.abort(), stopWithin)
      await telling.settled()
      clearTimeout(impatience)
    },
  }
}

/** Answers a request to one of our own addresses, and keeps what it has changed. */
function answerHere(visit: Visit, work: () => Promise<Response>): Promise<Response> {
  return withOwnSession(visit, async () => {
    const answer = await work()
    await keepOwnChanges(visit)
    return answer
  })
}

/** A provider with the keys of this moment, and its own way to send logout tokens. */
async function open(deps: SurfaceDeps & { readonly stopping: AbortSignal }): Promise<{
  readonly provider: Provider
  /** Answers a request; made once, as making it composes all middlewares. */
  readonly library: ReturnType<Provider['callback']>
  readonly sendLogoutToken: SendLogoutToken
}> {
  const provider = await createProvider(deps)
  const sendLogoutToken = takeOverTelling(provider)
  correctErrors(provider)
  recordTokens(provider)
  provider.use(answerBusy(provider, deps))
  provider.use(keepChanges(provider, logRefusals(provider, deps)))
  provider.use(completeAnswers({ responseModes, claimsOf: (ctx, id) => cautionAt(ctx, id, deps) }))
  provider.use(leadOnFromLogout(drawGoOn))
  provider.use(endOwnSession)
  return { provider, library: provider.callback(), sendLogoutToken }
}
