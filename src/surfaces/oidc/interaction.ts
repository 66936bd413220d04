// /oauth2/interaction/UID: the only place that ends an interaction, and only in the browser that began it:
// with an answer when a session of ours meets the authorization request, else with a refusal.
import { errors, type default as Provider } from 'oidc-provider'
import { z } from 'zod'
import { nameIn, type Client } from '../../domain/clients/client.ts'
import { amrOf } from '../../domain/factors/factors.ts'
import type { Session } from '../../domain/sessions/session.ts'
import { seconds } from '../../kernel/clock.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { readBody } from '../frame/action.ts'
import { notSignedIn } from '../frame/current-session.ts'
import { pageContext } from '../frame/page-context.ts'
import type { PageContext } from '../frame/page.ts'
import type { Visit } from '../frame/visit.ts'
import { listPasskeys } from '../parts/passkeys-here.ts'
import { withSessionWatch } from '../parts/session-watch.ts'
import { mayChangePerson, nextStep } from './next-step.ts'
import {
  failurePage,
  noPasskeyPage,
  questionPage,
  signInAgainPage,
  stepUpPage,
  type AskingParts,
} from './pages.ts'
import { isForLoopback, notePress } from './question.ts'
import { ownSession, ownUnit } from './seams/own-request.ts'
import { needsPasskey, readStrength } from './strength.ts'
import { setWishedLanguage, wishedLanguage } from './ui-locales.ts'
import { onward, wayBackQuery } from './way-back.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** Finishes the interaction, or shows the page of the step that is missing. */
export async function showInteraction(visit: Visit, provider: Provider): Promise<Response> {
  const deps = visit.get('deps')
  const found = await findInteraction(visit, provider)
  if (!found) return showExpired(visit)
  const { interaction, client } = found
  const session = ownSession()
  const next = await nextStep(deps, interaction, client, session)
  if (next.step === 'refuse') return refuse(visit, provider, next.error)
  if (next.step === 'sign-in' || !session) {
    return visit.redirect(signInAddress(interaction), 303)
  }
  if (next.step === 'finish') return visit.redirect(await finish(visit, provider, session), 303)
  setWishedLanguage(visit, interaction.params)
  const context = withSessionWatch(deps, pageContext(deps, visit), session)
  const { logo, settings } = client
  const application = { name: nameIn(client, context.language), logo, home: settings.homeUri }
  const parts = { application, leaveTo: `/oauth2/interaction/${interaction.uid}/leave` }
  if (next.step === 'press') {
    const { question } = next
    const goesTo = new URL(String(interaction.params['redirect_uri'])).host
    const isProgram = isForLoopback(client, interaction.params)
    return visit.html(questionPage(context, { ...parts, question, session, goesTo, isProgram }))
  }
  if (next.step === 'prove') return showMissing(visit, context, parts, found, session)
  return visit.html(signInAgainPage(context, { ...parts, loginId: null }))
}

/** Which question the pressed button answers, and in which session the page was drawn. */
const press = z.object({ question: z.string().max(20), session: z.string().max(64) })

/** Accepts the press and answers where to go on: back to the page when the question has changed. */
export async function pressInteraction(visit: Visit, provider: Provider): Promise<Response> {
  const deps = visit.get('deps')
  const body = await readBody(visit, press)
  const found = await findInteraction(visit, provider)
  if (!found) throw new Problem('no_sign_in')
  const { interaction, client } = found
  const session = ownSession()
  if (!session) throw await notSignedIn(deps, visit)
  const next = await nextStep(deps, interaction, client, session)
  const fits = session.id === body.session
  if (!fits || next.step !== 'press' || next.question !== body.question) {
    return visit.json({ continueTo: `/oauth2/interaction/${interaction.uid}` })
  }
  const { params } = interaction
  notePress(session, client, params, next.question)
  return visit.json({ continueTo: await finish(visit, provider, session) })
}

/** Gives the authorization request up: the client is told why. */
export async function leaveInteraction(visit: Visit, provider: Provider): Promise<Response> {
  const found = await findInteraction(visit, provider)
  if (!found) return showExpired(visit)
  const session = ownSession()
  const asked = readStrength(found.interaction.params, null)
  const unmet = session !== null && needsPasskey(asked)
  const error = unmet ? 'unmet_authentication_requirements' : 'access_denied'
  return refuse(visit, provider, error)
}

async function showMissing(
  visit: Visit,
  context: PageContext,
  application: AskingParts,
  { interaction: { params, uid }, client }: Found,
  { account }: Session,
): Promise<Response> {
  const parts = { ...application, mayChange: mayChangePerson(params) }
  const listed = await listPasskeys(visit, account.id)
  if (listed.passkeys.length > 0) {
    return visit.html(stepUpPage(context, { ...parts, ...listed }))
  }
  const needed = needsPasskey(readStrength(params, null))
  const { loginId } = account
  if (!needed) return visit.html(signInAgainPage(context, { ...parts, loginId }))
  const query = wayBackQuery(client.id, `/oauth2/interaction/${uid}`)
  const registration = onward('/portal/passkeys/new', { query })
  return visit.html(noPasskeyPage(context, { ...parts, registration }))
}

/** Answers every prompt that a request can have, so that none is asked twice. Returns where to go on. */
async function finish(visit: Visit, provider: Provider, session: Session): Promise<string> {
  const { incoming, outgoing } = visit.env
  return provider.interactionResult(incoming, outgoing, {
    consent: {},
    select_account: {},
    login: {
      accountId: session.account.id,
      sessionId: session.id,
      acr: session.acr,
      amr: [...amrOf(session.acr)],
      ts: Math.floor(session.provenAt / seconds),
      remember: false,
    },
  })
}

async function refuse(visit: Visit, provider: Provider, error: string): Promise<Response> {
  const { incoming, outgoing } = visit.env
  const result = { error, error_description: descriptions[error] ?? error }
  return visit.redirect(await provider.interactionResult(incoming, outgoing, result), 303)
}

const descriptions: Readonly<Record<string, string>> = {
  access_denied: 'the sign-in was given up',
  login_required: 'another account signed in than the one that was asked for',
  unmet_authentication_requirements: 'the sign-in that was asked for cannot be given',
}

interface Found {
  readonly interaction: Interaction
  readonly client: Client
}

/** The interaction of the address; null in any browser but the one that began it (rule 33). */
async function findInteraction(visit: Visit, provider: Provider): Promise<Found | null> {
  const { incoming, outgoing } = visit.env
  const details = provider.interactionDetails(incoming, outgoing)
  const interaction = await details.catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) return null
    throw error
  })
  if (interaction?.uid !== visit.req.param('uid')) return null
  const client = await ownUnit().findClient(String(interaction?.params['client_id']))
  return interaction && client ? { interaction, client } : null
}

function signInAddress(interaction: Interaction): string {
  const query = new URLSearchParams({ continueTo: `/oauth2/interaction/${interaction.uid}` })
  const wish = wishedLanguage(interaction.params)
  if (wish) query.set('lang', wish)
  return `/sign-in?${query.toString()}`
}

function showExpired(visit: Visit): Response | Promise<Response> {
  const context = pageContext(visit.get('deps'), visit)
  return visit.html(failurePage(context, 'interaction_over', visit.get('requestId')), 400)
}
