import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'
import { startMailReceiver } from '../../../test/support/world/mail-receiver.ts'
import { openTransport } from './transport.ts'

test('a mail goes out although the library could not be loaded for the one before', async (t) => {
  const receiver = await startMailReceiver()
  t.after(() => receiver.stop())
  const from = { name: 'Broker', address: 'no-reply@example.jp' }
  const transport = openTransport({ smtpUrl: receiver.url, from }, 1)
  t.after(() => transport.close())
  const mail = { id: 'one', to: 'holder@example.jp', subject: 'Code', text: '123456' }
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'nodemailer') throw new Error('too many open files')
      return next(specifier, context)
    },
  })
  await assert.rejects(transport.send(mail, AbortSignal.timeout(10_000)), /too many open files/)
  hooks.deregister()
  await transport.send(mail, AbortSignal.timeout(10_000))
  assert.equal((await receiver.next()).subject, mail.subject)
})
