import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { timeZone } from '../../text/dates/time.ts'
import type { SeedItem } from './seed-file.ts'

/**
 * An item of the file as those who compose see it. It was checked by hand, so it counts as approved, from the morning
 * of the day on which it may first be told; its three lines are the person's own.
 */
export function itemOfSeed(seed: SeedItem): Item {
  const lines = linesOf(seed)
  const [document] = seed.documents
  return {
    id: seed.id,
    revision: revisionOf(seed),
    stream: seed.stream,
    title: seed.title,
    link: seed.source,
    from: '手工整理',
    documentNumber: document?.number,
    publishedOn: Temporal.PlainDate.from(seed.publishedOn),
    deadline: undefined,
    unconfirmedDays: [],
    isSetLocally: false,
    effectiveFrom: undefined,
    effectiveUntil: seed.validUntil
      ? { value: Temporal.PlainDate.from(seed.validUntil), sentence: seed.when }
      : undefined,
    programmeIds: [],
    topics: [],
    text: [seed.title, lines.who, lines.when].join('\n'),
    lines,
    state: 'approved',
    approvedAt: Temporal.PlainDate.from(seed.publishedOn).toZonedDateTime(timeZone).toInstant(),
    readers: [],
  }
}

/** The file has no history, so its words stand for it: another wording is another revision. */
function revisionOf(seed: SeedItem): number {
  return createHash('sha256').update(JSON.stringify(seed)).digest().readUInt32BE(0)
}

function linesOf(seed: SeedItem) {
  const asOf = seed.asOf ? `（这是 ${sayPartialDate(seed.asOf)} 的口径，以最新通知为准）` : ''
  const documents = seed.documents.map(sayDocument).join('；')
  return {
    what: seed.title,
    who: `${seed.who}：${seed.benefit}。`,
    when: `${seed.when}；${seed.where}${asOf}。${documents}${seed.source ? ` ${seed.source}` : ''}`,
  }
}

function sayDocument({ title, number, date, dateIs }: SeedItem['documents'][number]): string {
  return `《${title}》${number}，${sayPartialDate(date)}${dateIs === '施行' ? '起施行' : ''}`
}

/** 「2026年11月27日」, 「2025年9月」. */
function sayPartialDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day === undefined ? '' : `${day}日`}`
}
