import { z } from 'zod'
import { operatorCreationOptions } from '../../../domain/operators/options.ts'
import { registrationAnswer } from '../../../domain/passkeys/answers.ts'
import { beginEnrolment, enrol } from '../../../operations/operators/enrol.ts'
import { action } from '../../frame/action.ts'
import { memberView, viewMember } from './operator-view.ts'

export const enrolmentOptions = action(
  {
    summary: 'Asks for the passkey of the operator to whom an enrolment code was given',
    problems: ['code_wrong', 'too_many_attempts'],
    body: z.object({ code: z.string().max(200) }),
    answer: operatorCreationOptions,
  },
  async ({ deps, caller, body }) => beginEnrolment(deps, caller, body.code),
)

export const finishEnrolment = action(
  {
    summary: 'Registers that passkey in place of all earlier ones; it signs nobody in',
    status: 201,
    problems: [
      ...(['code_wrong', 'passkey_not_verified', 'ceremony_expired'] as const),
      ...(['passkey_known', 'start_again'] as const),
    ],
    body: registrationAnswer,
    answer: z.object({ operator: memberView }),
  },
  async ({ deps, caller, body }) => ({ operator: viewMember(await enrol(deps, caller, body)) }),
)
