import { readConfig } from '../../settings/config.ts'
import { readOptions, type Command } from './command.ts'

/** Prints the help's texts in force, in the form of the file that replaces them. */
export const print: Command = {
  usage: '',
  run(args, { env }) {
    readOptions(args, [])
    const found = readConfig(env).helpTexts
    return Promise.resolve({ found, words: [JSON.stringify(found, null, 2)] })
  },
}
