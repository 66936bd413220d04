import { z } from 'zod'
import { nameIn } from '../../../domain/clients/client.ts'
import { selectClients } from '../../../domain/clients/store.ts'
import { toIso } from '../../../kernel/clock.ts'
import { disconnect, listApplications } from '../../../operations/openid/applications.ts'
import { isoTime } from '../../frame/action.ts'
import { sessionAction } from '../../frame/session-action.ts'

export const showApplications = sessionAction(
  {
    summary:
      'Lists the applications that the account is connected with, the one used last first: those of third parties that it has allowed, and the broker’s own that hold something now',
    answer: z.object({
      applications: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          logo: z.string().nullable(),
          thirdParty: z.boolean(),
          /** Null for the broker's own. */
          allowedAt: isoTime.nullable(),
          lastUsedAt: isoTime.nullable(),
        }),
      ),
    }),
  },
  async ({ deps, visit, session }) => {
    const applications = await listApplications(
      deps,
      session.account.id,
      await selectClients(deps.db),
    )
    return {
      applications: applications.map(({ client, allowedAt, lastUsedAt }) => ({
        id: client.id,
        name: nameIn(client, visit.get('language')),
        logo: client.logo,
        thirdParty: allowedAt !== null,
        allowedAt: toIso(allowedAt),
        lastUsedAt: toIso(lastUsedAt),
      })),
    }
  },
)

export const removeApplication = sessionAction(
  {
    summary: 'Takes back what an application was allowed, and ends what it holds at once',
    problems: ['proof_needed', 'not_found'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) => {
    await disconnect(deps, session, visit.req.param('id') ?? '', caller)
  },
)
