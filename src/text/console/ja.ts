import { account, accounts } from './ja/accounts.ts'
import { alerts, cases, calls } from './ja/alerts.ts'
import { asking } from './ja/asking.ts'
import { brokerCall } from './ja/broker-call.ts'
import { browser } from './ja/browser.ts'
import { eventCauses, events } from './ja/events.ts'
import { acts, frame, roles, shortcuts } from './ja/frame.ts'
import { operators } from './ja/operators.ts'
import { plain } from './ja/plain.ts'
import { request, requests, requestStates } from './ja/requests.ts'
import { enrol, me, signIn } from './ja/sign-in.ts'

export const ja = {
  ...{ frame, shortcuts, roles, acts, requestStates },
  ...{ signIn, enrol, me },
  ...{ accounts, account, events, eventCauses },
  ...{ asking, requests, request, plain },
  ...{ operators, alerts, cases, calls, brokerCall },
  browser,
} as const
