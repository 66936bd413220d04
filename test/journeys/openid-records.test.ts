// Which client a record is about stands in a column, which is set at every write and indexed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery, DeleteQueryNode, sql, type KyselyPlugin } from 'kysely'
import { findClient } from '../../src/domain/clients/store.ts'
import { deleteGrants, deleteRecordsOf } from '../../src/domain/openid/records.ts'
import { oidcClients } from '../../src/domain/tables/migrations/0013-oidc-clients.ts'
import { newId } from '../../src/kernel/secrets.ts'
import { removeClient } from '../../src/operations/openid/clients.ts'
import { onEachDatabase } from '../support/world/frames.ts'
import { signedIn, tokensOf } from '../support/world/openid.ts'
import {
  authorizationRequest,
  follow,
  operator,
  register,
  newDPoP,
} from '../support/world/relying-party.ts'
import { asOwner } from '../support/world/roles.ts'

onEachDatabase('records of clients', { reachable: true }, (world, database) => {
  const records = () =>
    world.deps.db
      .selectFrom('oidc_records')
      .select(['kind', 'id_hash', 'client_id', 'payload'])
      .orderBy('kind')
      .orderBy('id_hash')
      .execute()

  test('a removal takes everything of the client, also what is older than the column', async () => {
    const { db } = world.deps
    const [going, staying] = [await register(world, 'native'), await register(world)]
    const { client } = await signedIn(world)
    for (const desk of [going, staying]) {
      const DPoP = await newDPoP(desk)
      await tokensOf(desk, client, {}, { DPoP })
      await follow(world.client(), (await authorizationRequest(desk)).address)
    }
    // A value of a request may be NUL, or look like a member that names another client.
    const params = { client_id: going.clientId, state: '\0"', nonce: `"clientId":"x"` }
    const payload = JSON.stringify({ params, uid: '#' }).replace('#', '\u0001')
    const ids = { id_hash: newId(), client_id: going.clientId }
    await db
      .insertInto('oidc_records')
      .values({ kind: 'Interaction', ...ids, payload, expires_at: Date.now() + 60_000 })
      .execute()
    const written = await records()
    const kindsOf = (clientId: string | null) =>
      new Set(written.filter((row) => row.client_id === clientId).map(({ kind }) => kind))
    const made = ['AccessToken', 'AuthorizationCode', 'Grant', 'Interaction', 'RefreshToken']
    const kinds = [...made, 'SignedInClient']
    assert.deepEqual(kindsOf(going.clientId), new Set([...kinds, 'Pressed']))
    assert.deepEqual(kindsOf(staying.clientId), new Set(kinds))
    assert.deepEqual(kindsOf(null), new Set(['ReplayDetection', 'Session']))

    // As it was before the migration.
    await asOwner(world, async ({ schema }) => {
      await schema.dropIndex('oidc_records_client_id').execute()
      await schema.alterTable('oidc_records').dropColumn('client_id').execute()
    })
    await asOwner(world, (owner) => oidcClients.up(owner))
    assert.deepEqual(await records(), written)

    const found = await findClient(db, going.clientId)
    assert.ok(found && (await removeClient(world.deps, found, operator)))
    assert.deepEqual(
      await records(),
      written.filter((row) => row.client_id !== going.clientId),
    )
  })

  test('what a client has is found by an index, however much others have', async () => {
    const { db } = world.deps
    const clients = Array.from({ length: 100 }, () => newId())
    const rows = Array.from({ length: 4000 }, (_, count) => ({
      ...{ kind: count % 3 === 0 ? 'Pressed' : 'SignedInClient', id_hash: newId() },
      client_id: clients[count % 100] ?? null,
      ...{ payload: '{}', session_id: newId(), expires_at: Date.now() + 60_000 },
    }))
    while (rows.length > 0) {
      await db.insertInto('oidc_records').values(rows.splice(0, 500)).execute()
    }
    const isPostgres = database.name === 'postgres'
    if (isPostgres) await asOwner(world, (owner) => sql`analyze oidc_records`.execute(owner))
    const statements: CompiledQuery[] = []
    const listen: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        if (DeleteQueryNode.is(node)) {
          statements.push(db.getExecutor().compileQuery(node, queryId))
        }
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }
    const [clientId = ''] = clients
    await db
      .withPlugin(listen)
      .transaction()
      .execute(async (tx) => {
        await deleteGrants(tx, clientId, newId())
        await deleteGrants(tx, clientId)
        await deleteRecordsOf(tx, clientId)
      })
    assert.equal(statements.length, 3)
    for (const statement of statements) {
      const explain = isPostgres ? 'explain' : 'explain query plan'
      const plan = CompiledQuery.raw(`${explain} ${statement.sql}`, [...statement.parameters])
      const lines = JSON.stringify((await db.executeQuery(plan)).rows)
      assert.match(lines, /oidc_records_(?:client|session)_id/)
      assert.doesNotMatch(lines, /seq scan on oidc_records|scan oidc_records/i)
    }
  })
})
