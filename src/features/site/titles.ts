import { z } from 'zod'
import { erasedName } from '../../lib/doer-names.ts'
import { keyHash } from '../../lib/hash.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonIds } from '../../ports/personal-data.ts'
import type { Store } from '../../ports/store.ts'

/** Things whose title an organizer makes public. `item`: of 科技服务 and 企业动态, with their owner's consent. */
export const TitleKind = z.enum(['lesson', 'form', 'item'])
export type TitleKind = z.infer<typeof TitleKind>

/** A title that may stand on the public pages; key `titles/hash`. */
const PublicTitle = z.object({ kind: TitleKind, title: z.string(), byName: z.string(), at: z.string() })

const keyOf = (kind: TitleKind, title: string) => `titles/${keyHash(`${kind} ${title}`)}`

/** Whether a title may be shown. */
export type MayShow = (kind: TitleKind, title: string) => boolean
export type PublicTitles = ReturnType<typeof openPublicTitles>

/** The titles that organizers made public. A changed title is another one: it has to be made public anew. */
export function openPublicTitles(store: Store, clock: Clock) {
  const titles = store.collection('site-titles', PublicTitle)
  const all = async () => (await titles.list('titles/')).map(({ value }) => value)
  return {
    async isPublic(): Promise<MayShow> {
      const known = new Set((await all()).map(({ kind, title }) => keyOf(kind, title)))
      return (kind, title) => known.has(keyOf(kind, title))
    },
    async publish(kind: TitleKind, title: string, by: Actor): Promise<void> {
      const now = { kind, title, byName: by.name, at: clock.now().toString() }
      await titles.update(keyOf(kind, title), known => known ?? now)
    },
    async hide(kind: TitleKind, title: string): Promise<void> {
      await titles.update(keyOf(kind, title), () => undefined)
    },
    /** Hides titles that name a person, and forgets who made others public. */
    async forget({ names, doerNames = names }: Pick<PersonIds, 'names' | 'doerNames'>): Promise<void> {
      for (const { kind, title, byName } of await all()) {
        const isNamed = names.some(name => title.includes(name))
        if (isNamed || doerNames.includes(byName))
          await titles.update(keyOf(kind, title), now =>
            isNamed ? undefined : now && { ...now, byName: erasedName },
          )
      }
    },
  }
}
