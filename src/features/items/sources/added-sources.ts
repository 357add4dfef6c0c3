import { z } from 'zod'
import { Refusal } from '../../../feature.ts'
import { type Stream, streams } from '../../../ports/items.ts'
import type { Store } from '../../../ports/store.ts'
import type { SubscribedFeed } from '../../../text/pages/feeds.ts'
import type { Source } from './sources-file.ts'

/** When sources that were added on the console are checked, cron in Asia/Shanghai. */
export const addedSchedule = '20 8,12,17 * * *'
const mostAdded = 200
const longestName = 30
const key = 'added/list'

const AddedSource = z.object({ id: z.string(), name: z.string(), stream: z.enum(streams), url: z.string() })
/** Feeds that were added on the console, in one record. */
const AddedSources = z.object({ sources: z.array(AddedSource), lastNumber: z.number().int() })
type AddedSources = z.infer<typeof AddedSources>

export type SourceList = Awaited<ReturnType<typeof openSourceList>>

/**
 * Sources of the file and, behind them, feeds that were added on the console. A feed that was added is off at first.
 * @param fromFile the sources of `data/sources.yaml`
 */
export async function openSourceList(store: Store, fromFile: readonly Source[]) {
  const records = store.collection('item-source-list', AddedSources)
  let added = sourcesOf(await records.get(key))

  async function change(next: (now: AddedSources) => AddedSources) {
    added = sourcesOf(await records.update(key, now => next(now ?? { sources: [], lastNumber: 0 })))
  }
  const all = () => [...fromFile, ...added]

  return {
    fromFile,
    all,
    added: () => added,
    isAdded: ({ id }: Source) => added.some(one => one.id === id),

    /**
     * @returns the names of those that were added; the others are sources already
     * @throws {@link Refusal} where there would be too many
     */
    async add(feeds: readonly SubscribedFeed[], stream: Stream): Promise<string[]> {
      const names: string[] = []
      await change(now => {
        names.length = 0
        const known = new Set([...fromFile, ...now.sources].map(({ url }) => url))
        const fresh = feeds.filter(({ url }) => !known.has(url))
        if (now.sources.length + fresh.length > mostAdded)
          throw new Refusal(`最多加 ${mostAdded} 个来源，请先删掉不用的。`)
        const made = fresh.map(({ title, url }, at) => ({
          id: `added-${now.lastNumber + at + 1}`,
          name: [...title].slice(0, longestName).join(''),
          stream,
          url,
        }))
        names.push(...made.map(({ name }) => name))
        return { sources: [...now.sources, ...made], lastNumber: now.lastNumber + made.length }
      })
      return names
    },

    /** @throws {@link Refusal} for a source of the file */
    async remove({ id }: Source): Promise<void> {
      if (!added.some(one => one.id === id))
        throw new Refusal('这个来源写在 data/sources.yaml 里，请在那里删，或者在这里停用。')
      await change(now => ({ ...now, sources: now.sources.filter(one => one.id !== id) }))
    },
  }
}

const sourcesOf = (kept: AddedSources | undefined): Source[] =>
  (kept?.sources ?? []).map(one => ({ ...one, kind: 'feed', schedule: addedSchedule, on: false }))
