// The library's interaction policy learns of our questions, and waits until they are answered.
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { findClient, touchConsent } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { unansweredQuestion, type Question } from './question.ts'
import { dropNativePrompt } from './seams/native-prompt.ts'
import { ownSession } from './seams/own-request.ts'

type QuestionDeps = Pick<Deps, 'db' | 'now'>
type Policy = ReturnType<typeof interactionPolicy.base>

const { Check, Prompt } = interactionPolicy

/** Accepts `prompt=select_account`, and keeps a request waiting while a question is open. */
export function addQuestions(prompts: Policy, deps: QuestionDeps): void {
  prompts.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  dropNativePrompt(prompts)
  const consent = prompts.get('consent')
  const isOpen = (question: Question) => async (ctx: KoaContextWithOIDC) =>
    (await blockingQuestion(deps, ctx)) === question
  const nobodyAllowed = 'the person has not allowed it'
  consent?.checks.add(
    new Check('third_party', nobodyAllowed, 'consent_required', isOpen('third-party')),
    0,
  )
  const nobodyPressed = 'the person has to press once'
  consent?.checks.add(
    new Check('loopback', nobodyPressed, 'interaction_required', isOpen('loopback')),
    0,
  )
}

/** The question that a person must answer before this request is answered, or null. */
export async function blockingQuestion(
  deps: QuestionDeps,
  { oidc }: KoaContextWithOIDC,
): Promise<Question | null> {
  const session = ownSession()
  const client = oidc.client && (await findClient(deps.db, oidc.client.clientId))
  if (!session || !client) return null
  return unansweredQuestion(deps, session, client, oidc.params ?? {})
}

/** Whether a grant that was just made may stand: a third party's consent may have been taken back. */
export async function mayStand(deps: QuestionDeps, { oidc }: KoaContextWithOIDC): Promise<boolean> {
  const session = ownSession()
  const client = oidc.client && (await findClient(deps.db, oidc.client.clientId))
  if (!session || !client) return false
  return (
    !client.settings.thirdParty || touchConsent(deps.db, session.account.id, client.id, deps.now())
  )
}
