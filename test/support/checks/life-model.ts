// Who may set what by which proof (docs/rules.md, rule 42), once more and as small as it can be: from what
// somebody has who is not the holder to all that they can get with it, in whatever order.

/** How an account stands when the thief begins. */
export const standings = ['e-mail', 'e-mail, with a passkey', 'passkey'] as const
export type Standing = (typeof standings)[number]

/** What a thief may have: a session is of a sign-in some time ago, a fresh one of the last 15 minutes. */
export const holdings = [
  'password',
  'mailbox',
  'passkey',
  'session',
  'fresh session',
  'activation code',
] as const
export type Holding = (typeof holdings)[number]

/** What a thief may do to the account. */
export type Gain =
  | 'signs in'
  | 'sets the password'
  | 'sets the address'
  | 'binds a passkey'
  | 'switches the factor'
  | 'lifts the stop'

/** By which factor the account can be proven, now or after a switch, and whether it has no passkey yet. */
type State = 'by e-mail' | 'by passkey' | 'has no passkey'
type Fact = Holding | Gain | State | 'passkey older than the stop'

const begins: Readonly<Record<Standing, readonly State[]>> = {
  'e-mail': ['by e-mail', 'has no passkey'],
  'e-mail, with a passkey': ['by e-mail'],
  passkey: ['by passkey'],
}

/** The lines of the table: with all of the first, each of the second. */
const lines: readonly (readonly [needs: readonly Fact[], gives: readonly Fact[]])[] = [
  [['by e-mail', 'password', 'mailbox'], ['signs in']],
  [['by passkey', 'password', 'passkey'], ['signs in']],
  [['signs in'], ['fresh session']],
  [['fresh session'], ['session']],

  [
    ['by e-mail', 'session', 'password', 'mailbox'],
    ['sets the password', 'sets the address'],
  ],
  [
    ['by passkey', 'session', 'password', 'passkey'],
    ['sets the password', 'sets the address'],
  ],
  [['by passkey', 'mailbox', 'passkey'], ['sets the password']],
  [['activation code', 'mailbox'], ['sets the password']],

  [['has no passkey', 'fresh session', 'mailbox'], ['binds a passkey']],
  [['session', 'passkey', 'mailbox'], ['binds a passkey']],
  [
    ['session', 'passkey'],
    ['switches the factor', 'by e-mail', 'by passkey'],
  ],
  // What begins when the stop has stood for its day is left to other tests.
  [['by passkey', 'session', 'passkey older than the stop'], ['lifts the stop']],

  [['sets the password'], ['password']],
  [['sets the address'], ['mailbox']],
  [['binds a passkey'], ['passkey']],
]

/** A code that was made before the account went over to the passkey is dead (rule 43). */
export function isDead(holding: Holding, standing: Standing): boolean {
  if (holding === 'activation code') return standing === 'passkey'
  return holding === 'passkey' && standing === 'e-mail'
}

/** All that the table gives to whoever has this. */
export function reachOf(standing: Standing, has: readonly Holding[]): ReadonlySet<Fact> {
  const alive = has.filter((holding) => !isDead(holding, standing))
  const reach = new Set<Fact>([...begins[standing], ...alive])
  // The holder has stopped withdrawals before the thief begins.
  if (reach.has('passkey')) reach.add('passkey older than the stop')
  for (let before = -1; before < reach.size;) {
    before = reach.size
    for (const [needs, gives] of lines) {
      if (needs.every((fact) => reach.has(fact))) for (const fact of gives) reach.add(fact)
    }
  }
  return reach
}

/** Every set of things, the smaller ones first. */
export const allSets: readonly (readonly Holding[])[] = holdings
  .reduce<readonly (readonly Holding[])[]>(
    (sets, one) => [...sets, ...sets.map((set) => [...set, one])],
    [[]],
  )
  .toSorted((one, other) => one.length - other.length)

/** The smallest sets with which the table gives this: with less of each, it does not. */
export function smallestSets(standing: Standing, gain: Gain): readonly (readonly Holding[])[] {
  const enough = allSets.filter(
    (set) => !set.some((one) => isDead(one, standing)) && reachOf(standing, set).has(gain),
  )
  return enough.filter(
    (set) => !enough.some((other) => other !== set && other.every((one) => set.includes(one))),
  )
}
