import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import type { Person } from '../../../src/feature.ts'
import { linesOf } from '../../../src/features/digest/content/extract.ts'
import type { DigestParts } from '../../../src/features/digest/context.ts'
import { digest } from '../../../src/features/digest/index.ts'
import { createOutbox } from '../../../src/outbox/index.ts'
import type { KeptQuestion } from '../../../src/ports/asked.ts'
import { noClauses } from '../../../src/ports/clauses.ts'
import type { Directory, Role } from '../../../src/ports/directory.ts'
import { noGroupTasks } from '../../../src/ports/group-tasks.ts'
import type { GroupCard } from '../../../src/ports/groups.ts'
import type { Item, Items } from '../../../src/ports/items.ts'
import { oneLine } from '../../../src/ports/sending-lines.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createFixedDirectory, createWorld, play, type World } from '../../conversation.ts'
import { pace, pass, settle, surroundings } from '../../outbox/world.ts'
import { sampleItem } from '../../sample-item.ts'

export const groups = ['优空间创客群', '恒丰大厦群', '蒲公英群']

/** One item of the file, as a person writes it. */
export function itemText(id: string, more: Record<string, string> = {}): string {
  const fields = {
    id,
    stream: '政策',
    title: `${id} 的标题`,
    who: '小微企业',
    benefit: '减半征收',
    when: '长期',
    where: '申报时享受',
    documents: '[{ title: 某公告, number: 2023年第12号, date: "2023-08-02" }]',
    publishedOn: '"2026-11-01"',
    ...more,
  }
  return `- ${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n  ')}\n`
}

/** A file of items that a test may write anew. */
export function createItemsFile(...items: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'digest-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'items.yaml')
  const write = (...texts: string[]) => writeFileSync(path, texts.join('\n'))
  write(...items)
  return { path, write }
}

const day = (date: string) => Temporal.PlainDate.from(date)
/** The last day on which one may apply, with its sentence. */
export const deadline = (date: string) => ({ value: day(date), sentence: `请于${date}前申报。` })

/** The same with the lines that a digest says of it. */
export const anItem = (id: string, more: Partial<Item> = {}) =>
  sampleItem(id, {
    from: '市科技局',
    text: `${id} 的标题。`,
    lines: { what: `${id} 的标题`, who: '小微企业：减半征收。', when: '长期；申报时享受。' },
    ...more,
  })

/** The approved items, to be changed as a test goes on. */
export function createItemList(...first: Item[]): Items & { put(...items: Item[]): void } {
  let all = first
  const live = () => all.filter(({ state }) => state === 'approved')
  return {
    put: (...items) => {
      const ids = new Set(items.map(({ id }) => id))
      all = [...all.filter(({ id }) => !ids.has(id)), ...items]
    },
    onProgramme: async () => [],
    async approvedBetween(stream, from, to) {
      return live().filter(
        item =>
          item.stream === stream &&
          Temporal.Instant.compare(from, item.approvedAt) <= 0 &&
          Temporal.Instant.compare(item.approvedAt, to) <= 0,
      )
    },
    get: async id => all.find(item => item.id === id),
    async withDeadline(from, to) {
      return live().filter(
        ({ deadline: found }) =>
          found &&
          Temporal.PlainDate.compare(from, found.value) <= 0 &&
          Temporal.PlainDate.compare(found.value, to) <= 0,
      )
    },
  }
}

export const groupCard = (id: string, more: Partial<GroupCard> = {}): GroupCard => ({
  id,
  name: id,
  space: '',
  branch: '',
  tags: [],
  form: 'text',
  isOrganizers: false,
  ...more,
})

type Setting = {
  world?: World
  /** Bound groups; a test may change them. */
  cards?: GroupCard[]
  itemList?: ReturnType<typeof createItemList>
  roles?: Record<string, Role[]>
  questions?: KeptQuestion[]
  parts?: Partial<DigestParts>
}

/** Bound groups that may change, and who may do what. */
function directoryOver(cards: readonly GroupCard[], roles: Record<string, Role[]>): Directory {
  const fixed = createFixedDirectory([], roles)
  const names = () => cards.map(({ id, name }) => ({ id, name }))
  return { ...fixed, groups: async () => names(), group: async id => names().find(group => group.id === id) }
}

/**
 * A bot with the digest and a real outbox, half an hour before Friday's push; `restart` is a second life. 陈姐 and 老何
 * organize, 林书记 reviews.
 */
export function openDigest(setting: Setting = {}) {
  const world = setting.world ?? createWorld('2026-11-27T16:00:00+08:00')
  const itemList = setting.itemList ?? createItemList(anItem('loan'), anItem('tax'))
  const cards = setting.cards ?? groups.map(id => groupCard(id))
  const roles = setting.roles ?? { org: ['organizer'], he: ['organizer'], lin: ['reviewer'] }
  const directory = directoryOver(cards, roles)
  const outbox = createOutbox({ ...world, ...surroundings, pace })
  const { feature, sent } = digest({
    ...world,
    outbox,
    directory,
    groups: { all: async () => cards },
    items: itemList,
    pictures: { png: async svg => new TextEncoder().encode(svg) },
    writeLines: async item => linesOf(item),
    lines: oneLine,
    groupTasks: noGroupTasks,
    asked: { between: async () => setting.questions ?? [] },
    clauses: noClauses,
    cron: '30 16 * * 5',
    maxLateMinutes: 120,
    sendBackAttached: async () => undefined,
    mayAuthorApprove: false,
    ...setting.parts,
  })
  const played = play(world, directory, [feature])
  const org = played.person('org', '陈姐')
  const he = played.person('he', '老何')
  const lin = played.person('lin', '林书记')
  const mei = played.person('mei', '小美', groups[0])

  /** Starts as the process does: what the outbox has left, then what fell due. */
  async function start() {
    await outbox.start()
    await feature.start?.()
    await played.jobs.tick()
    await pass(world, 20, 1000)
    forget()
  }

  /** Moves to the minute and lets everything go out that is due. */
  async function forward(duration: { minutes?: number; hours?: number; seconds?: number }) {
    await played.forward(duration)
    await pass(world, 40, 1000)
  }

  async function restart() {
    await outbox.stop()
    const second = openDigest({ ...setting, world, itemList, cards })
    await second.start()
    await settle()
    return second
  }

  /** Forgets the private messages so far. */
  function forget() {
    const kept = world.said.filter(({ target }) => 'groupId' in target)
    world.said.splice(0, world.said.length, ...kept)
  }

  /** Which groups got something, in order. */
  const arrived = () => world.said.flatMap(({ target }) => ('groupId' in target ? [target.groupId] : []))
  /** Private messages to a person. */
  const toldTo = (personId: string) =>
    world.said.flatMap(({ target, reply }) =>
      'personId' in target && target.personId === personId ? [reply.text ?? reply.file?.name ?? ''] : [],
    )

  return {
    world,
    outbox,
    feature,
    sent,
    itemList,
    cards,
    org,
    he,
    lin,
    mei,
    start,
    forward,
    restart,
    arrived,
    toldTo,
    forget,
    ...{ played },
  }
}

/** The page as the console mounts it, for a logged-in person. */
export function openDigestPage(opened: ReturnType<typeof openDigest>, person: Person) {
  let who = person
  const app = openConsoleApp(opened.feature.pages ?? [], () => who)
  const send = async (method: string, path: string, fields?: Record<string, string>) => {
    const body = fields ? { body: new URLSearchParams(fields) } : {}
    const response = await app.request(`/digest${path}`, { method, ...body })
    return { status: response.status, to: response.headers.get('location'), text: await response.text() }
  }
  const get = async (path = '') => (await send('GET', path)).text
  const post = (path: string, fields?: Record<string, string>) => send('POST', path, fields)
  const become = (other: Person) => {
    who = other
  }
  const field = (page: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  return { ...opened, app, get, post, become, field }
}
