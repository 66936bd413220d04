/** An account under suspicion: somebody may have taken it over. */
export interface Case {
  readonly id: string
  readonly accountId: string
  readonly openedAt: number
  readonly openedBy: string
  readonly claim: string
  readonly reason: string
  readonly ticket: string
  /** The approver who has taken it; nothing is opened for the account without her. */
  readonly investigatorId: string | null
  readonly closedAt: number | null
  readonly closedBy: string | null
  readonly closedReason: string | null
}
