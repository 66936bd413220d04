// Rotation of refresh tokens (RFC 9700, §4.14.2): a chain goes on at one end, or ends as a whole.
import { errors, type AdapterPayload } from 'oidc-provider'
import {
  consumeRecord,
  continueFrom,
  deleteGrant,
  selectConsumption,
  type Consumption,
  type NewOidcRecord,
} from '../../domain/openid/records.ts'
import { refreshGrace } from '../../kernel/limits.ts'
import { hashToken } from '../../kernel/secrets.ts'
import { tokenCaller } from './seams/own-request.ts'
import { provenClient, replacedToken } from './seams/rotated-tokens.ts'
import { TokenAdapter } from './token-adapter.ts'

/**
 * A used refresh token is accepted again for `refreshGrace`, from the same network and with the same key, as
 * long as no token that replaced it has been used. Of several tokens that replaced it, one goes on. Every
 * other second use means that two parties have the token, and ends the grant.
 */
export class RefreshTokenAdapter extends TokenAdapter {
  protected override async store(record: NewOidcRecord, payload: AdapterPayload): Promise<void> {
    const former = replacedToken()
    const parentHash = former === undefined ? null : hashToken(former)
    await super.store({ ...record, parentHash }, payload)
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await super.find(id)
    const caller = tokenCaller()
    if (found?.consumed === undefined || caller === null) return found
    // A client that shows another client's token is refused for that, and ends nothing.
    if (provenClient() !== found.clientId) return found
    const { db, now } = this.deps
    const use = await selectConsumption(db, this.kind, hashToken(id))
    if (use && mayComeAgain(use, caller, now())) {
      const { consumed: _, ...unused } = found
      return unused
    }
    if (use?.grantHash) await deleteGrant(db, use.grantHash)
    return found
  }

  override async consume(id: string): Promise<void> {
    const { db, now } = this.deps
    const idHash = hashToken(id)
    const use = await selectConsumption(db, this.kind, idHash)
    const caller = tokenCaller()
    if (use && (await this.#goesOn(idHash, use))) {
      if (await consumeRecord(db, this.kind, idHash, now(), caller)) return
      const latest = await selectConsumption(db, this.kind, idHash)
      if (latest && mayComeAgain(latest, caller, now())) return
    }
    if (use?.grantHash) await deleteGrant(db, use.grantHash)
    throw new errors.InvalidGrant('used already')
  }

  async #goesOn(idHash: string, { parentHash }: Consumption): Promise<boolean> {
    if (parentHash === null) return true
    const { db } = this.deps
    if (await continueFrom(db, this.kind, parentHash, idHash)) return true
    return (await selectConsumption(db, this.kind, parentHash)) === undefined
  }
}

function mayComeAgain(
  { consumedAt, usedBy, continuedBy }: Consumption,
  caller: string | null,
  now: number,
): boolean {
  const inTime = consumedAt !== null && now - consumedAt < refreshGrace
  return inTime && usedBy === caller && continuedBy === null
}
