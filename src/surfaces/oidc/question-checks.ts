// The library's interaction policy learns of our questions, and waits until they are answered.
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { touchConsent } from '../../domain/clients/store.ts'
import type { Deps } from '../../domain/deps.ts'
import { Problem } from '../../kernel/http/problem.ts'
import { unansweredQuestion, type Question } from './question.ts'
import { dropNativePrompt } from './seams/native-prompt.ts'
import { ownSession, ownUnit } from './seams/own-request.ts'

type QuestionDeps = Pick<Deps, 'db'>
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
  const client = oidc.client && (await ownUnit().findClient(oidc.client.clientId))
  if (!session || !client) return null
  return unansweredQuestion(deps, session, client, oidc.params ?? {})
}

/** Notes the use of a third party's consent, without which the request is not answered. */
export async function useConsent({ oidc }: KoaContextWithOIDC): Promise<void> {
  const accountId = ownSession()?.account.id
  const client = oidc.client && (await ownUnit().findClient(oidc.client.clientId))
  if (accountId === undefined || !client?.settings.thirdParty) return
  ownUnit().require(async ({ tx, now }) => {
    if (!(await touchConsent(tx, accountId, client.id, now))) throw new Problem('start_again')
    return undefined
  })
}
