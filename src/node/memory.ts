// A start makes garbage as nothing does after it, and the young generation that V8 grows for it stays large.
import { setFlagsFromString } from 'node:v8'

/** Keeps the young generation as small as it is, until `letMemoryGrow`. */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** From here on it grows with the work, by V8's own factor. */
export function letMemoryGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
