import { load } from 'cheerio'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHtml } from '../../src/documents/html/index.ts'
import { loadPage } from '../../src/documents/markup.ts'
import { withFewAttributes } from '../../src/text/pages/attributes.ts'

const many = (count: number) => Array.from({ length: count }, (_, at) => `data-${at}="${at} > 1"`).join(' ')

test('of the attributes of a tag the first are kept: a parser compares each with all before it', () => {
  const markup = `<ol start=3 ${many(25_000)}><li>单家企业最高30万元。</li></ol><p>第二条 好。</p>`
  const page = loadPage(markup)
  expect(Object.keys(page('ol').get(0)?.attribs ?? {}).length).toBeLessThanOrEqual(200)
  const plain = '<ol start=3><li>单家企业最高30万元。</li></ol><p>第二条 好。</p>'
  expect(readHtml(markup)).toEqual(readHtml(plain))
})

test('no text is lost with the attributes, wherever tags stand', () => {
  const piece = fc.constantFrom(
    ...['<p', `<p ${many(210)}`, '<script', '</script', '<title', '</title', ' a=1', ' b="<"', ">'", '/'],
    ...['>', '好', '<!--', '-->', '"', '=', '</p>', ' ', "'"],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const markup = pieces.join('')
      expect(load(withFewAttributes(markup)).text()).toBe(load(markup).text())
    }),
  )
})

test('pages with the attributes that pages have stay as they are', () => {
  for (const markup of [
    `<p ${many(100)}>好</p>`,
    '<p title="1 < 2" class=a>3 < 4，5 > 4</p><!-- <p a b c> --><script>if (a<b && c>d) x()</script>',
    '<p title="没有收尾的引号>好</p>',
    `<!-- <p ${many(300)} --><p>好</p>`,
    `<script>for (i = 0; i <n; i++) { ${'a = b; '.repeat(300)} }</script><p>好</p>`,
    `<title>a <b ${many(300)}</title><p>好</p>`,
    '<',
    '< 300 万元',
  ])
    expect(withFewAttributes(markup)).toBe(markup)
  const piece = fc.constantFrom(
    '<p',
    '<script',
    '</script',
    ' a=1',
    ' b="<"',
    ">'",
    '/',
    '>',
    '好',
    '<!--',
    '-->',
    '"',
    '=',
    '</p>',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      expect(withFewAttributes(pieces.join(''))).toBe(pieces.join(''))
    }),
  )
})
