// What a holder is told by mail, and at which second address.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { withChangeProof } from './change-proof.ts'
import { startCodeForm } from './code-form.ts'
import { act, byId, leave, say } from './form.ts'
import './in-app.ts'
import { sendAddress } from './new-address.ts'
import './session-watch.ts'
import { word } from './words.ts'

const choices = byId<HTMLFormElement>('choices-form')
const addressForm = byId<HTMLFormElement>('address-form')
const address = byId<HTMLInputElement>('email')
const present = byId<HTMLInputElement>('password')

if (choices) {
  act(choices, async () => {
    const everySignIn = new FormData(choices).get('told') === 'every'
    await withChangeProof(() => call('PUT', '/api/notices', { everySignIn, ...password() }))
    if (present) present.value = ''
    say(word('chosen'))
  })
}

if (addressForm && address) {
  act(addressForm, async () => {
    await sendAddress(address, word('addressFormat'), (email) =>
      withChangeProof(() => call('POST', '/api/notices/address', { email, ...password() })),
    )
  })
}

act(byId('remove-address'), async () => {
  await withChangeProof(() => call('DELETE', '/api/notices/address', password()))
  home('removed')
})

startCodeForm({
  verify: '/api/notices/address/verify',
  resend: '/api/notices/address/resend',
  mail: null,
  done: () => home('set'),
  usedElsewhere: ({ code }) => code === 'code_spent',
})

/** The present password, where the page asks for it. */
function password(): { readonly password?: string } {
  return present ? { password: present.value } : {}
}

function home(done: string): void {
  const url = new URL(byId('stage')?.dataset['home'] ?? '/portal/notices', location.origin)
  url.searchParams.set('done', done)
  leave(url.pathname + url.search)
}
