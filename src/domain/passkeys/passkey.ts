// What a passkey is: its shape, its columns, and the order in which an account's passkeys stand.

/** What an authenticator made, with what was told of it then. */
export interface Credential {
  readonly credentialId: string
  readonly publicKey: string
  readonly algorithm: number
  readonly counter: number
  /** Kept exactly as the browser told it. */
  readonly transports: readonly string[]
  readonly aaguid: string
  /** `platform` or `cross-platform`, as the browser told at registration. */
  readonly attachment: string | null
  readonly backupEligible: boolean
  readonly backedUp: boolean
}

/** A credential of an account, under the name that it was given once. */
export interface Passkey extends Credential {
  readonly id: string
  readonly accountId: string
  /** Fixed at registration (rule 1): a trigger of migration 0001 refuses every change. */
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/** What a passkey begins with. */
export const neverUsed = { lastUsedAt: null } as const

/** A passkey that is about to be written. */
export type NewPasskey = Omit<Passkey, keyof typeof neverUsed>

type Shown = Pick<Passkey, 'id' | 'createdAt' | 'lastUsedAt'>

/**
 * The order in which passkeys are shown (docs/screens.md, M6): the one used last is on top. Those that
 * were never used come after them, the newest first. Any proof is a use, not a sign-in alone.
 */
export function lastUsedFirst(one: Shown, other: Shown): number {
  const used = (other.lastUsedAt ?? -1) - (one.lastUsedAt ?? -1)
  return used || other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1)
}

/** What `readPasskey` reads. */
export const passkeyColumns = [
  'id',
  'account_id as accountId',
  'name',
  'credential_id as credentialId',
  'public_key as publicKey',
  'algorithm',
  'counter',
  'transports',
  'aaguid',
  'attachment',
  'backup_eligible as backupEligible',
  'backed_up as backedUp',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const

type Packed = 'transports' | 'backupEligible' | 'backedUp'

/** A passkey from its columns. */
export function readPasskey(
  row: Omit<Passkey, Packed> & { transports: string; backupEligible: number; backedUp: number },
): Passkey {
  return {
    ...row,
    transports: JSON.parse(row.transports) as string[],
    backupEligible: row.backupEligible === 1,
    backedUp: row.backedUp === 1,
  }
}

/** The columns of a new passkey; those of `neverUsed` have it for their default. */
export function writePasskey(passkey: NewPasskey) {
  return {
    id: passkey.id,
    account_id: passkey.accountId,
    name: passkey.name,
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    algorithm: passkey.algorithm,
    counter: passkey.counter,
    transports: JSON.stringify(passkey.transports),
    aaguid: passkey.aaguid,
    attachment: passkey.attachment,
    backup_eligible: passkey.backupEligible ? 1 : 0,
    backed_up: passkey.backedUp ? 1 : 0,
    created_at: passkey.createdAt,
  } as const
}
