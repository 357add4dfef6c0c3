import { readdirSync, readFileSync } from 'node:fs'

/** One page of the manual, for one job. */
export type Chapter = {
  /** The name of its file, and of its address. */
  slug: string
  title: string
  /** Readers of the chapter, in Chinese. */
  readers: string
  text: string
}

const folder = new URL('../../../docs/manual/', import.meta.url)

/** In the order of the table of contents; others come behind. */
const order = [
  'start',
  'lesson',
  'forms',
  'tally',
  'broadcast',
  'items',
  'knowledge',
  'questions',
  'people',
  'groups',
  'roles',
  'votes',
  'matching',
  'site',
  'phone',
  'trouble',
  'review',
  'instructor',
  'privacy',
  'auditor',
  'line',
  'install',
]

/** All chapters, from `docs/manual`. */
export function readChapters(): Chapter[] {
  const files = readdirSync(folder).filter(name => name.endsWith('.md'))
  return files.map(chapterOf).sort((a, b) => placeOf(a) - placeOf(b))
}

const placeOf = ({ slug }: Chapter) => (order.indexOf(slug) + order.length + 1) % (order.length + 1)

function chapterOf(name: string): Chapter {
  const [, head = '', text = ''] = readFileSync(new URL(name, folder), 'utf8').split(/^---\n/mu)
  const field = (key: string) => new RegExp(`^${key}: (.+)$`, 'mu').exec(head)?.[1] ?? ''
  return { slug: name.slice(0, -'.md'.length), title: field('title'), readers: field('for'), text }
}

/** @returns undefined where there is no such picture */
export function readPicture(name: string): Uint8Array<ArrayBuffer> | undefined {
  const pictures = new URL('pictures/', folder)
  if (!readdirSync(pictures).includes(name)) return undefined
  return new Uint8Array(readFileSync(new URL(name, pictures)))
}

/** A chapter that holds all words of a query, with the first line that holds one of them. */
export type ChapterHit = { chapter: Chapter; line: string }

export function searchChapters(chapters: readonly Chapter[], query: string): ChapterHit[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean)
  return chapters.flatMap(chapter => {
    const text = `${chapter.title}\n${chapter.text}`.toLowerCase()
    if (words.length === 0 || !words.every(word => text.includes(word))) return []
    const lines = chapter.text.split('\n').filter(line => !line.startsWith('!['))
    const line =
      lines.find(one => words.some(word => one.toLowerCase().includes(word))) ?? lines.find(Boolean)
    return [{ chapter, line: (line ?? '').replaceAll(/\*\*|`|^[-\d.]+ /gu, '') }]
  })
}
