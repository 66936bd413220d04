// Answers an application's demand; after a proof the server decides where the address leads.
import { call } from '../../frame/web/api.ts'
import './call-check.ts'
import { act, byId, leave, nextStage } from './form.ts'
import './in-app.ts'
import { prove } from './prove.ts'
import './sign-in-again.ts'
import './session-watch.ts'

const form = byId<HTMLFormElement>('step-up-form')
if (form) {
  act(form, async () => {
    await prove('/api/session/passkey', form, { purpose: 'step-up' })
    location.reload()
  })
}

const pending = byId<HTMLFormElement>('pending-form')
act(pending, async () => {
  await call('DELETE', `/api/pending/${encodeURIComponent(pending?.dataset['pending'] ?? '')}`)
  nextStage({ done: 'cancelled' })
})

const question = byId<HTMLFormElement>('question-form')
act(question, async () => {
  const { question: asked, session } = question?.dataset ?? {}
  const body = { question: asked, session }
  const { continueTo } = await call<{ continueTo: string }>('POST', location.pathname, body)
  leave(continueTo)
})
