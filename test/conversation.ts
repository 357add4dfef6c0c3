import { Temporal } from 'temporal-polyfill'
import { expect } from 'vitest'
import { createMovableClock } from '../src/adapters/clock.ts'
import { createMemoryStore } from '../src/adapters/memory.ts'
import { createNodeCron } from '../src/adapters/node-cron.ts'
import { createAlarms } from '../src/alarms.ts'
import { createBot } from '../src/bot.ts'
import type { Feature } from '../src/feature.ts'
import { type Community, community } from '../src/features/community/index.ts'
import { createPersonTurns } from '../src/inbound/person-turns.ts'
import { type InboundSettings, unlimitedInbound } from '../src/inbound/settings.ts'
import { createJobRunner } from '../src/jobs.ts'
import type { Log } from '../src/log.ts'
import { type AuditTrail, noAuditTrail } from '../src/ports/audit.ts'
import type { Chat, Message, Reply, Target } from '../src/ports/chat.ts'
import type { Directory, Member, Role } from '../src/ports/directory.ts'
import type { ExportLog } from '../src/ports/export-log.ts'
import { noMetrics } from '../src/ports/metrics.ts'
import type { Outages } from '../src/ports/outages.ts'
import type { Roster, RosterMember } from '../src/ports/roster.ts'
import type { FormSignUps } from '../src/ports/sign-ups.ts'
import { ProcessedMessage } from '../src/processed-messages.ts'
import { formalismIn } from '../src/text/formalism.ts'

/** Keeps what was logged as an error or warning, so that a test can say that nothing was. */
export function createQuietLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const keep = (...args: unknown[]) => void lines.push(JSON.stringify(args))
  return { lines, debug: () => {}, info: () => {}, warn: keep, error: keep } as unknown as Log & {
    lines: string[]
  }
}

/** Whatever a test sends in a group is held against the rules on formalism in work groups. */
export function expectNoFormalism({ text = '' }: Reply): void {
  expect(formalismIn(text), text).toEqual([])
}

/** The outside world of a bot in a test: a standing clock, a forgetting store, a line that keeps what was said. */
export function createWorld(startAt = '2026-11-28T13:00:00+08:00') {
  const clock = createMovableClock({ startAt: Temporal.Instant.from(startAt), isRunning: false })
  const store = createMemoryStore()
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const scheduler = createNodeCron(log)
  const said: { target: Target; reply: Reply; at: string }[] = []
  const chat: Chat = {
    async say(target, reply) {
      if ('groupId' in target) expectNoFormalism(reply)
      said.push({ target, reply, at: clock.now().toString() })
      return `out-${said.length}`
    },
  }
  return { clock, store, log, alarms, scheduler, chat, said, metrics: noMetrics }
}
/** `audit` absent: nothing is recorded. */
export type World = ReturnType<typeof createWorld> & { audit?: AuditTrail }

/** A log of exports that keeps nothing. */
export const noExports: ExportLog = { note: async () => {} }

/** No form is open. */
export const noForms: FormSignUps = {
  signUp: async () => undefined,
  leave: async () => undefined,
  own: async () => [],
  chain: async () => undefined,
}

/** A line that was never deaf. */
export const noOutages: Outages = { between: async () => [] }

/** A directory where the groups named are bound and roles are as given; for features other than community. */
export function createFixedDirectory(
  groups: string[] = ['优空间创客群'],
  roles: Record<string, Role[]> = {},
): Directory {
  return {
    group: async id => (groups.includes(id) ? { id, name: id } : undefined),
    groups: async () => groups.map(id => ({ id, name: id })),
    recognise: async message => ({ id: `m-${message.senderId}`, name: message.senderName }),
    rolesOf: async id => ['maker', ...(roles[id] ?? [])],
    identitiesOf: async id => new Set([id]),
    holders: async role => Object.keys(roles).filter(id => roles[id]?.includes(role)),
  }
}

/** A roster of these people, all known in every group; a chat id is the part behind `m-`. */
export function createFixedRoster(people: (Member & Partial<RosterMember>)[] = []): Roster {
  const all = people.map(one => ({ isOnRoster: true, branch: '', space: '', team: '', ...one }))
  const named = (field: 'branch' | 'space') => [...new Set(all.map(one => one[field]).filter(Boolean))].sort()
  return {
    members: async () => all.filter(one => one.isOnRoster),
    branches: async () => named('branch'),
    spaces: async () => named('space'),
    membersOf: async () => all,
    find: async ids => all.filter(({ id }) => ids.includes(id)),
    enrol: async name => ({ id: `m-${name}`, name }),
    memberIdOf: async id => `m-${id}`,
    staff: async () => new Map(),
    addressOf: async id =>
      id.startsWith('m-') ? { chatId: id.slice(2) } : { chatId: undefined, whyNot: 'unheard' },
  }
}

type CommunityParts = Parameters<typeof community>[0]

/** The community as it is, with settings that a test need not name. */
export function openCommunity(
  parts: Pick<CommunityParts, 'store' | 'clock' | 'outbox'> & Partial<CommunityParts>,
): Community {
  return community({
    scheduler: createNodeCron(createQuietLog()),
    turns: createPersonTurns(),
    claimCode: '482913',
    line: () => ({ platform: 'sandbox', account: 'bot' }),
    features: () => [],
    keepsParty: false,
    keepDays: { strangers: 365, attendance: 1095, exportLog: 1095 },
    privacy: {
      handler: '台江区创客服务中心',
      contact: '0591-00000000',
      processors: [],
      keepDays: { questions: 180, attendance: 1095, leaveReasons: 180, sentTexts: 90, strangers: 365 },
    },
    ...parts,
  })
}

/** A reply as it arrives. */
async function received({ whenDone, addressee, ...reply }: Reply): Promise<Reply> {
  await whenDone?.(true)
  return addressee?.isNeeded() ? { ...reply, mention: [addressee.personId] } : reply
}

/** Puts a bot with these features into the world, and gives people who talk to it. */
export function play(
  world: World,
  directory: Directory,
  features: readonly Feature[],
  settings: InboundSettings = unlimitedInbound,
) {
  const { clock, store, log, alarms, scheduler, audit = noAuditTrail } = world
  const seen = store.collection('seen', ProcessedMessage)
  const bot = createBot({ features, directory, seen, clock, log, settings, audit })
  const jobs = createJobRunner({
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
    store,
    scheduler,
    clock,
    log,
    alarms,
  })
  let count = 0

  /** A person in a group, or in private where no group is given. */
  function person(senderId: string, senderName: string, groupId?: string) {
    let lastSaid = clock.now().subtract({ milliseconds: 1 })
    /** Each message has a millisecond of its own, though the clock stands. */
    function nextMoment(): Temporal.Instant {
      const next = lastSaid.add({ milliseconds: 1 })
      lastSaid = Temporal.Instant.compare(clock.now(), next) > 0 ? clock.now() : next
      return lastSaid
    }
    const message = (text: string, more: Partial<Message> = {}): Message => ({
      id: `in-${++count}`,
      ...(groupId ? { groupId, groupName: groupId } : {}),
      senderId,
      senderName,
      text,
      mentionsBot: false,
      sentAt: more.sentAt ?? nextMoment(),
      receivedAt: clock.now(),
      ...more,
    })
    async function send(sent: Message): Promise<Reply[]> {
      const replies = await bot.answer(sent)
      if (sent.groupId) for (const reply of replies) expectNoFormalism(reply)
      return Promise.all(replies.map(received))
    }
    /** Says it, and expects replies that contain these texts, one each, in order; none for silence. */
    const says = async (text: string, ...expected: string[]) =>
      expectReplies(await send(message(text)), expected)
    /** The same with an @ to the bot. */
    const asks = async (text: string, ...expected: string[]) =>
      expectReplies(await send(message(text, { mentionsBot: true })), expected)
    return { message, send, says, asks }
  }

  function expectReplies(replies: Reply[], expected: string[]): Reply[] {
    expect(replies.map(reply => reply.text ?? reply.file?.name)).toEqual(
      expected.map(text => expect.stringContaining(text)),
    )
    return replies
  }

  /** Moves the clock and lets happen what was due. */
  async function forward(duration: Temporal.DurationLike) {
    clock.forward(duration)
    await jobs.tick()
  }

  return { bot, jobs, person, forward }
}
