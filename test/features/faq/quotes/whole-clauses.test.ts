import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createQuotations } from '../../../../src/features/faq/quotes/quotations.ts'
import { quotationFrame, sayQuotation } from '../../../../src/features/faq/quotes/words.ts'
import type { QuotableDocument } from '../../../../src/ports/passages.ts'
import { type Sample, sampleGroups, samplesOf } from '../../../documents/set/sample.ts'

const at = Temporal.Instant.from('2026-11-29T04:00:00Z')

const quotable = ({ name, head, blocks }: Sample): QuotableDocument => ({
  id: name,
  title: head.title,
  number: head.number,
  date: head.date,
  from: undefined,
  until: undefined,
  isSuperseded: false,
  passages: blocks
    .filter(({ path }) => path.length > 0)
    .map(({ path, text }) => ({ path, page: 1, text: `\u3000${text} ` })),
})

const documents = sampleGroups
  .flatMap(samplesOf)
  .map(quotable)
  .filter(({ passages }) => passages.length > 1)

/** A document of the set, the words of one of its clauses as the question, and a limit of characters. */
const asked = fc.constantFrom(...documents).chain(document =>
  fc.record({
    document: fc.constant(document),
    question: fc.constantFrom(
      ...document.passages.map(({ text }) => text),
      ...document.passages.map(({ path }) => `《${document.title}》${path.join('')}`),
    ),
    limit: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constant(Number.POSITIVE_INFINITY)),
  }),
)

test('a quotation is whole passages byte for byte, cut between them only', () => {
  let told = 0
  fc.assert(
    fc.property(asked, ({ document, question, limit }) => {
      const quotations = createQuotations()
      quotations.put(document)
      const quotation = quotations.find(question, at, limit)
      if (!quotation || quotation.asked === 'missing') return
      told += 1
      const texts = document.passages.map(({ text }) => text)
      const said = sayQuotation(quotation)
      for (const text of quotation.texts) expect(texts).toContain(text)
      expect(said).toContain(quotation.texts.join('\n'))
      const quoted = quotation.texts.join('\n')
      expect(said.length - quoted.length).toBeLessThanOrEqual(
        quotationFrame + (quotation.asked === 'overview' ? 2 * document.title.length : 0),
      )
      // A row of a table stands below the row that names its columns, however long both are.
      const isRow = quotation.clause.includes('表')
      if (quotation.texts.length > 1 && !isRow) expect(quoted.length).toBeLessThanOrEqual(limit)
      // The marks of an omission stand behind a whole clause, where something is left out.
      expect(said.includes('……（这一条后面还有')).toBe(quotation.left > 0)
    }),
    { numRuns: 150 },
  )
  expect(told).toBeGreaterThan(40)
})

test('an item is quoted with the words that open its list', () => {
  const isItem = (label = '') => /^[（(].+[）)]$/u.test(label)
  fc.assert(
    fc.property(asked, ({ document, question, limit }) => {
      const quotations = createQuotations()
      quotations.put(document)
      const [first] = quotations.find(question, at, limit)?.texts ?? []
      const place = document.passages.findIndex(({ text }) => text === first)
      const passage = document.passages[place]
      if (!passage || !isItem(passage.path.at(-1))) return
      const lead = document.passages
        .slice(0, place)
        .findLast(({ path }) => path.join('/') === passage.path.slice(0, -1).join('/'))
      expect(lead?.text.trim() ?? '').not.toMatch(/[:：]$/u)
    }),
    { numRuns: 150 },
  )
})
