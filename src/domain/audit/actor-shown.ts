/** Who acted, as the trail says it, taken apart. */
interface ShownActor {
  readonly who: 'holder' | 'guest' | 'application' | 'mail-server' | 'system' | 'operator'
  /** Of an operator; the id only of one who was at the console. */
  readonly name: string | null
  readonly id: string | null
}

const operator = /^operator:(.*?)(?:\/([\w-]{22}))?$/s

/** The actor of an event, from what `actorName` wrote. */
export function readActor(actor: string): ShownActor {
  const [, name, id] = operator.exec(actor) ?? []
  if (name !== undefined) return { who: 'operator', name, id: id ?? null }
  return { who: actor as ShownActor['who'], name: null, id: null }
}
