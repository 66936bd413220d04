// A passkey: its shape, its columns, those of every credential, and the order in which an account's passkeys are shown.

/** A credential as registered, with the traits that the browser reported. */
export interface Credential {
  readonly credentialId: string
  readonly publicKey: string
  readonly algorithm: number
  readonly counter: number
  /** Stored exactly as the browser reported it. */
  readonly transports: readonly string[]
  readonly aaguid: string
  /** `platform` or `cross-platform`, as the browser reported at registration. */
  readonly attachment: string | null
  readonly backupEligible: boolean
  readonly backedUp: boolean
}

/** A credential of an account, under the name given at registration. */
export interface Passkey extends Credential {
  readonly id: string
  readonly accountId: string
  /** Fixed at registration (rule 1): a trigger of migration 0001 refuses every change. */
  readonly name: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
  /** Since when support has it suspended (rule 40); null for one that may be used. */
  readonly suspendedAt: number | null
}

/** Whether it may be used: every sign-in and proof, and every list to choose from, leaves out the others. */
export function isLive({ suspendedAt }: Pick<Passkey, 'suspendedAt'>): boolean {
  return suspendedAt === null
}

type Shown = Pick<Passkey, 'id' | 'createdAt' | 'lastUsedAt'>

/**
 * The order in which passkeys are shown (docs/screens.md, M6): the last used on top, then the never used
 * ones, the newest first. Every proof counts as a use, not only a sign-in.
 */
export function lastUsedFirst(one: Shown, other: Shown): number {
  const used = (other.lastUsedAt ?? -1) - (one.lastUsedAt ?? -1)
  return used || other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1)
}

/** The columns of a credential, in the tables of customers' passkeys and of operators', for `readCredential`. */
export const credentialColumns = [
  'credential_id as credentialId',
  'public_key as publicKey',
  'algorithm',
  'counter',
  'transports',
  'aaguid',
  'backup_eligible as backupEligible',
  'backed_up as backedUp',
] as const

/** The columns of a passkey. */
export const passkeyColumns = [
  'id',
  'account_id as accountId',
  'name',
  ...credentialColumns,
  'attachment',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
  'suspended_at as suspendedAt',
] as const

interface Packed {
  readonly transports: string
  readonly backupEligible: number
  readonly backedUp: number
}

/** What a row has of a passkey, with its credential as it is: transports and flags are stored as texts and numbers. */
export function readCredential<R extends Packed>(
  row: R,
): Omit<R, keyof Packed> & Pick<Credential, keyof Packed> {
  return {
    ...row,
    transports: JSON.parse(row.transports) as string[],
    backupEligible: row.backupEligible === 1,
    backedUp: row.backedUp === 1,
  }
}

/** The columns of a new credential. */
export function writeCredential(passkey: Omit<Credential, 'attachment'>) {
  return {
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    algorithm: passkey.algorithm,
    counter: passkey.counter,
    transports: JSON.stringify(passkey.transports),
    aaguid: passkey.aaguid,
    backup_eligible: passkey.backupEligible ? 1 : 0,
    backed_up: passkey.backedUp ? 1 : 0,
  } as const
}

/** The columns of a new passkey. */
export function writePasskey(passkey: Passkey) {
  return {
    id: passkey.id,
    account_id: passkey.accountId,
    name: passkey.name,
    ...writeCredential(passkey),
    attachment: passkey.attachment,
    created_at: passkey.createdAt,
    last_used_at: passkey.lastUsedAt,
    suspended_at: passkey.suspendedAt,
  }
}
