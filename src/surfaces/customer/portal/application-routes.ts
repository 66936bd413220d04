import { z } from 'zod'
import { nameIn } from '../../../domain/clients/client.ts'
import { listConsents } from '../../../domain/clients/store.ts'
import { toIso } from '../../../kernel/clock.ts'
import { takeBackConsent } from '../../../operations/consents.ts'
import { isoTime } from '../../frame/action.ts'
import { sessionAction } from './session-action.ts'

export const showApplications = sessionAction(
  {
    summary: "Lists the third parties' applications that the account has allowed, the latest first",
    answer: z.object({
      applications: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          logo: z.string().nullable(),
          allowedAt: isoTime,
          lastUsedAt: isoTime.nullable(),
        }),
      ),
    }),
  },
  async ({ deps, visit, session }) => {
    const consents = await listConsents(deps.db, session.account.id)
    return {
      applications: consents.map(({ client, givenAt, lastUsedAt }) => ({
        id: client.id,
        name: nameIn(client, visit.get('language')),
        logo: client.logo,
        allowedAt: toIso(givenAt),
        lastUsedAt: toIso(lastUsedAt),
      })),
    }
  },
)

export const removeApplication = sessionAction(
  {
    summary: 'Takes back what an application was allowed, and ends its tokens at once',
    problems: ['proof_needed', 'not_found'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) => {
    await takeBackConsent(deps, session, visit.req.param('id') ?? '', caller)
  },
)
