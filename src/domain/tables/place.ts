/** A place in a list that goes on from the latest to the first: before the row with this time and id. */
export interface Place {
  readonly at: number
  readonly id: string
}

/** Before everything: where the first page begins. */
export const fromTheEnd: Place = { at: Number.MAX_SAFE_INTEGER, id: '' }
