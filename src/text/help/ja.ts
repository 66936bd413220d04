// The help in Japanese. {hold} is how long withdrawals are held, {brand} the broker's name.
import type { HelpTexts } from './help-texts.ts'
import { card } from './ja/card.ts'
import { devices } from './ja/devices.ts'
import { lost } from './ja/lost.ts'
import { questions } from './ja/questions.ts'

export const ja: HelpTexts = {
  title: 'ヘルプ',
  lead: 'ログインとパスキーについて、お困りのときにご覧ください。',
  contents: 'このページの内容',
  toContents: '一覧へ戻る',
  questionsTitle: 'よくある質問',
  groups: {
    gone: '端末がないとき、替えるとき',
    registering: 'パスキーを登録するとき',
    signingIn: 'ログインするとき',
    account: 'パスワード、メールアドレス、不正なログイン',
  },
  errors: {
    title: 'エラーコード',
    lead: '画面に表示された「エラーコード」から、考えられる原因と、次にしていただくことをお調べいただけます。',
  },

  questions,
  devices,
  lost,
  card,
}
