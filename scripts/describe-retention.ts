// docs/retention.md: how long each table keeps what. A table that has no row here is an error of types.
import type { Tables } from '../src/domain/tables/tables.ts'
import {
  codeLifetime,
  endedKept,
  idleLifetime,
  keyPublishedAfter,
  knownBrowserLifetime,
  logoutToldFor,
  longestLifetime,
  mailKept,
  passwordWaits,
  signInLifetime,
  spentKept,
  undeliveredKept,
  unusedCodesWindow,
} from '../src/kernel/limits.ts'
import { length } from './describe-limits.ts'

type Row = readonly [holds: string, kept: string]

const byHand = 'until a command removes it'

const tables: Readonly<Record<keyof Tables, Row>> = {
  accounts: ['login ID, name, mail address, password hash, second factor, locks', 'for ever'],
  passkeys: [
    'public key, name, place, times of use; of a removed one too, so that it never comes back',
    'for ever',
  ],
  audit_events: [
    'what happened to an account, when, by whom, from which address and browser',
    'for ever: nothing deletes from the trail',
  ],
  spent: ['which challenges were answered', `${length(spentKept)} after their end`],
  email_codes: [
    'keyed hashes of codes, and when they were used',
    `${length(codeLifetime)}, and ${length(unusedCodesWindow)} more, in which unused ones are counted`,
  ],
  sign_ins: ['sign-ins under way', length(signInLifetime)],
  sessions: [
    'who is signed in, from which browser and address',
    `until the end; without use ${length(idleLifetime)} (longer where applications have tokens), at most ${length(longestLifetime)}`,
  ],
  ended_sessions: ['that a session ended, and whether applications were told', length(endedKept)],
  logout_notices: ['which application is still to be told of an end', length(logoutToldFor)],
  logout_waits: ['how long an application that does not answer is let be', 'until it answers'],
  outbox: [
    'mails on their way, sealed; text and address are wiped when a mail is sent, expired or given up',
    `that there was a mail: ${length(mailKept)}; of an undelivered one: ${length(undeliveredKept)}`,
  ],
  throttles: [
    'counts of wrong tries, by keyed hashes and addresses',
    `wrong passwords: at most ${length(passwordWaits.forgetAfter ?? 0)}; wrong codes: until a right one`,
  ],
  known_browsers: [
    'hashes of the tokens by which accounts know browsers',
    `${length(knownBrowserLifetime)} after the last sign-in`,
  ],
  clients: ['applications and their settings', byHand],
  client_logos: ['their logos', byHand],
  consents: ['what customers allowed to third parties', 'until they take it back'],
  oidc_records: ['grants, codes and tokens of applications, by hashes', 'until they expire'],
  oidc_keys: ['signing keys, sealed', `until replaced, and ${length(keyPublishedAfter)} more`],
  announcements: ['what is announced', 'until its end'],
  installation: ['which secret and which kind of database it is', 'for ever'],
}

const introduction = `
# How long what is kept

Every node sweeps every few minutes; what has ended counts for nothing before that too. Besides the
database there is the log of each node on its standard output: it has addresses of callers and no names,
mail addresses, passwords or codes ([operate.md](operate.md#logs)), and you decide how long it stays.

Nothing closes or erases an account yet: that is left to the broker's own procedure on the database.
`

/** The text of docs/retention.md, before Prettier has aligned its table. */
export function describeRetention(): string {
  const rows = Object.entries(tables).map(([table, row]) => `| \`${table}\` | ${row.join(' | ')} |`)
  const head = '| Table | What it holds | How long |\n| --- | --- | --- |'
  const origin =
    'This page is written by `npm run docs` from `scripts/describe-retention.ts`: change it there.'
  return `${introduction}\n${[head, ...rows].join('\n')}\n\n${origin}\n`
}
