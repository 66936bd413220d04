// Every seam between Sekisho and oidc-provider; list.test.ts compares them with the installed library.
import { completedAnswers } from './completed-answers.ts'
import { correctedErrors } from './corrected-errors.ts'
import { fetchAnywhere } from './fetch-anywhere.ts'
import { forgedRequest } from './forged-request.ts'
import { formPost } from './form-post.ts'
import { hashedSecrets } from './hashed-secrets.ts'
import { interactionOwner } from './interaction-owner.ts'
import { logoutForm } from './logout-form.ts'
import { nativePrompt } from './native-prompt.ts'
import { oneSid } from './one-sid.ts'
import { ownRequest } from './own-request.ts'
import { ownTelling } from './own-telling.ts'
import { presentedTokens } from './presented-tokens.ts'
import { responseTypesFirst } from './response-types-first.ts'
import { rotatedTokens } from './rotated-tokens.ts'
import { runtimeWarning } from './runtime-warning.ts'
import type { Seam } from './seam.ts'
import { sessionMirror } from './session-mirror.ts'

export const seams: Readonly<Record<string, Seam>> = {
  completedAnswers,
  correctedErrors,
  fetchAnywhere,
  forgedRequest,
  formPost,
  hashedSecrets,
  interactionOwner,
  logoutForm,
  nativePrompt,
  oneSid,
  ownRequest,
  ownTelling,
  presentedTokens,
  responseTypesFirst,
  rotatedTokens,
  runtimeWarning,
  sessionMirror,
}
