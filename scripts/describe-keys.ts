// docs/keys.md: all keys and algorithms. A purpose of the code that has no row here is an error of types.
import { argon2id } from '../src/domain/password/check.ts'
import type { KeyPurpose } from '../src/kernel/secrets.ts'

interface Row {
  readonly algorithm: string
  readonly use: string
  readonly life: string
}

const hmac = 'HMAC-SHA-256, 256 bits'
const gcm = 'AES-256-GCM, a random nonce for each text'

/** The keys that are derived from `SEKISHO_SECRET`. */
const derived: Readonly<Record<KeyPurpose, Row>> = {
  'email-code': { algorithm: hmac, use: 'hashes of codes in the database', life: '10 minutes' },
  'login-id': {
    algorithm: hmac,
    use: 'login IDs in counts of wrong passwords, and unknown ones in the trail',
    life: 'counts: 24 hours; the trail: for ever',
  },
  call: {
    algorithm: hmac,
    use: 'numbers that callers read out, and digits that support reads out',
    life: '15 minutes',
  },
  database: {
    algorithm: hmac,
    use: 'shows that a database belongs to a secret',
    life: 'until `secrets rotate`',
  },
  enrolment: {
    algorithm: hmac,
    use: 'hashes of operators’ enrolment codes in the database',
    life: '24 hours',
  },
  'desk-search': {
    algorithm: hmac,
    use: 'what operators typed into the search, in the trail and in `looks`',
    life: 'for ever',
  },
  activation: {
    algorithm: hmac,
    use: 'hashes of activation codes in the database',
    life: '14 days',
  },
  letter: {
    algorithm: gcm,
    use: 'activation codes that wait for a letter or for who asked',
    life: 'until they are handed out once, 14 days at most',
  },
  mail: {
    algorithm: gcm,
    use: 'mails that wait',
    life: 'until they are sent, or `secrets rotate`',
  },
  'continue-to': {
    algorithm: gcm,
    use: 'where a sign-in under way leads',
    life: '20 minutes',
  },
  'signing-key': {
    algorithm: gcm,
    use: 'the private keys below, in the database',
    life: 'until `secrets rotate`',
  },
  'challenge/1': {
    algorithm: hmac,
    use: 'challenges of passkeys, which say what they are for',
    life: '5 minutes',
  },
  'approval/1': {
    algorithm: hmac,
    use: 'challenges by which operators approve, which say what and who',
    life: '5 minutes',
  },
  'enrolment-half': {
    algorithm: gcm,
    use: "the half of an operator's code that waits for who asked for it",
    life: '24 hours',
  },
  'operator/1': {
    algorithm: hmac,
    use: 'challenges of operators’ passkeys at the console',
    life: '5 minutes',
  },
  'dpop-nonce': { algorithm: hmac, use: 'nonces of DPoP proofs', life: 'minutes' },
}

const { memoryCost, timeCost, parallelism } = argon2id

/** What is not derived from the secret, and how it is replaced. */
const others: readonly (readonly [name: string, algorithm: string, replaced: string])[] = [
  [
    'Signing keys of ID tokens and logout tokens',
    'ES256 (P-256) and RS256 (2048 bits)',
    '`keys rotate`, once a year; `keys revoke` at once when one is lost',
  ],
  [
    'Passwords',
    `argon2id, ${memoryCost} KiB, ${timeCost} passes, ${parallelism} lane, a salt of 16 bytes each`,
    'with other parameters each is hashed anew at its next sign-in',
  ],
  [
    'Tokens: sessions, sign-ins, known browsers, codes and tokens of applications',
    '256 random bits; the database has their SHA-256',
    'they end by themselves: docs/rules.md',
  ],
  [
    'Passkeys (the public keys of customers)',
    'ES256, EdDSA (Ed25519), RS256',
    'the customer removes one and registers another',
  ],
  [
    'Secrets of applications',
    '256 random bits; the database has their SHA-256. Better: `private_key_jwt` with a key of their own',
    '`clients change`',
  ],
  ['TLS', 'what the proxy is set to', 'with the certificate of the proxy'],
]

const introduction = `
# Keys and algorithms

Everything that Sekisho keeps secret by itself hangs on \`SEKISHO_SECRET\`: each purpose has a key of its
own, derived by HKDF-SHA-256 (RFC 5869), so that what is made for one cannot be used for another. The
secret is kept by the operator, outside of the database and of its backups, and replaced once a year and
whenever somebody who knew it leaves: [operate.md](operate.md#another-secret) has the four steps.
`

/** The text of docs/keys.md, before Prettier has aligned its tables. */
export function describeKeys(): string {
  const rows = Object.entries(derived).map(
    ([purpose, { algorithm, use, life }]) => `| \`${purpose}\` | ${algorithm} | ${use} | ${life} |`,
  )
  const rest = others.map((columns) => `| ${columns.join(' | ')} |`)
  return [
    introduction,
    '## Derived from the secret\n',
    '| Purpose | Algorithm | What for | How long it is needed |\n| --- | --- | --- | --- |',
    rows.join('\n'),
    '\n## Others\n',
    '| What | Algorithm | How it is replaced |\n| --- | --- | --- |',
    rest.join('\n'),
    '\nThis page is written by `npm run docs` from `scripts/describe-keys.ts`: change it there.\n',
  ].join('\n')
}
