// An account as its page shows it: what the API answers.
import type { Named } from '../../../operations/desk/look-at-requests.ts'
import type { BrokerCallPurpose } from '../../../domain/vocabulary/calls.ts'
import type { RequestAct, RequestState } from '../../../domain/vocabulary/desk.ts'

interface From {
  readonly browser: string | null
  readonly system: string | null
}

export interface AccountView {
  readonly id: string
  readonly loginId: string
  readonly displayName: string
  readonly email: string
  readonly state: 'open' | 'locked' | 'closed' | 'erased'
  readonly secondFactor: 'email' | 'passkey'
  readonly lock: { readonly since: string; readonly reason: string } | null
  readonly hold: { readonly until: string; readonly reason: string } | null
  /** A call of the broker's that the portal shows. */
  readonly call: { readonly purpose: BrokerCallPurpose; readonly expiresAt: string } | null
  readonly passkeys: readonly PasskeyAtDesk[]
  readonly sessions: readonly (From & {
    readonly id: string
    readonly signedInAt: string
    readonly lastSeenAt: string
  })[]
  readonly signIns: readonly (From & {
    readonly startedAt: string
    readonly expiresAt: string
    readonly address: string | null
    readonly waitsFor: 'email-code' | 'passkey'
    readonly codeTries: number
  })[]
  readonly mails: readonly {
    readonly kind: string
    readonly state: 'waiting' | 'sent' | 'expired' | 'undelivered'
    readonly writtenAt: string
    readonly at: string | null
    readonly reason: string | null
    readonly refused: boolean
  }[]
  readonly requests: readonly {
    readonly id: string
    readonly acts: readonly RequestAct[]
    readonly state: RequestState
    readonly askedAt: string
    readonly takesEffectAt: string | null
    readonly asker: Named
    readonly approver: Named | null
  }[]
  readonly cases: readonly {
    readonly id: string
    readonly state: 'open' | 'closed'
    readonly openedAt: string
    readonly investigator: Named | null
  }[]
  readonly advice: readonly { readonly cause: string; readonly text: string }[]
}

export interface PasskeyAtDesk {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly state: 'live' | 'suspended' | 'removed'
  readonly boundBy: 'email' | 'passkey'
  readonly synced: boolean
  readonly suspendedAt: string | null
  readonly removed: {
    readonly at: string
    readonly by: string | null
    readonly reason: string | null
  } | null
}

/** The time-line's first page. */
export interface EventsView {
  readonly events: readonly EventLine[]
  readonly next: string | null
}

export interface EventLine {
  readonly id: string
  readonly at: string
  readonly event: string
  readonly kind: string
  readonly by: { readonly who: string; readonly name: string | null }
  readonly detail: Readonly<Record<string, unknown>>
  readonly passkeyName: string | null
  readonly address: string | null
  readonly browser: string | null
  readonly system: string | null
}
