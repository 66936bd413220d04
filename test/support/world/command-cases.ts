// Every command with what it answers with `--json`, in the order in which they are run.
import { join } from 'node:path'
import type { Environment } from '../../../src/settings/environment.ts'

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const id = /^[\w-]{16,}$/
const number = /^\d+(\.\d+)?$/
const account = ['--login-id', ' HANAKO']
export const why = ['--reason', 'why']
const redirectUri = 'https://desk.example.jp/in'

/** What earlier answers had, for the words of later commands. */
export interface Known {
  readonly folder: string
  readonly id: string
  readonly passkey: string
  readonly kid: string
}

export interface Case {
  readonly words: (known: Known) => readonly string[]
  /** The whole answer; a text may be given by a pattern. */
  readonly found: object
  readonly input?: string
  readonly status?: number
  readonly env?: (known: Known) => Environment
}

export const done: Case = { words: () => [], found: {} }
const password = ['--password-stdin']
const issued = { activationCode: /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/, expiresAt: time }
const hanako = { loginId: 'hanako' }
const opened = { ...hanako, caseOpen: false }
const shown = { ...hanako, displayName: '田中 花子', email: 'h@example.jp', secondFactor: 'email' }
const counts = {
  passkeys: 1,
  suspendedPasskeys: 0,
  sessions: 0,
  lock: { since: time, reason: 'support' },
}
const held = { stop: null, hold: { until: time, reason: /^\w+$/ }, undeliveredMail: null }
const announcement = { id, kind: 'warning', text: { ja: 'あ', en: 'a' }, from: time, until: null }
const desk = { clientId: id, kind: 'web', name: 'Desk', redirectUris: [redirectUri] }
const plain = { postLogoutRedirectUris: [], backchannelLogoutUri: null, jwks: null, logo: null }
const ways = { idTokenAlg: 'ES256', authMethod: 'client_secret_basic', thirdParty: false }
const home = { homeUri: 'https://desk.example/', nameEn: 'Trading Desk' }
const satoWords = ['--name', '佐藤', '--roles', 'agent,approver']
const satoCode = { enrolmentCode: /^[0-9A-Z-]{31}$/, expiresAt: time }
const ofOperator = { email: null, passkeys: 0, lastSeenAt: null, closedAt: null }
const operator = { id, name: '佐藤', roles: ['agent', 'approver'], ...ofOperator }

/** In the order in which they are run; all that there are but `demo` and `console`, which go on. */
export const cases: readonly (readonly [name: string, Case])[] = [
  ['migrate', done],
  ['serve', { ...done, words: () => ['--check'] }],
  [
    'accounts add',
    {
      words: () => [
        '--login-id',
        'Sakura',
        '--email',
        's@example.jp',
        '--display-name',
        'S',
        ...password,
      ],
      found: { loginId: 'sakura' },
      input: 'a long password\n',
    },
  ],
  ['accounts lock', { words: () => [...account, ...why], found: hanako }],
  [
    'accounts add',
    {
      words: () => ['--login-id', 'Ume', '--email', 'u@example.jp', '--display-name', 'U'],
      found: { ...issued, loginId: 'ume' },
    },
  ],
  ['accounts set-password', { words: () => [...account, ...why], found: { ...issued, ...opened } }],
  [
    'accounts set-email',
    { words: () => [...account, ...why, '--email', 'h@example.jp'], found: opened },
  ],
  [
    'passkeys list',
    {
      words: () => account,
      found: {
        passkeys: [
          { id, name: 'Windows', place: /./, createdAt: time, lastUsedAt: null, suspendedAt: null },
        ],
      },
    },
  ],
  ['accounts show', { words: () => account, found: { ...shown, ...counts, ...held } }],
  ['accounts unlock', { words: () => [...account, ...why], found: { ...opened, wasLocked: true } }],
  [
    'accounts unlock',
    { words: () => ['--guessing', '--since', '2026-01-01T00:00Z', ...why], found: { reopened: 0 } },
  ],
  [
    'passkeys remove',
    {
      words: ({ passkey }) => [...account, `--id=${passkey}`, ...why],
      found: { id, name: 'Windows', wasLast: true, caseOpen: false },
    },
  ],
  ['sessions end', { words: () => [...account, ...why], found: { sessions: 0 } }],
  ['sessions end', { words: () => ['--all', ...why], found: { sessions: 0, signIns: 0 } }],
  [
    'accounts close',
    { words: () => [...account, ...why], found: { ...hanako, erasableFrom: time } },
  ],
  ['accounts reopen', { words: () => [...account, ...why], found: opened }],
  ['accounts erase', { words: () => ['--due', ...why], found: { erased: 0 } }],
  [
    'trail trim',
    {
      words: () => why,
      found: { before: time, events: 0 },
      env: () => ({ SEKISHO_TRAIL_DAYS: '400' }),
    },
  ],
  [
    'announcements set',
    { words: () => ['--kind', 'warning', '--ja', 'あ', '--en', 'a', ...why], found: { id } },
  ],
  ['announcements list', { ...done, found: { announcements: [announcement] } }],
  ['announcements remove', { words: (known) => [`--id=${known.id}`, ...why], found: { id } }],
  [
    'clients add',
    {
      words: () => [
        ...['--name', 'Desk', '--kind', 'web', '--redirect-uri', redirectUri],
        ...['--home-uri', home.homeUri, '--name-en', home.nameEn],
      ],
      found: { clientId: id, clientSecret: id },
    },
  ],
  [
    'clients list',
    { ...done, found: { clients: [{ ...desk, ...plain, ...ways, ...home, createdAt: time }] } },
  ],
  [
    'clients change',
    {
      words: (known) => [`--id=${known.id}`, '--new-secret', ...why],
      found: { clientId: id, clientSecret: id },
    },
  ],
  ['clients remove', { words: (known) => [`--id=${known.id}`, ...why], found: { clientId: id } }],
  ['keys rotate', { words: () => why, found: { signsFrom: time } }],
  ['keys revoke', { words: ({ kid }) => [`--kid=${kid}`, ...why], found: { kid: id } }],
  ['letters export', { ...done, found: { letters: [] } }],
  ['mail undelivered', { ...done, found: { mails: [], isCut: false } }],
  [
    'secrets rotate',
    { words: () => why, found: { signingKeys: number, mails: number, othersGoAt: null } },
  ],
  ['operators add', { words: () => satoWords, found: { id, ...satoCode } }],
  [
    'operators keys',
    {
      words: ({ folder }) => ['--file', join(folder, 'keys.json')],
      found: { file: /keys\.json$/, operators: 1, keys: 0 },
    },
  ],
  ['operators list', { ...done, found: { operators: [operator] } }],
  ['operators remove', { words: (known) => [`--id=${known.id}`, ...why], found: { id } }],
  [
    'requests verify',
    {
      words: ({ folder }) => ['--file', join(folder, 'receipt.json')],
      found: {
        ...{ verdict: 'signature valid, signer unknown', signer: null, why: null },
        ...{ digest: /^[0-9a-f]{64}$/, askedAt: time, text: /^\{.*\}$/ },
      },
      status: 1,
    },
  ],
  ['help-texts', { ...done, found: { ja: /./, en: /./ } }],
  ['doctor', { ...done, found: { ok: false, findings: /./ }, status: 1 }],
  [
    'backup',
    {
      words: ({ folder }) => ['--to', join(folder, 'b')],
      found: { file: /b$/, bytes: number, seconds: number },
    },
  ],
  [
    'restore',
    {
      words: ({ folder }) => ['--from', join(folder, 'b')],
      env: ({ folder }) => ({ SEKISHO_DATABASE: join(folder, 'c') }),
      found: { lastEventAt: time, closedAgain: null, formerDatabase: null },
    },
  ],
]
