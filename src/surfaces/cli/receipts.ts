// Receipts of approvals: the operators' public keys, to be kept elsewhere, and the check that needs nothing else.
import { readFile, writeFile } from 'node:fs/promises'
import {
  readOperatorKeys,
  readReceipt,
  verifyReceipt,
  type Receipt,
  type Verdict,
} from '../../domain/requests/receipt.ts'
import { exportKeys } from '../../operations/desk/export-keys.ts'
import { done, readOptions, Refusal, refused, withDatabase, type Command } from './command.ts'

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
  const { text, digest, time: signedAt } = receipt
  return {
    found: { verdict, signer, why, digest, signedAt, text },
    words: [verdict, `signed at ${signedAt}: ${text}`],
    // Nobody knows whose an unknown signer's signature is: that is no success.
    status: result.verdict === 'valid' ? done : refused,
  }
}

function inWords(result: Verdict): string {
  if (result.verdict === 'valid') return `signature valid, signer ${result.signer.name}`
  return result.verdict === 'invalid' ? `invalid: ${result.why}` : 'signature valid, signer unknown'
}

async function readJson(file: string): Promise<unknown> {
  const text = await onFile(() => readFile(file, 'utf8'))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal('file_refused', `${file}: no JSON`, error)
  }
}

/** Says in one line why a file cannot be read or written. */
async function onFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new Refusal('file_refused', error.message, error)
  }
}
