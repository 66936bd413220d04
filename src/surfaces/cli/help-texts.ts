import { readConfig } from '../../settings/config.ts'
import { done, readOptions, type Command } from './command.ts'

/** Prints the help's texts in force, in the form of the file that replaces them. */
export const print: Command = {
  usage: '',
  run(args, { env, say }) {
    readOptions(args, [])
    say(JSON.stringify(readConfig(env).helpTexts, null, 2))
    return Promise.resolve(done)
  },
}
