// Receipts of approvals: the operators' public keys, to be kept elsewhere, and the check that needs nothing else.
import { readFile, writeFile } from 'node:fs/promises'
import {
  readOperatorKeys,
  readReceipt,
  verifyReceipt,
  type Receipt,
  type Verdict,
} from '../../domain/requests/receipt.ts'
import { toIso } from '../../kernel/clock.ts'
import { parseStrictJson } from '../../kernel/strict-json.ts'
import { exportKeys } from '../../operations/operators/export-keys.ts'
import { done, readOptions, Refusal, refused, withDatabase, type Command } from './command.ts'
import { onFile } from './on-file.ts'

export const keys: Command = {
  usage: '--file FILE',
  async run(args, terminal) {
    const { file } = readOptions(args, ['file'])
    return withDatabase(terminal, async (deps) => {
      const list = await exportKeys(deps)
      await onFile(() => writeFile(file, `${JSON.stringify(list, null, 2)}\n`))
      const count = list.operators.reduce((sum, one) => sum + one.keys.length, 0)
      return {
        found: { file, operators: list.operators.length, keys: count },
        words: [
          `${file}: ${count} keys of ${list.operators.length} operators`,
          'keep it where nobody who can write in the database can write',
        ],
      }
    })
  },
}

export const verify: Command = {
  usage: '--file FILE [--keys FILE]',
  async run(args) {
    const options = readOptions(args, ['file'], [], ['keys'])
    const receipt = readReceipt(await readJson(options.file))
    if (!receipt) throw new Refusal('file_refused', `${options.file}: no receipt of an approval`)
    const list = options.keys === undefined ? null : readOperatorKeys(await readJson(options.keys))
    if (options.keys !== undefined && list === null) {
      throw new Refusal('file_refused', `${options.keys}: no list of \`operators keys\``)
    }
    return answered(receipt, verifyReceipt(receipt, list))
  },
}

function answered(receipt: Receipt, result: Verdict) {
  const verdict = inWords(result)
  const signer = result.verdict === 'valid' ? result.signer : null
  const why = result.verdict === 'invalid' ? result.why : null
  const { text, digest } = receipt
  const askedAt = result.verdict === 'invalid' ? null : toIso(result.askedAt)
  return {
    found: { verdict, signer, why, digest, askedAt, text },
    words: [verdict, onOneLine(askedAt === null ? text : `asked to sign at ${askedAt}: ${text}`)],
    // Nobody knows whose an unknown signer's signature is: that is no success.
    status: result.verdict === 'valid' ? done : refused,
  }
}

function inWords(result: Verdict): string {
  if (result.verdict === 'valid') return `signature valid, signer ${onOneLine(result.signer.name)}`
  return result.verdict === 'invalid' ? `invalid: ${result.why}` : 'signature valid, signer unknown'
}

/** What comes from a file makes no line of its own, and turns none. */
function onOneLine(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`,
  )
}

async function readJson(file: string): Promise<unknown> {
  const bytes = await onFile(() => readFile(file))
  try {
    return parseStrictJson(bytes)
  } catch (error) {
    throw new Refusal('file_refused', `${file}: no JSON`, error)
  }
}
