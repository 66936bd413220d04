// The activation codes that wait for a letter, for whoever prints and posts it.
import { open } from 'node:fs/promises'
import { exportLetters, type Letter } from '../../operations/support/export-letters.ts'
import { readFlags, systemUser, withDatabase, type Command } from './command.ts'
import { onFile } from './on-file.ts'

export const exportCodes: Command = {
  usage: '[--csv] [--file FILE] [--reason TEXT]',
  async run(args, terminal) {
    const { csv, file, reason } = readFlags(args, ['csv'], ['file', 'reason'])
    const operator = { name: systemUser(), ...(reason === undefined ? {} : { reason }) }
    const take = () => withDatabase(terminal, (deps) => exportLetters(deps, operator))
    const written = (letters: readonly Letter[]) => (csv ? csvOf(letters) : jsonOf(letters))
    if (file === undefined) {
      const letters = await take()
      return { found: { letters }, words: written(letters) }
    }
    // A file that cannot be written is refused before a code is taken, which is there only once.
    const handle = await onFile(() => open(file, 'wx', 0o600))
    try {
      const letters = await take()
      await onFile(() =>
        handle.writeFile(
          written(letters)
            .map((line) => `${line}\n`)
            .join(''),
        ),
      )
      await onFile(() => handle.sync())
      const count = letters.length
      return { found: { file, letters: count }, words: [`${file}: ${count} letters`] }
    } finally {
      await handle.close()
    }
  },
}

function jsonOf(letters: readonly Letter[]): readonly string[] {
  return letters.map((letter) => JSON.stringify(letter))
}

const columns = ['loginId', 'displayName', 'activationCode', 'expiresAt'] as const

/** By RFC 4180, every field in quotes. */
function csvOf(letters: readonly Letter[]): readonly string[] {
  const rows = letters.map((letter) => columns.map((column) => letter[column]))
  return [[...columns], ...rows].map((row) =>
    row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','),
  )
}
