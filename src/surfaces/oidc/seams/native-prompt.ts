import type { interactionPolicy } from 'oidc-provider'
import type { Seam } from './seam.ts'

export const nativePrompt: Seam = {
  changes: 'The check `native_client_prompt` is taken out of the prompt `consent`.',
  because: `The library asks at every request of every native client. Sekisho asks once a session, and
    only where any program on the device could receive the answer (question.ts).`,
  texts: [['helpers/interaction_policy/prompts/consent.js', `'native_client_prompt'`]],
}

/** Takes the library's own question to native clients away. */
export function dropNativePrompt(prompts: interactionPolicy.DefaultPolicy): void {
  prompts.get('consent')?.checks.remove('native_client_prompt')
}
