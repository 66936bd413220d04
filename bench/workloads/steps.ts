// What customers do, once, each in a browser of its own.
import { askPasskey, givePassword, signInWithPasskey } from '../../test/support/world/journeys.ts'
import { expectStatus } from '../../test/support/world/world.ts'
import type { Bench, Subject } from '../bench.ts'
import { load, type LoadOptions, type Sample, type Thing } from '../load.ts'

/** Options, answer, session, from a sign-in that is open already. */
export function passkeyStep({ installation, customers }: Subject): Thing {
  return async (agent) => {
    using open = customers.takeOpen()
    if (!open) return false
    const { passkeyId, authenticator } = open.customer
    const browser = installation.browser(agent)
    browser.setCookie('sekisho_sign_in', open.token)
    const answer = await authenticator.get(await askPasskey(browser, passkeyId))
    expectStatus(await browser.post('/api/sign-in/passkey', answer), 200)
    return true
  }
}

/** Login ID and password, then the passkey. */
function wholeSignIn({ installation, customers }: Subject): Thing {
  return async (agent) => {
    using free = customers.take()
    if (!free) return false
    const { account, authenticator, passkeyId } = free.customer
    const client = () => installation.browser(agent)
    await signInWithPasskey({ client }, account, authenticator, passkeyId)
    return true
  }
}

/** Login ID and password alone. */
export function passwordStep({ installation, customers }: Subject): Thing {
  return async (agent) => {
    using free = customers.take()
    if (!free) return false
    expectStatus(await givePassword(installation.browser(agent), free.customer.account), 200)
    return true
  }
}

/** One round of the passkey step; sign-ins are opened before it begins, more than it can use up. */
export async function passkeyRound(subject: Subject, options: LoadOptions): Promise<Sample> {
  await subject.customers.openSignIns(options.most ?? Math.ceil(options.seconds * 3000))
  return load(subject.installation, options, passkeyStep(subject))
}

/** One round of whole sign-ins. */
export function signInRound(subject: Subject, options: LoadOptions): Promise<Sample> {
  return load(subject.installation, options, wholeSignIn(subject))
}

/** Lets subjects do something until it gets no faster any more. */
export async function warmUp(
  { options: { short } }: Bench,
  subjects: readonly Subject[],
  round: (subject: Subject, options: LoadOptions) => Promise<unknown>,
  most: number,
): Promise<void> {
  const options = short ? { seconds: 5, most: 8 } : { seconds: 30, most }
  for (const subject of subjects) await round(subject, { clients: 16, ...options })
}
