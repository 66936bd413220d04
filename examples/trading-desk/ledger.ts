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

/** What is asked for; its id makes it happen once, however often it is sent. */
export interface WithdrawalOrder {
  readonly id: string
  readonly amount: number
}
export interface SaleOrder {
  readonly id: string
  readonly code: string
  readonly quantity: number
}

/** What was carried out. */
export type Order =
  | (WithdrawalOrder & { readonly kind: 'withdrawal'; readonly at: number })
  | (SaleOrder & { readonly kind: 'sale'; readonly at: number })

/** Companies that there are not. */
const positions: readonly Position[] = [
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
  readonly #orders = new Map<string, Order[]>()

  cash(sub: string): number {
    const prices = new Map(positions.map(({ code, price }) => [code, price]))
    return this.orders(sub).reduce((cash, order) => {
      if (order.kind === 'withdrawal') return cash - order.amount
      return cash + order.quantity * (prices.get(order.code) ?? 0)
    }, firstCash)
  }

  /** What is held after the sales. */
  positions(sub: string): readonly Position[] {
    return positions.map((position) => {
      const sold = this.orders(sub).reduce(
        (sum, order) =>
          order.kind === 'sale' && order.code === position.code ? sum + order.quantity : sum,
        0,
      )
      return { ...position, quantity: position.quantity - sold }
    })
  }

  /** The latest first. */
  orders(sub: string): readonly Order[] {
    return this.#orders.get(sub) ?? []
  }

  /** False when there is not so much; an order that was carried out is not carried out again. */
  withdraw(sub: string, { id, amount }: WithdrawalOrder): boolean {
    return this.#take(
      sub,
      { kind: 'withdrawal', id, amount, at: Date.now() },
      this.cash(sub) >= amount,
    )
  }

  /** False when there is not so much, as for a withdrawal. */
  sell(sub: string, { id, code, quantity }: SaleOrder): boolean {
    const held = this.positions(sub).find((position) => position.code === code)?.quantity ?? 0
    return this.#take(sub, { kind: 'sale', id, code, quantity, at: Date.now() }, held >= quantity)
  }

  #take(sub: string, order: Order, isEnough: boolean): boolean {
    const made = this.orders(sub)
    if (made.some(({ id }) => id === order.id)) return true
    if (isEnough) this.#orders.set(sub, [order, ...made])
    return isEnough
  }
}
