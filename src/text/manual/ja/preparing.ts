import { facts } from '../../environments.ts'

export const start = {
  title: 'はじめに',
  steps: {
    doors: {
      title: '2つの入り口',
      text: [
        '取引アプリケーションからログインすると、取引画面が開きます。ポータルへログインすると、「セキュリティ設定」の画面が開き、パスキーの登録と、認証の方法の変更ができます。',
        'どちらの入り口でも、ログインIDとパスワードを入力し、続けてもう1つの認証（多要素認証）を行います。はじめは、メールで届く認証コードによる「メール認証」です。ポータルで変更すると、パスキーによる「パスキー認証」になります。',
      ],
    },
    overview: {
      title: 'パスキー認証を始めるまで',
      text: [
        'パスキーは、顔、指紋、PINなど、端末の画面ロックを使う認証の方法です。偽のサイトでは使えないため、認証コードよりも安全です。端末を準備し（1章）、メールアドレスを確認し（2章）、端末にパスキーを登録し（3章または4章）、認証の方法を変更します（7章）。',
      ],
    },
  },
} as const

export const device = {
  title: '端末の準備',
  steps: {
    windows: {
      title: 'パソコン（Windows）',
      text: [
        `パソコンでは、Windows Helloを使います。${facts.system.windows.says.ja}顔、指紋、PINのいずれかを、先にWindowsの設定で登録してください。`,
      ],
      captions: ['Windowsの設定。お使いになる方法を登録しておきます。'],
      notes: ['顔での認証には、赤外線カメラが必要です。'],
    },
    phone: {
      title: 'スマートフォン',
      text: [
        'Bluetoothをオンにし、画面ロック（顔や指紋などの生体認証、PIN、パターン）を設定してください。',
        facts.system.iphone.says.ja,
        facts.system.android.says.ja,
      ],
      captions: ['スマートフォンの設定。Bluetoothと画面ロックをオンにします。'],
      notes: ['設定の方法は、端末のメーカーの公式サポートページでご確認ください。'],
    },
  },
} as const
