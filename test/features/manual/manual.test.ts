import { readdirSync, readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChapters, searchChapters } from '../../../src/features/manual/chapters.ts'
import { manual } from '../../../src/features/manual/index.ts'
import { renderMarkdown } from '../../../src/features/manual/markdown.ts'
import { openAllFeatures } from '../../app/features.ts'
import { visitor } from '../../console/visitor.ts'
import { openTown, type Town } from '../../sandbox/town.ts'

const chapters = readChapters()
const slugs = chapters.map(({ slug }) => slug)

describe('every page of the console', () => {
  let opened: Awaited<ReturnType<typeof openAllFeatures>>
  beforeAll(async () => {
    opened = await openAllFeatures()
  })
  afterAll(() => opened?.platform.store.close())

  test('has a chapter of the manual', () => {
    const pages = opened.all.flatMap(feature => feature.pages ?? [])
    expect(pages.length).toBeGreaterThan(15)
    const lost = pages.filter(({ chapter }) => chapter === undefined || !slugs.includes(chapter))
    expect(lost.map(({ path }) => path)).toEqual([])
  })
})

test('every chapter has a title, readers and a text, and shows only pictures that there are', () => {
  const pictures = readdirSync('docs/manual/pictures')
  const shown = new Set<string>()
  for (const { slug, title, readers, text } of chapters) {
    expect(
      [title, readers, text].every(part => part.length > 1),
      slug,
    ).toBe(true)
    for (const [, name = ''] of text.matchAll(/\(pictures\/([^)]+)\)/g)) shown.add(name)
  }
  expect([...shown].sort()).toEqual(pictures.sort())
  for (const name of pictures)
    expect(statSync(`docs/manual/pictures/${name}`).size, name).toBeLessThan(60_000)
})

test('commands that the manual names between quotes after 「发」 or 「回」 are words that the bot knows', async () => {
  const { all, platform } = await openAllFeatures()
  const words = all.flatMap(({ commands = [] }) => commands.flatMap(command => command.words))
  // Instructors' words are heard only from instructors, and a few are answers.
  const answers = ['答', '转']
  const named = chapters.flatMap(({ text }) =>
    [...text.matchAll(/[发回]「([^」]+)」/gu)].map(([, said = '']) => said),
  )
  const unknown = named.filter(
    said => !words.some(word => said.startsWith(word)) && !answers.some(word => said.startsWith(`${word} `)),
  )
  await platform.store.close()
  expect(named.length).toBeGreaterThan(30)
  expect(unknown).toEqual([])
})

/** Where the pages stand that a chapter describes. */
const pagesOf: Record<string, readonly string[]> = {
  broadcast: ['src/features/digest/console'],
  forms: ['src/features/forms'],
  install: ['src/features/digest/console'],
  items: ['src/features/items'],
  knowledge: ['src/features/faq/editing/pages', 'src/features/documents/console'],
  line: ['src/features/line'],
  people: ['src/features/community/roster', 'src/features/community/identities'],
  phone: ['src/console'],
  privacy: ['src/features/audit'],
  questions: ['src/features/questions'],
  roles: ['src/features/community/roles'],
  tally: ['src/features/tally'],
  trouble: ['src/features/community', 'src/features/documents/console'],
}

test('buttons that the manual names between quotes after 「点」 stand on the page that the chapter describes', () => {
  let count = 0
  for (const { slug, text } of chapters)
    for (const [named] of text.matchAll(/点(?:「[^」]+」[、，]?(?:或|和)?)+/gu))
      for (const [, label = ''] of named.matchAll(/「([^」]+)」/gu)) {
        const source = (pagesOf[slug] ?? []).flatMap(sourcesIn).join('\n')
        const isThere = [`>${label}`, `'${label}`, `\`${label}`].some(one => source.includes(one))
        expect(isThere, `${slug}: ${label}`).toBe(true)
        count += 1
      }
  expect(count).toBeGreaterThan(15)
})

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'))

test('settings and scripts that the manual names exist', () => {
  const known = readFileSync('.env.example', 'utf8') + readFileSync('package.json', 'utf8')
  for (const { text, slug } of chapters)
    for (const [, name = ''] of text.matchAll(
      /`(?:npm run (?:-s )?)?([A-Z_]{4,}|[a-z]+:[a-z]+|backup|restore|doctor)\b/g,
    ))
      expect(known, `${slug}: ${name}`).toContain(name)
})

test.each([
  ['撤回', 'broadcast'],
  ['补签 断线', 'trouble'],
  ['恢复码', 'roles'],
  ['备份', 'install'],
])('「%s」 finds %s', (query, slug) => {
  expect(searchChapters(chapters, query).map(({ chapter }) => chapter.slug)).toContain(slug)
})

test('text is escaped, and the signs are shown as what they mean', async () => {
  const shown = await renderMarkdown('a <b> **c** `d`\n\n- e\n- f\n\n1. g\n\n![h](pictures/h.jpg)', '/p/')
  expect(String(shown)).toMatch(/<p>a &lt;b&gt; <strong>c<\/strong> <code>d<\/code><\/p>/)
  expect(String(shown)).toMatch(/<ul><li>e<\/li><li>f<\/li><\/ul>/)
  expect(String(shown)).toMatch(/<ol><li>g<\/li><\/ol>/)
  expect(String(shown)).toContain('src="/p/h.jpg" alt="h"')
})

describe('「帮助」', () => {
  let town: Town
  const open = async () => {
    town = await openTown({ pages: manual().pages ?? [] })
    const chen = visitor(town)
    await chen.login()
    return chen
  }
  test('is a contents, chapters with pictures, and a search; each page links to it', async () => {
    const chen = await open()
    const text = async (path: string) => (await chen.get(path)).text()
    expect(await text('/help')).toContain('出了问题怎么办')
    expect(await text('/help/lesson')).toContain('/help/pictures/lessons.jpg')
    const picture = await chen.get('/help/pictures/lessons.jpg')
    expect([picture.status, picture.headers.get('Content-Type')]).toEqual([200, 'image/jpeg'])
    expect(await text('/help?q=%E8%A1%A5%E7%AD%BE')).toContain('/help/lesson')
    expect(await text('/help?q=zzz')).toContain('没有找到')
    expect(await text('/')).toContain('href="/help/start"')
  })
  test.each(['/help/nothing', '/help/pictures/nothing.jpg', '/help/pictures/..%2Fstart.jpg'])(
    '%s is none of it',
    async path => {
      expect((await (await open()).get(path)).status).toBe(404)
    },
  )
})
