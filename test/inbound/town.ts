import { Temporal } from 'temporal-polyfill'
import { createPictures } from '../../src/adapters/pictures.ts'
import { createBot } from '../../src/bot.ts'
import type { Feature } from '../../src/feature.ts'
import { digest, ownSentences } from '../../src/features/digest/index.ts'
import { faq } from '../../src/features/faq/index.ts'
import { verbatim } from '../../src/features/faq/model/rewording.ts'
import { help } from '../../src/features/help/index.ts'
import { openItems, unchecked } from '../../src/features/items/index.ts'
import { loginFeature } from '../../src/features/login/index.ts'
import type { InboundSettings } from '../../src/inbound/settings.ts'
import { createOutbox, type Posting } from '../../src/outbox/index.ts'
import type { Message } from '../../src/ports/chat.ts'
import { noClauses } from '../../src/ports/clauses.ts'
import { noGroupTasks } from '../../src/ports/group-tasks.ts'
import { oneLine } from '../../src/ports/sending-lines.ts'
import { type Web, WebFault } from '../../src/ports/web.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createWorld, openCommunity } from '../conversation.ts'
import { openAttendance } from '../features/attendance/opened.ts'
import { pace, surroundings } from '../outbox/world.ts'
import { answerer } from '../shipped-knowledge.ts'

const noWeb: Web = {
  async get() {
    throw new WebFault('没有网络。')
  },
}

/** The real bot with all its features, two bound groups, an organizer `chen` and a lesson that has begun. */
export async function openTown(boundGroups: readonly string[], settings: InboundSettings) {
  const world = createWorld('2026-11-28T13:50:00+08:00')
  const { store, clock, log, scheduler } = world
  const posted: Posting[] = []
  const held = createOutbox({ ...world, ...surroundings, pace })
  const outbox = {
    ...held,
    async post(postings: Posting[]) {
      posted.push(...postings)
      await held.post(postings)
    },
  }
  const people = openCommunity({ store, clock, outbox })
  const { directory, roster } = people
  const shared = { store, clock, outbox, directory }
  const toTell = await openItems({
    ...shared,
    scheduler,
    alarms: world.alarms,
    log,
    web: noWeb,
    seedFile: 'data/digest/items.yaml',
    sources: [],
    tagWords: { programmes: [], topics: [] },
    nameOfProgramme: id => id,
    companiesFor: async () => undefined,
    checkDeadline: unchecked,
    keepDays: 180,
  })
  const features: readonly Feature[] = [
    people.feature,
    toTell.feature,
    openAttendance({
      ...shared,
      roster,
      scheduler: world.scheduler,
    }).feature,
    digest({
      ...shared,
      scheduler,
      cron: '30 16 * * 5',
      maxLateMinutes: 120,
      groups: people.groups.cards,
      items: toTell.items,
      pictures: createPictures(),
      writeLines: ownSentences,
      clauses: noClauses,
      lines: oneLine,
      groupTasks: noGroupTasks,
      asked: { between: async () => [] },
      sendBackAttached: async () => undefined,
      mayAuthorApprove: true,
    }).feature,
    loginFeature({
      endSessionsOf: async () => {},
      hasAccount: async () => false,
      createLoginLink: async () => 'http://127.0.0.1/login',
      directory,
    }),
    help({
      tip: '直接问我',
      tipTopic: '提问',
      explained: [],
      otherNames: { overview: [], topics: [] },
      features: () => features,
      directory,
    }),
    faq({
      answerer,
      clock,
      reword: verbatim,
      handOver: async () => ({ kind: 'nobody' }),
      asked: async () => {},
    }),
  ]
  const bot = createBot({
    features,
    directory,
    seen: store.collection('seen', ProcessedMessage),
    clock,
    log,
    settings,
  })
  let count = 0
  const chen = (text: string, groupId?: string): Message => ({
    id: `opening-${++count}`,
    senderId: 'chen',
    senderName: '陈姐',
    text,
    mentionsBot: false,
    sentAt: clock.now(),
    receivedAt: clock.now(),
    ...(groupId === undefined ? {} : { groupId, groupName: '优空间创客群' }),
  })
  await bot.answer(chen('认领 482913'))
  for (const groupId of boundGroups) {
    await bot.answer(chen('绑定本群', groupId))
    await bot.answer(chen('开课 周末微党课 14:00', groupId))
  }
  clock.forward(Temporal.Duration.from({ minutes: 10 }))
  return { ...world, posted, features, bot }
}
export type Town = Awaited<ReturnType<typeof openTown>>
