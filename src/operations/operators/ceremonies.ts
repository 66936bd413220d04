// What the console's ceremonies have in common.
import type { Act, Refusal } from '../../domain/act.ts'
import { record } from '../../domain/audit/record.ts'
import type { Deps } from '../../domain/deps.ts'
import type { OperatorCeremony } from '../../domain/operators/challenge.ts'
import type { RegistrationAnswer } from '../../domain/passkeys/answers.ts'
import { refuseFrame, type ClientData } from '../../domain/passkeys/client-data.ts'
import type { Credential } from '../../domain/passkeys/passkey.ts'
import { passkeyNotVerified, whyRefused } from '../../domain/passkeys/problems.ts'
import { verifyRegistration } from '../../domain/passkeys/verify.ts'
import type { Problem } from '../../kernel/http/problem.ts'

/** Checks a new passkey of an operator; 400 `passkey_not_verified`, also where the browser could not store it. */
export async function checkNewPasskey(
  { site }: Pick<Deps, 'site'>,
  clientData: ClientData,
  answer: RegistrationAnswer,
): Promise<Credential> {
  refuseFrame(clientData)
  const properties = answer.clientExtensionResults?.['credProps']
  if (isNotResident(properties)) throw passkeyNotVerified('not discoverable')
  return verifyRegistration(site, clientData.challenge, answer)
}

function isNotResident(properties: unknown): boolean {
  return (
    typeof properties === 'object' && properties !== null && Reflect.get(properties, 'rk') === false
  )
}

/** Audits an answer that the act refuses, and returns the refusal. */
export function refuseOperatorAnswer(
  act: Act,
  { purpose, operator }: Pick<OperatorCeremony, 'purpose'> & { operator: { id: string } | null },
  problem: Problem,
): Refusal {
  const detail = { operator: operator?.id ?? null, purpose, reason: whyRefused(problem) }
  record(act, { event: 'authn_operator_login_fail', detail })
  return act.refuse(problem)
}
