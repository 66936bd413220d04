import { idleLifetime, longestLifetime } from '../../limits/sessions.ts'
import { duringJa, inWords } from '../in-words.ts'

/** How a session ended, for its own browser. None of them says what a thief of the browser cannot know. */
export const sessionEnds = {
  run_out: `前回のログインは、${duringJa(idleLifetime)}操作がなかったか、ログインから${inWords(longestLifetime, 'ja')}が過ぎたため、終了しました。続けてご利用になるには、もう一度ログインしてください。`,
  signed_out: 'ログアウトしました。',
  elsewhere:
    '別の端末またはブラウザからの操作で、このブラウザのログインを終了しました。続けてご利用になるには、もう一度ログインしてください。お心当たりがないときは、カスタマーサポートへご連絡ください。',
  replaced:
    '新しくログインしたため、前のログインを終了しました。続けてご利用になるには、もう一度ログインしてください。',
  settings:
    'セキュリティ設定の変更にともない、このブラウザのログインを終了しました。もう一度ログインしてください。お心当たりがないときは、カスタマーサポートへご連絡ください。',
  stopped:
    '「緊急停止」の操作により、口座へのログインを止めました。再開するには、カスタマーサポートへご連絡ください。',
  support:
    '安全のための手続きにより、このブラウザのログインを終了しました。もう一度ログインしてください。ログインできないときや、お心当たりがないときは、カスタマーサポートへご連絡ください。',
} as const

/** Around the end of a session; the sentences that the script chooses are with the browser's. */
export const sessionWatch = {
  title: 'まもなく自動でログアウトします',
  goOn: 'ログインを続ける',
  dismiss: '閉じる',
  overTitle: 'ログアウトしました',
  overNote: '安全のため、表示していた内容を画面から消しました。',
  signIn: 'ログインする',
} as const
