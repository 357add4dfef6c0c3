import { Temporal } from 'temporal-polyfill'
import { createSemaphore } from '../../../lib/queue.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Alarms } from '../../../ports/alarms.ts'
import type { Clock } from '../../../ports/clock.ts'
import { type Web, WebFault, type WebPage } from '../../../ports/web.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { linkKey } from '../../../text/pages/links.ts'
import { continuesTitle, isCutTitle } from '../../../text/pages/page-titles.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { itemDraftOf } from '../catalogue/item-drafts.ts'
import { publicationDay } from '../catalogue/publication-day.ts'
import type { ItemDraft } from '../catalogue/records.ts'
import type { CheckDeadline } from '../deadline-check.ts'
import type { Tags } from '../tags.ts'
import { entriesOf, type SourceEntry, UnreadableSource } from './entries.ts'
import { readOriginal } from './originals.ts'
import { afterCheck, type SourceCheck, tellAlarm } from './source-health.ts'
import type { SourceState, SourceStates } from './source-states.ts'
import type { Source } from './sources-file.ts'
import { passesFilter } from './word-filter.ts'

/** Age limit of new entries: a new source lists years of them. */
const oldestDays = 60
/** Pages that are read in one run; the rest waits for the next. */
const mostArticles = 60
/** A feed that gives less than this gives no text. */
const shortestText = 120
/** Pages that send their readers on are followed so often. */
const mostMoves = 2
/** A host is asked one thing at a time all the same. */
const checkedAtOnce = 8

export type CollectorParts = {
  sources(): readonly Source[]
  states: SourceStates
  catalogue: Catalogue
  web: Web
  alarms: Alarms
  clock: Clock
  log: Log
  tag: (title: string, text: string) => Tags
  checkDeadline: CheckDeadline
}

export type Collector = ReturnType<typeof createCollector>

/** Checks sources for new entries. A failure of one is noted on it and stops no other. */
export function createCollector(parts: CollectorParts) {
  const { sources, states, catalogue, web, alarms, clock, log, tag, checkDeadline } = parts
  const underWay = new Map<string, Promise<void>>()
  const tooOld = new Set<string>()
  const inParallel = createSemaphore(checkedAtOnce)
  let isStopped = false

  const isOn = (source: Source, state: SourceState) => state.isOn ?? source.on

  async function checkUnlessStopped(source: Source): Promise<void> {
    try {
      if (!isStopped) await checkAndNote(source)
    } catch (cause) {
      log.error({ source: source.id, reason: reasonOf(cause) }, 'collecting failed')
    }
  }

  async function checkAndNote(source: Source): Promise<void> {
    const before = await states.get(source.id)
    const check = await readSource(source, before)
    if (isStopped && check.kind === 'failed') return
    await states.change(source.id, now => afterCheck(now, check, clock.now()))
    const state = await states.get(source.id)
    tellAlarm(alarms, source, state, isOn(source, state))
  }

  async function readSource(
    source: Source,
    { etag, lastModified, words }: SourceState,
  ): Promise<SourceCheck> {
    try {
      const page = await web.get(source.url, { etag, lastModified })
      return page.kind === 'unchanged' ? page : await admitEntries(source, page, words)
    } catch (cause) {
      if (cause instanceof WebFault || cause instanceof UnreadableSource) {
        return { kind: 'failed', reason: cause.message }
      }
      throw cause
    }
  }

  async function admitEntries(
    source: Source,
    page: WebPage,
    words: SourceState['words'],
    moves = 0,
  ): Promise<SourceCheck> {
    const read = await entriesOf(source, page)
    if (read.movesTo !== '' && moves >= mostMoves)
      throw new UnreadableSource(`这一页只是转到 ${read.movesTo}，请填那个网址。`)
    if (read.movesTo !== '') {
      const next = await web.get(read.movesTo)
      return next.kind === 'unchanged'
        ? next
        : withMove(await admitEntries(source, next, words, moves + 1), read.movesTo)
    }
    const { entries } = read
    const wanted = entries.filter(entry => passesFilter(words, entry))
    const { fresh, remark: twice } = newEntries(wanted)
    const remark = [twice, read.remark].filter(Boolean).join('；') || undefined
    const taken = fresh.slice(0, mostArticles)
    const drafts: ItemDraft[] = []
    for (const entry of taken) drafts.push(...(await draftFrom(source, entry)))
    const admitted = await catalogue.admit(drafts)
    // While something waits, the page must be read again even if it does not change.
    const validators = taken.length < fresh.length ? {} : page.validators
    const added = admitted.filter(({ isNew }) => isNew).length
    return {
      kind: 'read',
      count: entries.length,
      added,
      remark,
      mayBeEmpty: source.kind === 'feed',
      ...validators,
    }
  }

  /** Entries that are new and not too old, each link once. */
  function newEntries(entries: readonly SourceEntry[]) {
    const today = inShanghai(clock.now()).toPlainDate()
    const seen = new Set<string>()
    let twice = 0
    const fresh = entries.filter(entry => {
      const key = linkKey(entry.link)
      if (seen.has(key)) {
        twice++
        return false
      }
      seen.add(key)
      return !catalogue.hasLink(entry.link) && !tooOld.has(key) && !isOld(entry.date, today)
    })
    const remark = twice > 0 ? `有 ${twice} 条和别的条目是同一个链接，只收了每个链接的第一条` : undefined
    return { fresh, remark }
  }

  async function draftFrom(source: Source, entry: SourceEntry): Promise<ItemDraft[]> {
    const cut = isCutTitle(entry.title)
    const article =
      entry.text.length < shortestText
        ? await readOriginal(web, entry.link, cut ? entry.title : undefined)
        : undefined
    const at = clock.now()
    const today = inShanghai(at).toPlainDate()
    // Where a list has no dates, the whole entry stands for one.
    const date = (!publicationDay(entry.date, today) && article?.date) || entry.date
    if (isOld(date, today)) {
      tooOld.add(linkKey(entry.link))
      return []
    }
    const text = article && article.text.length > entry.text.length ? article.text : entry.text
    const isLonger = article !== undefined && (cut || continuesTitle(article.title, entry.title))
    const title = (isLonger && article.title) || entry.title
    const doubts = article?.unread ? [`原文没有读到：${article.unread}`] : (article?.gaps ?? [])
    const given = {
      ...entry,
      title,
      text,
      date,
      from: source.name,
      stream: source.stream,
      sourceId: source.id,
    }
    const by = { id: source.id, name: source.name }
    return [await checkDeadline(await itemDraftOf({ ...given, origin: 'source', doubts }, { at, tag, by }))]
  }

  return {
    isOn: async (source: Source) => isOn(source, await states.get(source.id)),
    /** Checks a source now, or joins the check that is under way. Never throws; what came of it is on the source. */
    check(source: Source): Promise<void> {
      const running = underWay.get(source.id)
      if (running !== undefined) return running
      const mine = inParallel(() => checkUnlessStopped(source)).finally(() => underWay.delete(source.id))
      underWay.set(source.id, mine)
      return mine
    },
    isChecking: (source: Source) => underWay.has(source.id),
    /** Alarms are kept in memory: those of before a restart are raised again. */
    async tellAlarms(): Promise<void> {
      for (const source of sources()) {
        const state = await states.get(source.id)
        tellAlarm(alarms, source, state, isOn(source, state))
      }
    },
    /** Clears the alarm of a source that was removed. */
    clearAlarm: (source: Source) => tellAlarm(alarms, source, {}, false),
    /** Waits for the checks under way; those that fail from now on are not noted. */
    async stop(): Promise<void> {
      isStopped = true
      await Promise.all(underWay.values())
    },
  }
}

/** The result of a page that was read elsewhere, an address that the source had better name. */
function withMove(check: SourceCheck, movesTo: string): SourceCheck {
  if (check.kind !== 'read') return check
  const told = `这一页只是转到 ${movesTo}，已经跟过去读了，最好直接填那个网址`
  return { ...check, remark: [told, check.remark].filter(Boolean).join('；') }
}

function isOld(date: string, today: Temporal.PlainDate): boolean {
  const day = publicationDay(date, today)
  return day !== undefined && Temporal.PlainDate.compare(day, today.subtract({ days: oldestDays })) < 0
}
