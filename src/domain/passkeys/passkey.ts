/** A passkey as the rules see it. `transports` is kept exactly as the browser told it. */
export interface Passkey {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly aaguid: string
  /** `platform` or `cross-platform`, as the browser told at registration. */
  readonly attachment: string | null
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly createdAt: number
  readonly lastUsedAt: number | null
}
