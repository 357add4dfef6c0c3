import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createWording } from '../../src/adapters/line/wording.ts'
import { createSourcePages } from '../../src/app/lines/source-pages.ts'
import { composeText } from '../../src/features/digest/content/layout.ts'
import { readKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { qqTraits } from '../../src/ports/line-traits.ts'
import { hasRefusedLink, withoutLinks } from '../../src/text/line-words.ts'
import { createWorld } from '../conversation.ts'
import { anItem } from '../features/digest/world.ts'
import { refusesLinks } from './servers/qq-server.ts'

const rest = { drawsQrCodes: false, keepDays: 90 }
const knowledge = readKnowledge('data')
const items: unknown = parse(readFileSync('data/digest/items.yaml', 'utf8'))
/** Every text of the knowledge base, as it stands there. */
const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}
const all = [...texts(knowledge), ...texts(items)]

test('no link of the whole knowledge base and of all items gets through to QQ, and no document number is lost', () => {
  const pageOf = (url: string) => `https://bot.example.cn/s/${url.length}`
  expect(all.filter(text => hasRefusedLink(text, [])).length).toBeGreaterThan(50)
  for (const text of all) {
    const bare = withoutLinks(`依据：${text}`, { domains: [], pageOf: () => undefined })
    expect(hasRefusedLink(bare, []) || refusesLinks(bare, []), text).toBe(false)
    const paged = withoutLinks(`依据：${text}`, { domains: ['bot.example.cn'], pageOf })
    expect(hasRefusedLink(paged, ['bot.example.cn']), text).toBe(false)
    for (const number of text.match(/〔\d{4}〕\d+号/gu) ?? []) expect(bare).toContain(number)
  }
})

test.each([
  'https://政务.中国/',
  'https://福州.政务.cn/x?y=1',
  'HTTPS://A.GOV.CN',
  '[办法](https://例子.cn/a)',
  'www.福州.la',
  '福州.com',
  'a_b.com/x',
  '<https://a.gov.cn>',
  'https://bot.example.cn.evil.com/s/1',
  'http://[::1]:3000/x',
])('a link in the form %s gets through neither alone nor beside one of ours', link => {
  const ours = 'https://bot.example.cn/s/1'
  for (const text of [link, `《办法》${link}，请看`, `${ours} ${link}`, `${link}\n${ours}`]) {
    const bare = withoutLinks(text, { domains: ['bot.example.cn'], pageOf: () => undefined })
    expect(refusesLinks(bare, ['bot.example.cn']), bare).toBe(false)
    expect(bare.includes(ours)).toBe(text.includes(ours))
  }
})

test.each([
  ['', []],
  ['https://bot.example.cn', ['bot.example.cn']],
])(
  'every digest of the shipped items passes the rule of QQ, with %s as our address',
  async (publicUrl, domains) => {
    const pictures = { png: async () => new Uint8Array() }
    const { store, clock } = createWorld()
    const pages = createSourcePages({ store, clock, publicUrl, domains, ...rest, pictures })
    const word = createWording(pages)
    const links = [...new Set(all.flatMap(text => text.match(/https?:\/\/[^\s"'，。；）]+/gu) ?? []))]
    expect(links.length).toBeGreaterThan(20)
    for (let from = 0; from < links.length; from += 5) {
      const told = links.slice(from, from + 5).map((link, n) => ({
        item: anItem(`${from + n}`, { link }),
        lines: { what: `第${n}条`, who: '小微企业', when: '长期；申报时享受。' },
      }))
      const day = Temporal.PlainDate.from('2026-11-27')
      const text = composeText(told, { title: '政策速递', day, closing: '想细问，在群里 @我 就行。' })
      expect(refusesLinks(text, domains)).toBe(true)
      const target = { groupId: 'G' }
      const { text: worded = '' } = await word({ text }, { target, line: 'qq1', traits: qqTraits })
      expect(refusesLinks(worded, domains), worded).toBe(false)
      expect(worded).toContain('第0条')
    }
  },
)

test('the page of a text opens without a login, and a cut address says how to get the whole', async () => {
  const pictures = { png: async () => new Uint8Array() }
  const { store, clock } = createWorld()
  const place = { publicUrl: 'https://bot.example.cn', domains: ['bot.example.cn'] }
  const pages = createSourcePages({ store, clock, ...place, ...rest, pictures })
  const { pathname } = new URL(
    pages.pageOfText(
      '政策速递\n\n1. 甲 https://a.gov.cn/x\n2. 乙 https://a.gov.cn/政策/1.html查看(https://b.cn/y)。',
    ) ?? '',
  )
  await pages.kept()
  const shown = await (await pages.open.request(pathname)).text()
  expect(shown).toContain('<h1>政策速递</h1><p>1. 甲 <a href="https://a.gov.cn/x"')
  expect(shown).toContain(
    '<a href="https://a.gov.cn/政策/1.html" rel="noopener noreferrer">https://a.gov.cn/政策/1.html</a>查看(<a href="https://b.cn/y" rel="noopener noreferrer">https://b.cn/y</a>)。',
  )
  for (const wrong of [pathname.slice(0, -2), `${pathname.slice(0, -1)}-`]) {
    const answer = await pages.open.request(wrong)
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('没有复制完整')])
  }
})

test('the page of an address that stood inside a sentence is about that address, and about no source of the answer', async () => {
  const pictures = { png: async () => new Uint8Array() }
  const { store, clock } = createWorld()
  const place = { publicUrl: 'https://bot.example.cn', domains: ['bot.example.cn'] }
  const pages = createSourcePages({ store, clock, ...place, ...rest, pictures })
  const word = createWording(pages)
  const text = '按《办法》，登录 zjtx.miit.gov.cn 填报。'
  const { text: worded = '' } = await word(
    { text },
    { target: { groupId: 'G' }, line: 'qq1', traits: qqTraits },
  )
  expect(worded).toMatch(/^按《办法》，登录官网填报。\n官网：https:\/\/bot\.example\.cn\/s\/\S{10}$/u)
  const shown = await (await pages.open.request(new URL(worded.split('官网：')[1] ?? '').pathname)).text()
  expect(shown).toContain('<h1>zjtx.miit.gov.cn</h1>')
  expect(shown).toContain('打开网站（zjtx.miit.gov.cn）')
  expect(shown).not.toContain('办法')
})

test('the page of a source says what its message said, also where another message named the same address before', async () => {
  const pictures = { png: async () => new Uint8Array() }
  const { store, clock } = createWorld()
  const place = { publicUrl: 'https://bot.example.cn', domains: ['bot.example.cn'] }
  const word = (pages: ReturnType<typeof createSourcePages>, text: string) =>
    createWording(pages)({ text }, { target: { groupId: 'G' }, line: 'qq1', traits: qqTraits })
  const shown: string[] = []
  for (const sum of ['最高补贴5万元', '更正：最高补贴8万元']) {
    // Each in a life of its own.
    const pages = createSourcePages({ store, clock, ...place, ...rest, pictures })
    const { text = '' } = await word(pages, `${sum}。\n原文：https://a.gov.cn/x`)
    const path = /https:\/\/bot\.example\.cn(\/s\/\S+)/u.exec(text)?.[1] ?? ''
    shown.push(await (await pages.open.request(path)).text())
  }
  expect(shown[0]).toContain('最高补贴5万元')
  expect(shown[1]).toContain('更正：最高补贴8万元')
})
