// The limits of the kernel itself; the others stand in src/limits/. Durations are in milliseconds.
import { seconds } from './clock.ts'

export const mostConnections = 20
/** How long a node looks for a writable database host, and how long a writer waits on SQLite. */
export const connectWithin = 10 * seconds
export const writerWaits = 5 * seconds
/** The writer of SQLite moves pages into the file itself only where the thread that does it was left behind. */
export const mostLogPages = 10_000
/** The shortest time in which a question without password or session is answered, or a password refused. */
export const evenAnswer = 150
