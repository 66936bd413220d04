import { pino, type Logger } from 'pino'

/**
 * The log of a process, on its standard output. Lines go out a few at a time, a quarter of a second after
 * their event at the latest. At the end of the process, also by an error that nobody caught, pino writes
 * what is left. A reader that has stopped reading costs lines, not memory without end.
 */
export function openLog(level = 'info'): Logger {
  return pino(
    { level },
    pino.destination({
      sync: false,
      minLength: 4 * 1024,
      maxLength: 16 * 1024 * 1024,
      periodicFlush: 250,
    }),
  )
}
