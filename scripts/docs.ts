// npm run docs: writes the documents that are made from the code. test/docs.test.ts finds stale ones.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { describeAsvs, readRequirements } from './asvs.ts'
import { describeApi } from './describe-api.ts'
import { describeKeys } from './describe-keys.ts'
import { fillIn, limitsInDocuments } from './describe-limits.ts'
import { describeLogs } from './describe-logs.ts'
import { describeRetention } from './describe-retention.ts'
import { describeSettings } from './describe-settings.ts'

const root = join(import.meta.dirname, '..')

export interface Document {
  /** From the root of the project. */
  readonly path: string
  readonly text: string
}

/** What the documents have to say today that are generated, or have limits in them. */
export async function generatedDocuments(): Promise<readonly Document[]> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const config = 'docs/config.md'
  const options = { ...(await resolveConfig(join(root, config))), filepath: config }
  const requirements = readRequirements(readFileSync(join(root, 'docs/asvs.json'), 'utf8'))
  const filled = Object.entries(limitsInDocuments).map(async ([path, sentences]) => {
    const text = fillIn(readFileSync(join(root, path), 'utf8'), sentences)
    return { path, text: await format(text, { ...options, filepath: path }) }
  })
  return [
    ...(await Promise.all(filled)),
    { path: config, text: await format(describeSettings(), options) },
    { path: 'docs/keys.md', text: await format(describeKeys(), options) },
    { path: 'docs/logs.md', text: await format(describeLogs(root), options) },
    { path: 'docs/retention.md', text: await format(describeRetention(), options) },
    { path: 'docs/asvs.md', text: await format(describeAsvs(requirements), options) },
    { path: 'docs/api.json', text: `${JSON.stringify(describeApi(version), null, 2)}\n` },
  ]
}

if (import.meta.main) {
  for (const { path, text } of await generatedDocuments()) {
    writeFileSync(join(root, path), text)
    console.log(path)
  }
}
