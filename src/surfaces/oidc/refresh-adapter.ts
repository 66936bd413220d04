// Rotation of refresh tokens (RFC 9700, §4.14.2): a chain goes on at one end, or ends as a whole.
import type { AdapterPayload } from 'oidc-provider'
import type { Act } from '../../domain/act.ts'
import {
  consumeRecord,
  continueFrom,
  selectConsumption,
  type Consumption,
  type NewOidcRecord,
  type RecordName,
} from '../../domain/openid/records.ts'
import type { Tx } from '../../domain/tables/tables.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { refreshGrace } from '../../limits/openid.ts'
import { ownUnit, tokenCaller } from './seams/own-request.ts'
import { provenClient, replacedToken } from './seams/rotated-tokens.ts'
import { TokenAdapter } from './token-adapter.ts'

/**
 * A used refresh token is accepted again for `refreshGrace`, from the same network and with the same key, as
 * long as no token that replaced it has been used. Of several tokens that replaced it, one goes on. Every
 * other second use means that two parties have the token, and ends the grant.
 */
export class RefreshTokenAdapter extends TokenAdapter {
  protected override store(record: NewOidcRecord, payload: AdapterPayload): void {
    const former = replacedToken()
    const parentHash = former === undefined ? null : hashToken(former)
    super.store({ ...record, parentHash }, payload)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await super.find(id)
    const caller = tokenCaller()
    if (found?.consumed === undefined || caller === null) return found
    // A client that shows another client's token is refused for that, and ends nothing.
    if (provenClient() !== found.clientId) return found
    const record = await ownUnit().find(this.nameOf(id))
    if (record && mayComeAgain(record, caller, this.deps.now())) {
      const { consumed: _, ...unused } = found
      return unused
    }
    if (record?.grantHash) ownUnit().endGrant(record.grantHash)
    return found
  }

  protected override async use({ tx, now }: Act, name: RecordName): Promise<boolean> {
    const caller = tokenCaller()
    const former = await selectConsumption(tx, name)
    if (!former || !(await goesOn(tx, name, former))) return false
    if (await consumeRecord(tx, name, now, caller)) return true
    const latest = await selectConsumption(tx, name)
    return latest !== undefined && mayComeAgain(latest, caller, now)
  }
}

async function goesOn(
  tx: Tx,
  { kind, idHash }: RecordName,
  { parentHash }: Consumption,
): Promise<boolean> {
  if (parentHash === null) return true
  const parent = { kind, idHash: parentHash }
  if (await continueFrom(tx, parent, idHash)) return true
  return (await selectConsumption(tx, parent)) === undefined
}

function mayComeAgain(
  { consumedAt, usedBy, continuedBy }: Consumption,
  caller: string | null,
  now: number,
): boolean {
  const inTime = consumedAt !== null && now - consumedAt < refreshGrace
  return inTime && usedBy === caller && continuedBy === null
}
