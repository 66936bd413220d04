// Sample data in place of a broker's books: everybody holds the same, and starts with the same cash.

export interface Position {
  readonly code: string
  readonly name: { readonly ja: string; readonly en: string }
  readonly quantity: number
  readonly cost: number
  readonly price: number
  /** The last closing prices, the latest at the end. */
  readonly history: readonly number[]
}

export interface Withdrawal {
  readonly id: string
  readonly amount: number
  readonly at: number
}

/** Companies that there are not. */
export const positions: readonly Position[] = [
  {
    code: 'A001',
    name: { ja: '霞浦電機', en: 'Kasumiura Electric' },
    quantity: 300,
    cost: 2_184,
    price: 2_467,
    history: [2190, 2204, 2178, 2243, 2290, 2268, 2331, 2352, 2340, 2401, 2438, 2467],
  },
  {
    code: 'A014',
    name: { ja: '白帆海運', en: 'Shiraho Lines' },
    quantity: 1_200,
    cost: 918,
    price: 874,
    history: [921, 930, 917, 908, 912, 899, 903, 890, 881, 886, 879, 874],
  },
  {
    code: 'A027',
    name: { ja: '千歳フーズ', en: 'Chitose Foods' },
    quantity: 500,
    cost: 1_430,
    price: 1_512,
    history: [1428, 1436, 1451, 1444, 1460, 1472, 1466, 1481, 1490, 1503, 1498, 1512],
  },
  {
    code: 'F203',
    name: { ja: '全世界株式インデックス', en: 'World Equity Index Fund' },
    quantity: 842_318,
    cost: 1.874,
    price: 2.216,
    history: [1.88, 1.91, 1.95, 1.93, 1.98, 2.03, 2.06, 2.04, 2.11, 2.15, 2.19, 2.216],
  },
]

const firstCash = 1_280_000

export class Ledger {
  readonly #withdrawals = new Map<string, Withdrawal[]>()

  cash(sub: string): number {
    return this.withdrawals(sub).reduce((cash, { amount }) => cash - amount, firstCash)
  }

  /** The latest first. */
  withdrawals(sub: string): readonly Withdrawal[] {
    return this.#withdrawals.get(sub) ?? []
  }

  /** False when there is not so much; an order that was carried out is not carried out again. */
  withdraw(sub: string, { id, amount }: Pick<Withdrawal, 'id' | 'amount'>): boolean {
    const made = this.withdrawals(sub)
    if (made.some((withdrawal) => withdrawal.id === id)) return true
    if (amount > this.cash(sub)) return false
    this.#withdrawals.set(sub, [{ id, amount, at: Date.now() }, ...made])
    return true
  }
}
