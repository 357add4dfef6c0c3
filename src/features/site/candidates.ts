import { inShanghai } from '../../text/dates/time.ts'
import type { TitleCandidate } from './page.ts'
import { companyItems, type SiteSources, upcomingLessons } from './sources.ts'

type Parts = Pick<SiteSources, 'features' | 'signUps' | 'items' | 'clock'> & {
  publicText(text: string): Promise<string>
}

/** Titles that organizers may make public now: lessons to come, open forms, and news of companies. */
export async function titleCandidates(parts: Parts): Promise<TitleCandidate[]> {
  const now = parts.clock.now()
  const [lessons, signUps, items] = await Promise.all([
    upcomingLessons(parts.features(), inShanghai(now)),
    parts.signUps(),
    companyItems(parts.items, now),
  ])
  const all = [
    ...lessons.map(({ title }) => ({ kind: 'lesson' as const, title })),
    ...signUps.map(({ title }) => ({ kind: 'form' as const, title })),
    ...items.map(({ title }) => ({ kind: 'item' as const, title })),
  ]
  const unique = [...new Map(all.map(one => [`${one.kind} ${one.title}`, one])).values()]
  return Promise.all(
    unique.map(async one => ({
      ...one,
      shown: await parts.publicText(one.title),
    })),
  )
}
