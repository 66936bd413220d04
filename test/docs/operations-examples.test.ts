// The files of examples/operations name what there is: metrics with their labels, settings, commands of tools.
// Where a tool is installed that reads such a file, it does.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { auditEvents } from '../../src/domain/audit/events.ts'
import { settings } from '../../src/settings/settings.ts'
import { givePassword, registerFirstPasskey } from '../support/world/journeys.ts'
import { databases } from '../support/world/postgres.ts'
import { World } from '../support/world/world.ts'

const folder = new URL('../../examples/operations', import.meta.url).pathname
const read = (name: string) => readFile(join(folder, name), 'utf8')

/** Labels and their values, by the names of the metrics. */
type Metrics = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

function metricsIn(text: string): Metrics {
  const metrics = new Map<string, Map<string, Set<string>>>()
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? /gm)) {
    const known = metrics.get(name) ?? new Map<string, Set<string>>()
    metrics.set(name, known)
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value))
    }
  }
  return metrics
}

/** Prometheus adds these. */
const added = new Set(['instance', 'job'])

/** What a text with expressions names that no node has. */
function unknownIn(text: string, metrics: Metrics): string[] {
  const named = [...text.matchAll(/\b((?:sekisho|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)]
  const grouped = [...text.matchAll(/\bby \(([^)]*)\)|\$labels\.(\w+)|\{\{(\w+)\}\}/g)]
  const labels = new Set([...metrics.values()].flatMap((known) => [...known.keys()]))
  return [
    ...named.flatMap(([, name = '', matchers = '']) => {
      const known = metrics.get(name)
      if (!known) return [`${name} is no metric`]
      return [...matchers.matchAll(/(\w+)!?=~?"([^"]*)"/g)].flatMap(([, label = '', values = '']) =>
        values
          .split('|')
          .filter((value) => !mayBe(known, label, value))
          .map((value) => `${name} has no ${label}="${value}"`),
      )
    }),
    ...grouped
      .flatMap(([, list, ...one]) => list?.split(/, */) ?? one)
      .filter((label) => label && !labels.has(label) && !added.has(label))
      .map((label) => `nothing has the label ${label}`),
  ]
}

function mayBe(known: ReadonlyMap<string, ReadonlySet<string>>, label: string, value: string) {
  const seen = known.get(label)
  // Of these more come up than a short run sees.
  const isPossible = label === 'event' ? value in auditEvents : label === 'status'
  return seen !== undefined && (seen.has(value) || (isPossible && /^(\d{3}|[a-z_]+)$/.test(value)))
}

/** Runs a tool in the folder; the test fails when the tool is not content. */
function runTool(tool: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' })
  assert.equal(status, 0, `${stdout}\n${stderr}`)
}

async function placeFor(t: TestContext): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'sekisho-examples-'))
  t.after(() => rm(place, { recursive: true, force: true }))
  return place
}

const without = (tool: string) => {
  const { error } = spawnSync(tool, ['--version'])
  return error !== undefined && `${tool} is not installed`
}

describe('alerts and board', () => {
  test('name metrics, labels and values that a node has', async (t) => {
    // The clock is compared with PostgreSQL's alone.
    const [, postgres] = databases
    assert.ok(postgres)
    const world = await World.start(postgres, { env: { SEKISHO_OPERATIONS_PORT: '0' } })
    t.after(() => world.stop())
    const account = await world.addAccount()
    const client = await world.signIn(account)
    await registerFirstPasskey(world, client, account, world.authenticator())
    const wrong = { ...account, password: 'not the right one' }
    for (let times = 0; times < 8; times += 1) await givePassword(world.client(), wrong)
    const why = ['--login-id', account.loginId, '--reason', 'why']
    await world.command(['accounts', 'lock', ...why])
    await givePassword(world.client(), account)
    const port = world.nodes[0]?.operationsPort
    const metrics = metricsIn(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())

    for (const broken of [
      'sum(rate(sekisho_sign_in_total[5m]))',
      'sekisho_check_ok{chek="database"}',
      'sekisho_sign_ins_total{outcome=~"success|wrong"}',
      'sekisho_audit_events_total{event="authn_nothing"}',
      'sum by (nothing) (process_cpu_seconds_total)',
    ]) {
      assert.equal(unknownIn(broken, metrics).length, 1, broken)
    }
    const board = JSON.parse(await read('dashboard.json')) as {
      panels: { title: string; targets: { expr: string; legendFormat: string }[] }[]
    }
    const targets = board.panels.flatMap((panel) => panel.targets)
    const expressions = targets.map(({ expr, legendFormat }) => `${expr} # ${legendFormat}`)
    assert.ok(expressions.length > 10)
    for (const text of [await read('alerts.yml'), ...expressions]) {
      assert.deepEqual(unknownIn(text, metrics), [])
    }
    for (const [rule] of (await read('alerts.yml')).matchAll(/- alert: [^]*?(?=\n\n|$)/g)) {
      assert.match(rule, /\n +# .*\n(?: +# .*\n)* +expr: /, 'each threshold has its reason')
      assert.match(rule, /\b(up\{|sekisho_|nodejs_)/)
    }
  })

  test('are rules that promtool takes', { skip: without('promtool') }, () => {
    runTool('promtool', 'check', 'rules', 'alerts.yml')
  })

  test('say what their examples say', { skip: without('promtool') }, () => {
    runTool('promtool', 'test', 'rules', 'alerts.test.yml')
  })
})

describe('unit and containers', () => {
  test('name settings that there are', async () => {
    const names = settings.flatMap(({ name }) => [name, `${name}_FILE`])
    for (const file of ['sekisho.service', 'compose.yaml', 'Containerfile']) {
      const named = (await read(file)).match(/SEKISHO_[A-Z_]+/g) ?? []
      assert.deepEqual(
        named.filter((one) => !names.includes(one)),
        [],
        file,
      )
    }
  })

  test('give a node that stops the ten seconds that it needs', async () => {
    const unit = await read('sekisho.service')
    assert.match(unit, /^KillMode=mixed\nKillSignal=SIGTERM$/m)
    assert.ok(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) > 10)
    assert.ok(Number(/stop_grace_period: (\d+)s/.exec(await read('compose.yaml'))?.[1]) > 10)
    assert.match(await read('Containerfile'), /^STOPSIGNAL SIGTERM$/m)
  })

  test('are a unit that systemd takes', { skip: without('systemd-analyze') }, async (t) => {
    const unit = join(await placeFor(t), 'sekisho.service')
    // It looks for the program too.
    const text = (await read('sekisho.service')).replace('/usr/bin/node', process.execPath)
    await writeFile(unit, text)
    runTool('systemd-analyze', 'verify', unit)
    runTool('systemd-analyze', 'security', '--offline=true', '--threshold=20', unit)
  })

  test('have a proxy whose configuration Caddy takes', { skip: without('caddy') }, async (t) => {
    const [, indented = ''] = /content: \|\n((?: {6}.*\n)+)/.exec(await read('compose.yaml')) ?? []
    const proxy = join(folder, 'Caddyfile')
    const local = indented.replace(/^ {6}/gm, '').replace('/etc/caddy/sekisho', proxy)
    assert.match(local, new RegExp(`^import ${proxy}$`, 'm'))
    const file = join(await placeFor(t), 'Caddyfile')
    await writeFile(file, local)
    runTool('caddy', 'validate', '--config', file)
  })
})
