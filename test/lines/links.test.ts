import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { hasRefusedLink, withoutLinks } from '../../src/text/line-words.ts'

const knowledge = readKnowledge('data')
const items: unknown = parse(readFileSync('data/digest/items.yaml', 'utf8'))
/** Every text of the knowledge base, as it stands there. */
const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}

test('no link of the whole knowledge base and of all items gets through to QQ, and no document number is lost', () => {
  const pageOf = (url: string) => `https://bot.example.cn/s/${url.length}`
  const all = [...texts(knowledge), ...texts(items)]
  expect(all.filter(text => hasRefusedLink(text, [])).length).toBeGreaterThan(50)
  for (const text of all) {
    const bare = withoutLinks(`依据：${text}`, { domains: [], pageOf: () => undefined })
    expect(hasRefusedLink(bare, []), text).toBe(false)
    const paged = withoutLinks(`依据：${text}`, { domains: ['bot.example.cn'], pageOf })
    expect(hasRefusedLink(paged, ['bot.example.cn']), text).toBe(false)
    for (const number of text.match(/〔\d{4}〕\d+号/gu) ?? []) expect(bare).toContain(number)
  }
})
