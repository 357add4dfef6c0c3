import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { createMovableClock } from '../../../src/adapters/clock.ts'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createNodeCron } from '../../../src/adapters/node-cron.ts'
import { createPictures } from '../../../src/adapters/pictures.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { createBroadcastActions } from '../../../src/features/digest/actions.ts'
import { sealOf } from '../../../src/features/digest/broadcast/state-machine.ts'
import { linesOf } from '../../../src/features/digest/content/extract.ts'
import { createLog } from '../../../src/log.ts'
import { createOutbox } from '../../../src/outbox/index.ts'
import { noClauses } from '../../../src/ports/clauses.ts'
import { noGroupTasks } from '../../../src/ports/group-tasks.ts'
import type { GroupCard } from '../../../src/ports/groups.ts'
import type { Item } from '../../../src/ports/items.ts'
import { noMetrics } from '../../../src/ports/metrics.ts'
import { oneLine } from '../../../src/ports/sending-lines.ts'
import type { Store } from '../../../src/ports/store.ts'
import { sampleItem } from '../../sample-item.ts'

const startAt = Temporal.Instant.from('2026-11-27T10:00:00+08:00')

/** A notice of the length that offices write, of which five are chosen out of many. */
function noticeOf(i: number): Item {
  const sentence = `申报截止时间为2026年12月${1 + (i % 28)}日。`
  return sampleItem(`item-${i}`, {
    title: `关于组织申报第${i}批企业研发投入奖补的通知`,
    link: `https://example.gov.cn/${i}.html`,
    from: '市科技局',
    documentNumber: `榕科〔2026〕${i}号`,
    publishedOn: Temporal.PlainDate.from('2026-11-20'),
    deadline: { value: Temporal.PlainDate.from({ year: 2026, month: 12, day: 1 + (i % 28) }), sentence },
    text: [
      '为鼓励企业加大研发投入，现组织开展奖补申报工作，有关事项通知如下。',
      '申报对象为在本区注册、具有独立法人资格的规模以上企业。',
      '对符合条件的企业，按研发投入的5%给予奖补，单个企业最高不超过50万元。',
      sentence,
      '请登录福建省科技创新平台填报，咨询电话0591-12345678。',
      ...Array.from({ length: 20 }, (_, n) => `第${n}项材料要求：按照通知附件的格式准备并加盖公章。`),
    ].join('\n'),
    approvedAt: startAt.subtract({ hours: 24 }),
  })
}

/**
 * Composes a digest out of 200 notices and queues it for a number of groups, on the store that ships: from the order to
 * compose until every delivery is written down durably. One group in ten gets the long picture.
 * Beside it, in the same run: as many durable writes of such a record, each awaited before the next.
 */
export async function measureQueueing(
  groupCount: number,
): Promise<{ seconds: number; oneByOneSeconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-digest-'))
  const clock = createMovableClock({ startAt, isRunning: false })
  const log = createLog('error')
  const alarms = createAlarms({ clock, log })
  const store = await openLowdbStore({ folder, alarms, log })
  const cards: GroupCard[] = Array.from({ length: groupCount }, (_, i) => ({
    id: `room-${i}@chatroom`,
    name: `创客群 ${i}`,
    space: '',
    branch: '',
    tags: [],
    form: i % 10 === 0 ? 'picture' : 'text',
    isOrganizers: false,
  }))
  const items = Array.from({ length: 200 }, (_, i) => noticeOf(i))
  const outbox = createOutbox({
    store,
    clock,
    log,
    alarms,
    chat: { say: () => new Promise<never>(() => {}) },
    metrics: noMetrics,
    isLineUp: () => false,
    account: () => 'bot',
    nameOf: async () => '',
    pace: {
      sameGroupGapMs: 1000,
      nextGroupGapMinMs: 3000,
      nextGroupGapMaxMs: 5000,
      sayDeadlineMs: 20_000,
      random: Math.random,
      perMinute: 40,
      perDay: 2000,
      firstWeekDivisor: 1,
      failuresToPause: 3,
      pauseMinutes: 30,
      throttleCodes: [],
      replies: { gapMs: 0, perMinute: 60, perDay: 1200, maxLateMinutes: 10 },
      quiet: { from: '00:00', until: '00:00', untilOnRestDays: '00:00' },
    },
  })
  const broadcasts = createBroadcastActions({
    store,
    clock,
    outbox,
    directory: {
      group: async id => cards.find(card => card.id === id),
      groups: async () => cards,
      recognise: async () => ({ id: '', name: '' }),
      rolesOf: async () => ['maker'],
      identitiesOf: async id => new Set([id]),
      holders: async () => [],
    },
    groups: { all: async () => cards },
    items: {
      approvedBetween: async () => items,
      onProgramme: async () => [],
      get: async id => items.find(item => item.id === id),
      withDeadline: async () => [],
    },
    scheduler: createNodeCron(log),
    pictures: createPictures(),
    writeLines: async item => linesOf(item),
    clauses: noClauses,
    asked: { between: async () => [] },
    cron: '30 16 * * 5',
    maxLateMinutes: 120,
    lines: oneLine,
    groupTasks: noGroupTasks,
    sendBackAttached: async () => undefined,
    mayAuthorApprove: false,
  })
  const begun = performance.now()
  const { number } = await broadcasts.digest('政策', { by: { id: 'a', name: '甲' }, state: 'review' })
  const reviewed = await broadcasts.existing(number)
  await broadcasts.approve(number, { id: 'b', name: '乙' }, sealOf(reviewed))
  const seconds = (performance.now() - begun) / 1000
  const queued = (await outbox.deliveries(`digest-${number}`)).length
  if (queued !== groupCount) throw new Error(`queued ${queued} of ${groupCount}`)
  const oneByOneSeconds = await writeOneByOne(store, groupCount)
  await store.close()
  rmSync(folder, { recursive: true })
  return { seconds, oneByOneSeconds }
}

async function writeOneByOne(store: Store, count: number): Promise<number> {
  const records = store.collection('bench-deliveries', z.object({ state: z.string(), at: z.string() }))
  const begun = performance.now()
  for (let i = 0; i < count; i++) {
    await records.update(`one/room-${i}`, () => ({ state: 'due', at: startAt.toString() }))
  }
  return (performance.now() - begun) / 1000
}
