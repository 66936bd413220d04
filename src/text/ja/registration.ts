import { codeLifetime } from '../../limits/codes.ts'
import { freshSignIn, longestPasskeyName } from '../../limits/passkeys.ts'
import { facts } from '../environments.ts'
import { duringJa, inWords } from '../in-words.ts'
import { phoneOnline } from '../phone-online.ts'

export const newPasskey = {
  title: 'パスキーの登録',
  checksTitle: 'お使いの環境',
  checksHelp: '端末の準備の方法',
  helloReady: 'Windows Helloが設定されています。',
  lockReady: '画面ロック（顔、指紋、PINなど）で認証できます。',
  notReady: '準備が必要です。',
  openSettings: 'Windowsの設定を開く',
  stepsLabel: '登録の流れ',
  steps: { prove: '本人確認', code: 'メールの確認', name: '端末への登録', done: '完了' },
  again: {
    lead: '安全のため、もう一度ログインしていただきます。',
    text: `最初のパスキーの登録には、${inWords(freshSignIn, 'ja')}以内のログインが必要です。誤った認証コードが続いたときも、ログインし直していただきます。ログインのあと、この画面に戻ります。`,
    submit: 'ログインし直す',
  },
  prove: {
    lead: '新しいパスキーを追加する前に、登録済みのパスキーで本人確認をします。',
    text: '使うパスキーを選び、「認証する」を押してください。ブラウザの認証画面が開きます。確認が済むと、登録のメールアドレスへ認証コードを送ります。',
    legend: '本人確認に使うパスキー',
    submit: '認証する',
  },
  code: {
    lead: '登録のメールアドレスを確認します。',
    ask: '「認証コードを送る」を押すと、登録のメールアドレスへ6桁の認証コードを送ります。',
    send: '認証コードを送る',
    sent: (to: string) => `認証コードの送り先：${to}`,
    enter: `件名「パスキー登録用認証コード」のメールに書かれた6桁の数字を入力してください。認証コードは発行から${duringJa(codeLifetime)}有効です。過ぎたときは、新しい認証コードが必要です。`,
  },
  name: {
    lead: 'パスキーの名前と保存する端末を決めて、「登録」を押してください。',
    name: 'パスキー名',
    detected: 'お使いの端末から判別した名前を入力してあります。',
    ofPhone:
      'スマートフォンの名前は分かりません。あとで見分けられるよう、機種などに書き換えることをおすすめします。',
    fixed: '登録したあとで、名前を変えることはできません。',
    limit: `${longestPasskeyName}文字まで。ほかのパスキーと同じ名前は使えません。`,
    device: '保存する端末',
    thisComputer: 'このパソコン',
    thisComputerHint: '顔、指紋、PINなど、このパソコンの画面ロックで認証します。',
    phone: 'スマートフォン',
    phoneHint: `QRコードを読み取り、お手元のスマートフォンに保存します。${phoneOnline.ja}`,
    thisPhone: 'このスマートフォン',
    thisPhoneHint: '顔、指紋、PINなど、このスマートフォンの画面ロックで認証します。',
    submit: '登録',
    untilAgain: '認証コードの確認からやり直す',
    holdBy: '最初のパスキーを登録します。',
  },
  help: {
    title: '登録の進め方',
    computer: {
      ready: `Windows Helloを使います。${facts.system.windows.says.ja}顔、指紋、PINのいずれかを、先にWindowsの設定で登録してください。顔での認証には、赤外線カメラが必要です。`,
      steps: [
        'ブラウザの画面が開きます。保存先が「Windows Hello」であることを確かめ、「続行」を押します。',
        'Windows Helloで本人確認をします。PINのほかの方法は「サインインオプション」から選べます。',
      ],
      manager: {
        title: 'パスワードマネージャーの画面が開いたとき',
        steps: [
          '「別の方法で保存する」を押します。',
          '「Windows Helloまたは外部セキュリティキー」を選びます。',
          '「続行」を押し、Windows Helloで本人確認をします。',
        ],
      },
      trouble:
        'その選択肢や「続行」が表示されないときは、Windows Helloが設定されていない可能性があります。',
      advice:
        'パソコンでは、Windows Helloへの保存をおすすめします。セキュリティキーは推奨環境の対象外です。',
    },
    otherComputer: {
      ready:
        'このパソコンの画面ロック（Touch ID、パスワード、PINなど）を使います。先に、パソコンの設定で登録してください。',
      steps: [
        'パスキーを保存する画面が開きます。保存先を確かめ、「続行」を押します。',
        '指紋、パスワード、PINなどで本人確認をします。',
      ],
      advice: 'セキュリティキーは推奨環境の対象外です。',
    },
    phone: {
      ready: `スマートフォンのBluetoothをオンにし、画面ロック（生体認証、PIN、パターンなど）を設定してください。${phoneOnline.ja}`,
      steps: [
        'ブラウザの画面で「変更」を押します。QRコードがすぐに表示されたときは、3へお進みください。',
        '「iPhone、iPadまたはAndroidデバイス」を選びます。',
        '表示されたQRコードをスマートフォンで読み取り、画面の案内に沿って保存します。',
      ],
      trouble:
        '読み取りには、スマートフォンに付属のカメラのアプリが適しています。Androidで読み取れないときは、Googleレンズをお試しください。',
    },
    thisPhone: {
      ready:
        '画面ロック（生体認証、PIN、パターンなど）を設定してください。設定の方法は、端末のメーカーの公式サイトでご確認いただけます。',
      steps: [
        '「登録」を押すと、パスキーを保存する画面が開きます。',
        '画面の案内に沿って、顔、指紋、PINなどで本人確認をします。',
      ],
    },
  },
  done: {
    title: 'パスキーの登録が完了しました',
    text: '次回から、このパスキーで認証できます。',
    name: 'パスキー名',
    place: '保存先',
    kept: {
      'this-device': 'この端末の中だけに保存しました。',
      synced: 'このパスワードマネージャーにログインした端末の間で同期されます。',
      phone: 'スマートフォンに保存しました。',
      'security-key': 'セキュリティキーに保存しました。',
      unknown: '端末やブラウザからは、保存先が分かりませんでした。',
    },
    notes: {
      managerInstead:
        'パスワードマネージャーに保存されました。このまま使えますが、パソコンではWindows Helloへの保存をおすすめしています。Windows Helloにも、もう1つ登録できます。',
      phoneInstead:
        '選ばれたのは「このパソコン」ですが、スマートフォンに保存されました。このまま使えます。このパソコンにも、もう1つ登録できます。',
      otherPhoneInstead:
        '選ばれたのは「このスマートフォン」ですが、別のスマートフォンに保存されました。このまま使えます。このスマートフォンにも、もう1つ登録できます。',
      computerInstead:
        '選ばれたのは「スマートフォン」ですが、このパソコンに保存されました。このまま使えます。スマートフォンにも、もう1つ登録できます。',
      securityKey:
        'セキュリティキーに保存されました。このまま使えますが、推奨環境の対象外です。パソコンの本体やスマートフォンにも登録しておくことをおすすめします。',
      onlyDevice:
        'このパスキーは、保存した端末がなければ使えません。故障や紛失に備えて、別の端末でも登録しておくことをおすすめします。',
    },
    another: 'もう1つ登録する',
    offerTitle: 'ログインをパスキー認証に変更しますか',
    offer:
      '現在のログインは、メール認証です。パスキー認証に変更すると、メールの認証コードを待たずにログインできます。',
    offerLink: 'パスキー認証に変更する手続きへ',
  },
} as const

export const drawings = {
  saveTitle: 'パスキーを保存',
  savedIn: 'Windows Hello',
  cancel: 'キャンセル',
  next: '続行',
  change: '変更',
  helloTitle: 'Windows セキュリティ',
  pin: 'PIN',
  signInOptions: 'サインインオプション',
  managerTitle: 'パスワードマネージャー',
  managerNote: 'パスキーを保存しますか',
  anotherWay: '別の方法で保存する',
  create: '作成',
  listTitle: '保存先を選択',
  managerRow: 'パスワードマネージャー',
  helloRow: 'Windows Helloまたは外部セキュリティキー',
  phoneRow: 'iPhone、iPadまたはAndroidデバイス',
  keyRow: 'セキュリティキー',
  lockTitle: 'パスキーを保存',
  ownLock: 'このパソコンの画面ロック',
  settingsTitle: 'サインイン オプション',
  face: '顔',
  fingerprint: '指紋',
  phoneSettingsTitle: '設定',
  bluetooth: 'Bluetooth',
  screenLock: '画面ロック',
  mailSubject: 'パスキー登録用認証コード',
  mailCode: '認証コード',
  mailValidity: `有効期限：発行から${duringJa(codeLifetime)}`,
  tradingTitle: '取引画面',
  alternatives: {
    save: '図：パスキーを保存する画面。保存先はWindows Hello。押すのは「続行」。',
    hello: '図：Windows Helloの画面。顔の印、PINの入力欄、その下に「サインインオプション」。',
    manager: '図：パスワードマネージャーの画面。押すのは「別の方法で保存する」。',
    managerList: '図：保存先の一覧。押すのは「Windows Helloまたは外部セキュリティキー」。',
    change: '図：パスキーを保存する画面。押すのは「変更」。',
    phoneList: '図：保存先の一覧。押すのは「iPhone、iPadまたはAndroidデバイス」。',
    qr: '図：パソコンの画面のQRコードを、スマートフォンのカメラで読み取るところ。',
    ownLock: '図：パスキーを保存する画面。保存先はこのパソコンの画面ロック。押すのは「続行」。',
    lock: '図：スマートフォンの画面。顔などで確認し、「続行」を押す。',
    settings: '図：Windowsの設定の画面。顔、指紋、PINのうち、使うものを登録する。',
    phoneSettings: '図：スマートフォンの設定の画面。Bluetoothと画面ロックがオンになっている。',
    mail: '図：届いたメール。件名の下に6桁の認証コードが書かれている。',
    trading: '図：認証のあとに開く取引画面。',
  },
} as const
