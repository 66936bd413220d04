import type { AdapterPayload } from 'oidc-provider'
import type { NewOidcRecord } from '../../domain/openid/records.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { RecordAdapter } from './record-adapter.ts'

/** Rule 33: a code or token lives under its grant, and that under a live session, or is not stored. */
export class TokenAdapter extends RecordAdapter {
  protected override store(record: NewOidcRecord, payload: AdapterPayload): void {
    super.store({ ...record, grantHash: hashToken(payload.grantId ?? '') }, payload)
  }
}
