import type { ConsoleTexts } from './console-texts.ts'
import { account, accounts } from './en/accounts.ts'
import { alerts, cases, calls } from './en/alerts.ts'
import { asking } from './en/asking.ts'
import { brokerCall } from './en/broker-call.ts'
import { browser } from './en/browser.ts'
import { eventCauses, events } from './en/events.ts'
import { acts, frame, roles, shortcuts } from './en/frame.ts'
import { operators } from './en/operators.ts'
import { plain } from './en/plain.ts'
import { request, requests, requestStates } from './en/requests.ts'
import { enrol, me, signIn } from './en/sign-in.ts'

export const en: ConsoleTexts = {
  ...{ frame, shortcuts, roles, acts, requestStates },
  ...{ signIn, enrol, me },
  ...{ accounts, account, events, eventCauses },
  ...{ asking, requests, request, plain },
  ...{ operators, alerts, cases, calls, brokerCall },
  browser,
}
