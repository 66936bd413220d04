// Lengths of time in milliseconds, so that a rule reads as it is written: `10 * minutes`.

export const seconds = 1000
export const minutes = 60 * seconds
export const hours = 60 * minutes
export const days = 24 * hours

/** The time in milliseconds since 1970 UTC. Always passed as an argument, so that tests can move it. */
export type Clock = () => number

/** The first whole minute from which on it is so: texts have no seconds, and who comes in the minute named is let in. */
export function minuteFrom(time: number): number {
  return Math.ceil(time / minutes) * minutes
}

/** The moment as the API writes it: ISO 8601 in UTC. Null stays null. */
export function toIso(time: number): string
export function toIso(time: number | null): string | null
export function toIso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
