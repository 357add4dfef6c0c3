import { type Feature, inTopic, type Job } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { Log } from '../../log.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { type Items, streams } from '../../ports/items.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import type { Web } from '../../ports/web.ts'
import { inShanghai, timeZone } from '../../text/dates/time.ts'
import { createItemActions } from './actions.ts'
import { openCatalogue } from './catalogue/catalogue.ts'
import { openItemRecords } from './catalogue/records.ts'
import { itemCommands } from './commands.ts'
import { itemsPage } from './console/page.ts'
import type { CheckDeadline } from './deadline-check.ts'
import { createLiveItems } from './live-items.ts'
import { itemPrivacy } from './privacy.ts'
import { openSourceList } from './sources/added-sources.ts'
import type { UploadedDocument } from './sources/attached.ts'
import { createCollector } from './sources/collector.ts'
import { collectJobs } from './sources/jobs.ts'
import { openSourceStates } from './sources/source-states.ts'
import type { Source } from './sources/sources-file.ts'
import { sourcesPage } from './sources/sources-page.ts'
import { createTagger, type TagWords } from './tags.ts'

export { checkDeadlineWith, noDeadlineCheck as unchecked } from './deadline-check.ts'
export { readSources } from './sources/sources-file.ts'
export { readTopics } from './topics-file.ts'

/** The page of an item is compared with its approved text for this long after the approval. */
const watchedDays = 60

type Parts = {
  store: Store
  clock: Clock
  scheduler: Scheduler
  outbox: Outbox
  directory: Directory
  alarms: Alarms
  log: Log
  web: Web
  /** Hand-checked items, which count as approved. */
  seedFile: string
  sources: readonly Source[]
  tagWords: TagWords
  nameOfProgramme(id: string): string
  /** Documents of the library that were uploaded for an item. Default: none. */
  documentsOf?(item: number): readonly UploadedDocument[]
  /** Checks deadlines that were read; see {@link CheckDeadline}. */
  checkDeadline: CheckDeadline
  /** About how many saved companies may use a programme; undefined where that may not be told. */
  companiesFor(programme: string): Promise<number | undefined>
  /** How long it is kept who sent something in, and the words of what was not approved; days. */
  keepDays: number
}
export type ItemsFeature = {
  feature: Feature
  items: Items
}

/** Items that can be published: collected, entered or submitted, and approved by an organizer. */
export async function openItems(parts: Parts): Promise<ItemsFeature> {
  const { store, seedFile, tagWords, directory, scheduler } = parts
  const records = openItemRecords(store)
  const catalogue = await openCatalogue(records)
  const states = openSourceStates(store)
  const tag = createTagger(tagWords)
  const sourceList = await openSourceList(store, parts.sources)
  const collector = createCollector({ ...parts, sources: sourceList.all, states, catalogue, tag })
  const actions = createItemActions({ ...parts, catalogue, tag })
  await collector.tellAlarms()
  const privacy = itemPrivacy(records, catalogue)
  const liveItems = createLiveItems({ catalogue, seedFile })
  return {
    items: liveItems,
    feature: {
      name: 'items',
      // Pages being read are given up; what was found by then is stored.
      stop: collector.stop,
      commands: inTopic('投稿', itemCommands(actions, directory)),
      jobs: [...collectJobs(collector, sourceList, scheduler), retentionJob(privacy, parts)],
      pages: [
        itemsPage({ documentsOf: () => [], ...parts, actions, catalogue }),
        sourcesPage({ clock: parts.clock, collector, states, sourceList }),
      ],
      personal: privacy,
      async sourcePages() {
        const at = parts.clock.now()
        const since = at.subtract({ hours: 24 * watchedDays })
        const recent = await Promise.all(streams.map(stream => liveItems.approvedBetween(stream, since, at)))
        return recent.flat().flatMap(({ id, title, text, link }) => {
          const path = /^\d+$/.test(id) ? `/items/${id}` : '/items'
          return link ? [{ kind: '条目', title, path, url: link, text }] : []
        })
      },
      search: isFound =>
        catalogue
          .entries()
          .filter(({ number, title, documentNumber = '' }) => isFound(title, documentNumber, `${number}号`))
          .toReversed()
          .map(({ number, title }) => ({ kind: '条目', title, path: `/items/${number}` })),
      async calendar(from, to) {
        const last = inShanghai(to).toPlainDate().subtract({ days: 1 })
        const found = await liveItems.withDeadline(inShanghai(from).toPlainDate(), last)
        return found.flatMap(({ id, title, deadline }) =>
          deadline
            ? [
                {
                  at: deadline.value.toZonedDateTime({ timeZone }).toInstant(),
                  isAllDay: true,
                  kind: '截止',
                  title,
                  path: /^\d+$/.test(id) ? `/items/${id}` : '/items',
                },
              ]
            : [],
        )
      },
      async chores() {
        const waiting = catalogue.entries().filter(({ state }) => state === 'new').length
        return waiting === 0 ? [] : [{ text: `${waiting} 条新条目等着看`, path: '/items' }]
      },
    },
  }
}

const retentionJob = (
  privacy: ReturnType<typeof itemPrivacy>,
  { scheduler, clock, keepDays }: Pick<Parts, 'scheduler' | 'clock' | 'keepDays'>,
): Job => ({
  name: 'item-retention',
  deletes: true,
  title: '',
  maxLateMinutes: 24 * 60,
  due: cronDue(scheduler, '20 4 * * *'),
  run: () => privacy.forgetBefore(clock.now().subtract({ hours: 24 * keepDays })),
})
