import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What one operator asks and another approves, with the receipt of the approval. */
export const requests: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('requests')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
      .addColumn('operator_id', 'text', (column) => column.references('operators.id'))
      .addColumn('asker_id', 'text', (column) => column.notNull().references('operators.id'))
      .addColumn('names', 'text', (column) => column.notNull())
      .addColumn('acts', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text', (column) => column.notNull())
      .addColumn('checks', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('approver_id', 'text', (column) => column.references('operators.id'))
      .addColumn('decided_at', 'bigint')
      .addColumn('takes_effect_at', 'bigint')
      .addColumn('done_at', 'bigint')
      .addColumn('closed_reason', 'text')
      .addColumn('receipt', 'text')
      .addColumn('asker_half', 'text')
      .execute()
    for (const [name, columns] of [
      ['account', ['account_id', 'asked_at']],
      ['operator', ['operator_id', 'done_at']],
      ['asker', ['asker_id', 'asked_at']],
      ['approver', ['approver_id', 'decided_at']],
      ['state', ['kind', 'state', 'asked_at', 'id']],
      ['kind', ['kind', 'asked_at', 'id']],
      ['done', ['kind', 'done_at']],
    ] satisfies [string, string[]][]) {
      await db.schema.createIndex(`requests_${name}`).on('requests').columns(columns).execute()
    }
    await db.schema
      .createIndex('requests_due')
      .on('requests')
      .column('takes_effect_at')
      .where(sql.ref('takes_effect_at'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('requests_half')
      .on('requests')
      .column('done_at')
      .where(sql.ref('asker_half'), 'is not', null)
      .execute()
  },
}
