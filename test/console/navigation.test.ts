import { expect, test } from 'vitest'
import { navigation } from '../../src/console/navigation.ts'

const pages = [
  { path: '', title: '总览' },
  { path: 'digest', title: '推送', section: '推送' },
  { path: 'items', title: '条目', section: '推送' },
  { path: 'lessons', title: '课程', section: '签到' },
  { path: 'sandbox', title: '模拟群' },
] as const

const read = (path: string) => {
  const { main, inside } = navigation(pages, path)
  const links = (markup: unknown) =>
    [...String(markup).matchAll(/<a href="([^"]*)"([^>]*)>([^<]*)</g)].map(
      ([, to, more = '', title]) => `${title} ${to}${more.includes('aria-current') ? ' *' : ''}`,
    )
  return { main: links(main), inside: links(inside) }
}

test('pages of a section lie behind one word, and beside each other once it is open', () => {
  expect(read('/items/12')).toEqual({
    main: ['总览 /', '推送 /digest *', '签到 /lessons', '模拟群 /sandbox'],
    inside: ['推送 /digest', '条目 /items *'],
  })
})

test('a section with one page needs no second row, and a page outside opens none', () => {
  expect(read('/lessons')).toEqual({
    main: ['总览 /', '推送 /digest', '签到 /lessons *', '模拟群 /sandbox'],
    inside: [],
  })
  expect(read('/').main[0]).toBe('总览 / *')
  expect(read('/sandbox').inside).toEqual([])
})
