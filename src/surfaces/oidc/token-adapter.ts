import { errors, type AdapterPayload } from 'oidc-provider'
import { hasGrant, upsertUnder, type NewOidcRecord } from '../../domain/openid/records.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { RecordAdapter } from './record-adapter.ts'

/** Rule 33: a code or token lives under the live session of its grant, or is not stored. */
export class TokenAdapter extends RecordAdapter {
  protected override async store(
    record: NewOidcRecord,
    { grantId }: AdapterPayload,
  ): Promise<void> {
    const { db } = this.deps
    const grantHash = hashToken(grantId ?? '')
    if (await upsertUnder(db, record, { grantHash })) return
    // A replay has ended the grant meanwhile, so the client receives a token that is dead already.
    if (!(await hasGrant(db, grantHash))) return
    if (this.kind === 'AuthorizationCode') throw new errors.LoginRequired('the session has ended')
    throw new errors.InvalidGrant('its session has ended')
  }
}
