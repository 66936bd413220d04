// What customers do, one kind at a time, by ever more of them at once.
import type { Bench, Subject, Workload } from '../bench.ts'
import type { LoadOptions, Sample } from '../load.ts'
import { needsTable, watchTrail, type Trail } from '../needs.ts'
import { costTable, type Series, type Table } from '../report.ts'
import { openidRound } from './openid.ts'
import { passkeyRound, signInRound, warmUp } from './steps.ts'

type Round = (subject: Subject, options: LoadOptions) => Promise<Sample>

interface Plan {
  readonly what: string
  readonly round: Round
  readonly clients: readonly number[]
  /** How many are done before the first round. */
  readonly warm: number
}

export const passkey: Workload = {
  says: 'the passkey step: options, answer, session, from an open sign-in; 256 accounts in turn',
  async run(bench) {
    const plan = { what: 'passkey step', round: passkeyRound, clients: [1, 16, 64], warm: 2000 }
    const { series, profiles } = await measure(bench, plan)
    return [costTable('Passkey step', series), ...profiles]
  },
}

export const signIn: Workload = {
  says: 'whole sign-ins: password, then passkey',
  async run(bench) {
    const plan = { what: 'sign-in', round: signInRound, clients: [1, 16], warm: 300 }
    const { series, profiles } = await measure(bench, plan)
    return [costTable('Sign-in: password, passkey', series), ...profiles]
  },
}

export const openid: Workload = {
  says: 'whole OpenID sign-ins: authorize, password, passkey, code, tokens; and what a broker needs',
  async run(bench) {
    const plan = { what: 'OpenID sign-in', round: openidRound, clients: [1, 16], warm: 300 }
    const { series, profiles, trails } = await measure(bench, plan)
    const title = 'OpenID sign-in: authorize, password, passkey, code, tokens'
    return [costTable(title, series), needsTable(series, trails), ...profiles]
  },
}

/** Measures one thing on each database, and what one leaves in the audit trail. */
async function measure(bench: Bench, { what, round, clients, warm }: Plan) {
  const { short, databases, seconds } = bench.options
  const series: Series[] = []
  const profiles: Table[] = []
  const trails = new Map<string, Trail>()
  for (const database of databases) {
    const subjects = await bench.usual(database)
    const [first] = subjects
    const readTrail = first && (await watchTrail(first, short ? 2000 : 20_000))
    await warmUp(bench, subjects, round, warm)
    for (const atOnce of short ? [2] : clients) {
      const candidates = subjects.map((subject) => ({ subject, what, clients: atOnce }))
      series.push(
        ...(await bench.alternate(candidates, ({ subject }) =>
          round(subject, { clients: atOnce, seconds }),
        )),
      )
    }
    const trail = await readTrail?.()
    if (trail) trails.set(database, trail)
    profiles.push(...(await bench.profiles(subjects)))
  }
  return { series, profiles, trails }
}
