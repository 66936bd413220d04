// docs/retention.md: how long each table keeps what. A table that has no row here is an error of types.
import type { Tables } from '../src/domain/tables/tables.ts'
import { formerEmailKept, newAddressKept } from '../src/limits/accounts.ts'
import { activationLifetime, recoveryLifetime } from '../src/limits/recoveries.ts'
import { stopsKept } from '../src/limits/stops.ts'
import { brokerCallLifetime, callNumberLifetime, pageCheckCounts } from '../src/limits/calls.ts'
import { codeLifetime, unusedCodesWindow } from '../src/limits/codes.ts'
import { mailKept, undeliveredKept } from '../src/limits/mails.ts'
import { keyPublishedAfter, logoutToldFor } from '../src/limits/openid.ts'
import { enrolmentLifetime, operatorIdle, operatorLongest } from '../src/limits/operators.ts'
import { spentKept } from '../src/limits/passkeys.ts'
import { passwordWaits } from '../src/limits/passwords.ts'
import {
  endedKept,
  idleLifetime,
  knownBrowserLifetime,
  longestLifetime,
  signInLifetime,
} from '../src/limits/sessions.ts'
import { length } from './in-english.ts'

interface Row {
  readonly holds: string
  readonly kept: string
  /** What becomes of an account's rows when it is closed, and when it is erased. */
  readonly closed: string
  readonly erased: string
}

const byHand = 'until a command removes it'
/** Nothing there is of an account. */
const notOfOne = { closed: '—', erased: '—' }
const goes = { closed: 'go', erased: 'go' }
/** Under the number that the trail has too, for as long as it says. */
const runsOut = { closed: 'stay so long, with its number', erased: 'stay so long, with its number' }

export const retention: Readonly<Record<keyof Tables, Row>> = {
  accounts: {
    holds:
      'login ID, name, mail addresses for codes and notices, password hash, activation code, second factor, holds, stops, locks',
    kept: `until it is erased; an activation code: ${length(activationLifetime)}, sealed until it was handed out once; former addresses: ${length(formerEmailKept)} after the last of them was replaced`,
    closed: 'stay, so that a mistake can be mended',
    erased:
      'its number stays, with when it was made and erased: the trail refers to it, and nobody else may get it',
  },
  passkeys: {
    holds:
      'public key, name, place, times of use; of a removed one too, so that it never comes back',
    kept: 'until the account is erased',
    closed: 'stay',
    erased: 'go: who registered and removed which stays in the trail, by numbers',
  },
  audit_events: {
    holds: 'what happened to an account, when, by whom, from which address and browser',
    kept: 'for ever, or as many days as `SEKISHO_TRAIL_DAYS` says, by `trail trim`',
    closed: 'stay',
    erased:
      'stay with its number: they prove who did what, which disputes and the records of a broker need. No login ID, name, mail address or passkey’s name of the customer is in them; the name of an operator who did something is, and the reason that support typed',
  },
  spent: {
    holds: 'which challenges were answered',
    kept: `${length(spentKept)} after their end`,
    ...notOfOne,
  },
  email_codes: {
    holds: 'keyed hashes of codes, and when they were used',
    kept: `${length(codeLifetime)}, and ${length(unusedCodesWindow)} more, in which unused ones are counted`,
    ...goes,
  },
  recoveries: {
    holds: 'attempts to set a password without the one before it; a keyed hash of the login ID',
    kept: length(recoveryLifetime),
    ...goes,
  },
  new_addresses: {
    holds: 'addresses that a holder wants to have, until their codes were typed',
    kept: length(newAddressKept),
    ...goes,
  },
  stops: {
    holds: 'what a holder stopped and lifted, when, and from which network',
    kept: length(stopsKept),
    closed: 'stay',
    erased: 'go',
  },
  sign_ins: {
    holds: 'sign-ins under way, with browser and system',
    kept: length(signInLifetime),
    ...goes,
  },
  sessions: {
    holds: 'who is signed in, from which browser and address',
    kept: `until the end; without use ${length(idleLifetime)} (longer where applications have tokens), at most ${length(longestLifetime)}`,
    ...goes,
  },
  ended_sessions: {
    holds:
      'that a session ended and why, by the hash of its token, and whether applications were told',
    kept: length(endedKept),
    ...runsOut,
  },
  logout_notices: {
    holds: 'which application is still to be told of an end',
    kept: length(logoutToldFor),
    ...runsOut,
  },
  logout_waits: {
    holds: 'how long an application that does not answer is let be',
    kept: 'until it answers',
    ...notOfOne,
  },
  outbox: {
    holds:
      'mails on their way, sealed; text and address are wiped when a mail is sent, expired or given up',
    kept: `that there was a mail: ${length(mailKept)}; of an undelivered one: ${length(undeliveredKept)}`,
    closed: 'codes are wiped; notices go out, with one that says so',
    erased: 'what waits or was not delivered is deleted; that there was a mail stays so long',
  },
  throttles: {
    holds: 'counts of wrong tries, by keyed hashes and addresses',
    kept: `wrong passwords: at most ${length(passwordWaits.forgetAfter)}; wrong codes: until a right one`,
    closed: 'stay',
    erased: 'go',
  },
  known_browsers: {
    holds:
      'hashes of the tokens by which accounts know browsers, their names and times, and which passkeys worked or failed there',
    kept: `${length(knownBrowserLifetime)} after the last sign-in`,
    ...goes,
  },
  clients: { holds: 'applications and their settings', kept: byHand, ...notOfOne },
  client_logos: { holds: 'their logos', kept: byHand, ...notOfOne },
  consents: {
    holds: 'what customers allowed to third parties',
    kept: 'until they take it back',
    ...goes,
  },
  oidc_records: {
    holds: 'grants, codes and tokens of applications, by hashes',
    kept: 'until they expire',
    ...{ closed: 'go, when a node tells the applications', erased: 'go' },
  },
  oidc_keys: {
    holds: 'signing keys, sealed',
    kept: `until replaced, and ${length(keyPublishedAfter)} more`,
    ...notOfOne,
  },
  announcements: { holds: 'what is announced', kept: 'until its end', ...notOfOne },
  operators: {
    holds: 'who works at the support desk: name, address, roles',
    kept: 'for ever: what they did stays under their names',
    ...notOfOne,
  },
  operator_passkeys: {
    holds: "public keys of the operators' passkeys, ended ones too: receipts verify by them",
    kept: 'for ever',
    ...notOfOne,
  },
  operator_sessions: {
    holds: 'which operators are signed in at the console',
    kept: `until the end; without use ${length(operatorIdle)}, at most ${length(operatorLongest)}`,
    ...notOfOne,
  },
  enrolment_codes: {
    holds: 'hashes of the codes by which operators enrol',
    kept: length(enrolmentLifetime),
    ...notOfOne,
  },
  requests: {
    holds: 'what the support desk asked and approved, with the receipts',
    kept: 'for ever',
    closed: 'stay',
    erased: 'stay with its number: they prove who did what',
  },
  alerts: {
    holds: 'what a supervisor of the support desk should see, by numbers',
    kept: 'for ever',
    closed: 'stay',
    erased: 'stay with its number',
  },
  looks: {
    holds:
      'what operators searched for, by keyed hash, and which fields of whom they asked for, why and for which ticket',
    kept: 'for ever',
    closed: 'stay',
    erased: 'stay with its number; the reason, which somebody wrote, goes',
  },
  cases: {
    holds: 'accounts under suspicion: what is claimed, and who investigates',
    kept: 'for ever',
    closed: 'stay',
    erased: 'stay with its number; what somebody wrote goes',
  },
  call_numbers: {
    holds:
      'keyed hashes of the numbers that callers read out, with the page, browser and sign-in where each is shown',
    kept: length(callNumberLifetime),
    ...goes,
  },
  page_checks: {
    holds:
      'identity checks through such a page: for which operator and act, with keyed hashes of the digits',
    kept: `${length(callNumberLifetime)}, and ${length(pageCheckCounts)} more, in which one that is done counts`,
    ...goes,
  },
  broker_calls: {
    holds: 'that the broker is calling a customer, and why',
    kept: length(brokerCallLifetime),
    ...goes,
  },
  installation: {
    holds: 'which secret and which kind of database it is',
    kept: 'for ever',
    ...notOfOne,
  },
}

const introduction = `
# How long what is kept

Every node sweeps every few minutes; what has ended counts for nothing before that too. Besides the
database there is the log of each node on its standard output: it has addresses of callers and no names,
mail addresses, passwords or codes ([operate.md](operate.md#logs)), and you decide how long it stays.

The last two columns say what \`accounts close\` and \`accounts erase\` leave of a customer
([operate.md](operate.md#the-end-of-a-contract), [the reasons](decisions/0027-closed-then-erased.md)): a
test builds a customer with all of it, and looks through every cell of every table after that.
`

/** The text of docs/retention.md, before Prettier has aligned its table. */
export function describeRetention(): string {
  const rows = Object.entries(retention).map(([table, row]) => {
    const { holds, kept, closed, erased } = row
    return `| \`${table}\` | ${[holds, kept, closed, erased].join(' | ')} |`
  })
  const head =
    '| Table | What it holds | How long | Its rows of a closed account | And of an erased one |\n| --- | --- | --- | --- | --- |'
  const origin =
    'This page is written by `npm run docs` from `scripts/describe-retention.ts`: change it there.'
  return `${introduction}\n${[head, ...rows].join('\n')}\n\n${origin}\n`
}
