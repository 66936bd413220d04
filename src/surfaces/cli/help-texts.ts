import { readConfig } from '../../settings/config.ts'
import { done, readOptions, say, type Command } from './command.ts'

/** The help's words as they are in force, in the form in which a file replaces them. */
export const print: Command = {
  usage: '',
  run(args, env) {
    readOptions(args, [])
    say(JSON.stringify(readConfig(env).helpTexts, null, 2))
    return Promise.resolve(done)
  },
}
