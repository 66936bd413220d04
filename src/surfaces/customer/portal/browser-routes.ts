import { z } from 'zod'
import { listBrowsers } from '../../../domain/throttle/browser-list.ts'
import { toIso } from '../../../kernel/clock.ts'
import { forgetOneBrowser } from '../../../operations/forget-browser.ts'
import { isoTime } from '../../frame/action.ts'
import { readTokens } from '../../frame/cookies.ts'
import { sessionAction } from '../../frame/session-action.ts'

export const showBrowsers = sessionAction(
  {
    summary: 'Lists the browsers that the account knows; the own one is marked',
    answer: z.object({
      browsers: z.array(
        z.object({
          id: z.string(),
          current: z.boolean(),
          browser: z.string().nullable(),
          system: z.string().nullable(),
          /** Null where it is not known since when. */
          firstSeenAt: isoTime.nullable(),
          lastSeenAt: isoTime,
        }),
      ),
    }),
  },
  async ({ deps, visit, session }) => {
    const rows = await listBrowsers(deps, session.account.id, readTokens(visit, 'browser'))
    return {
      browsers: rows.map(({ firstAt, lastAt, ...row }) => ({
        ...row,
        firstSeenAt: toIso(firstAt),
        lastSeenAt: toIso(lastAt),
      })),
    }
  },
)

export const removeBrowser = sessionAction(
  {
    summary: 'Makes the account forget a browser that it knows',
    problems: ['proof_needed', 'not_found'],
    answer: null,
  },
  async ({ deps, visit, caller, session }) =>
    forgetOneBrowser(deps, session, visit.req.param('id') ?? '', caller),
)
