import { codeLifetime } from '../../../limits/codes.ts'
import { duringJa } from '../../in-words.ts'
import { phoneOnline } from '../../phone-online.ts'

export const email = {
  title: 'メールアドレスの確認',
  steps: {
    begin: {
      title: 'パスキーの登録を始める',
      text: ['ポータルへログインし、「セキュリティ設定」の画面を開きます。'],
      marks: {
        register: '押すと、ご登録のメールアドレスへ認証コードをお送りし、入力の画面に進みます。',
      },
      notes: [
        'すでにパスキーをお持ちのときは、認証コードをお送りする前に、登録済みのパスキーで本人確認をしていただきます。',
      ],
    },
    mail: {
      title: 'メールを開く',
      text: ['ご登録のメールアドレスに、件名「パスキー登録用認証コード」のメールが届きます。'],
      captions: ['メールに書かれた6桁の数字が、認証コードです。'],
    },
    code: {
      title: '認証コードを入力する',
      text: ['メールを開いたまま、もとの画面に戻って入力します。'],
      marks: {
        code: 'メールに書かれた6桁の数字を入力します。',
        submit: '入力したら押します。正しければ、パスキーの登録の画面に進みます。',
        resend:
          'メールが届かないときや、有効期限が過ぎたときに押すと、新しい認証コードをお送りします。',
      },
      notes: [
        `認証コードは、発行から${duringJa(codeLifetime)}有効です。過ぎたときは、新しい認証コードが必要です。`,
      ],
    },
  },
} as const

export const computer = {
  title: 'パソコンへの登録（Windows Hello）',
  steps: {
    computerName: {
      title: '名前を確かめて登録する',
      text: ['パスキーの名前と、保存する端末を決めます。'],
      marks: {
        name: 'お使いの端末から判別した名前が入っています。別の名前にするときは、ここで書き換えてください。登録したあとで、名前を変えることはできません。',
        device: 'このまま選んでおきます。',
        submit: '押すと、ブラウザの画面が開きます。',
      },
    },
    computerSave: {
      title: 'ブラウザの画面で続行する',
      captions: ['保存先が「Windows Hello」であることを確かめ、「続行」を押します。'],
      notes: [
        'パソコンでは、Windows Helloへの保存をおすすめします。セキュリティキーは、推奨環境の対象外です。',
        '「Windows Hello」や「続行」が表示されないときは、パソコンにWindows Helloが設定されていない可能性があります。1章をご覧のうえ、先に設定してください。',
      ],
    },
    computerManager: {
      title: 'パスワードマネージャーの画面が開いたとき',
      text: [
        'Microsoft パスワード マネージャーやGoogle パスワード マネージャーの画面が開いたときは、次のように保存先を変えます。',
      ],
      captions: [
        '「別の方法で保存する」を押します。',
        '「Windows Helloまたは外部セキュリティキー」を選びます。',
        '「続行」を押します。',
      ],
      notes: [
        '「Windows Helloまたは外部セキュリティキー」や「続行」が表示されないときは、パソコンにWindows Helloが設定されていない可能性があります。',
      ],
    },
    computerHello: {
      title: 'Windows Helloで本人確認をする',
      captions: [
        'PINで確認するときは、PINの欄に入力します。顔や指紋など、ほかの方法は「サインインオプション」から選べます。',
      ],
    },
    computerDone: {
      title: '登録の完了',
      marks: { title: 'この画面が開いたら、パスキーの登録は完了です。' },
      notes: ['認証の方法は、まだメール認証のままです。続けて変更するときは、7章をご覧ください。'],
    },
  },
} as const

export const smartphone = {
  title: 'スマートフォンへの登録（パソコンから）',
  steps: {
    phoneName: {
      title: '名前を確かめて登録する',
      text: [
        'パソコンで「パスキー登録」を押し、認証コードを入力すると（2章）、この画面が開きます。',
      ],
      marks: {
        name: 'スマートフォンの名前は分からないため、仮の名前が入っています。機種などに書き換えると、あとで見分けられます。登録したあとで、名前を変えることはできません。',
        device: 'こちらを選びます。',
        submit: '押すと、ブラウザの画面が開きます。',
      },
    },
    phoneSave: {
      title: 'ブラウザの画面でスマートフォンを選ぶ',
      captions: [
        '「変更」を押します。',
        '「iPhone、iPadまたはAndroidデバイス」を選びます。QRコードが表示されます。',
      ],
      notes: ['はじめからQRコードが表示されたときは、4-3へお進みください。', phoneOnline.ja],
    },
    phoneRead: {
      title: 'QRコードを読み取る',
      captions: [
        'スマートフォンでQRコードを読み取り、スマートフォンの案内に沿って保存します。',
        '顔、指紋、PINなど、スマートフォンの画面ロックで本人確認をします。',
      ],
      notes: [
        '読み取りには、スマートフォンに付属のカメラのアプリが適しています。Androidで読み取れないときは、Googleレンズをお試しください。',
        phoneOnline.ja,
      ],
    },
    phoneDone: {
      title: '登録の完了',
      marks: { title: 'この画面が開いたら、パスキーの登録は完了です。' },
    },
  },
} as const
