import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amrOf, factorNames, factors } from './factors.ts'

test('a step and an acr belong to one factor alone', () => {
  for (const trait of ['step', 'acr'] as const) {
    const values = factorNames.map((name) => factors[name][trait])
    assert.equal(new Set<string>(values).size, factorNames.length, trait)
  }
})

test('an acr goes with the amr of its own factor', () => {
  for (const name of factorNames) assert.equal(amrOf(factors[name].acr), factors[name].amr)
})
