import { z } from 'zod'
import type { KnownSkew } from '../../adapters/line/handlers.ts'
import { createLineRouter, type NamedLine } from '../../adapters/line/router.ts'
import { createWording } from '../../adapters/line/wording.ts'
import { createPictures } from '../../adapters/pictures.ts'
import type { Config } from '../../config.ts'
import { groupNames } from '../../features/community/index.ts'
import { createOutbox } from '../../outbox/index.ts'
import type { Store } from '../../ports/store.ts'
import type { DataFiles } from '../files/files.ts'
import { paceOf } from '../files/settings.ts'
import type { Platform } from '../platform/platform.ts'
import { openSandbox } from '../sandbox.ts'
import { groupTaskSweeps, groupTasksOf } from './group-tasks.ts'
import { lineOpener } from './open.ts'
import { checkBots } from './plan/check.ts'
import { checkLines, hasOnlySandbox, plannedLines } from './plan/plan.ts'
import { linkDomainsOf, qqAppIdsOf } from './plan/settings.ts'
import { createSourcePages } from './source-pages.ts'
import { overallStatus } from './status.ts'

export type ChatLines = Awaited<ReturnType<typeof openLines>>

type Sources = { files: DataFiles; print(text: string): void }

/** The lines to the chat platforms and the outbox that sends over them; none runs yet. */
export async function openLines(config: Config, platform: Platform, { files, print }: Sources) {
  checkLines(config)
  checkBots(config)
  const { store, clock, log, alarms, metrics, isOwner } = platform
  const sandbox = await openSandbox(platform, files.simulatedCommunity, hasOnlySandbox(config))
  const clockSkew = openClockSkew(store)
  const pages = createSourcePages({
    store,
    clock,
    keepDays: config.SENT_TEXT_DAYS,
    publicUrl: config.PUBLIC_URL || config.CONSOLE_URL,
    domains: linkDomainsOf(config),
    appIds: qqAppIdsOf(config),
    drawsQrCodes: config.QQ_SOURCE_QR === 'yes',
    pictures: createPictures(),
  })
  const open = lineOpener(config, { platform, world: sandbox?.world, print })
  const lines = await Promise.all(
    plannedLines(config).map(async plan => open(plan, await clockSkew.read(plan.name))),
  )
  const router = createLineRouter(lines, createWording(pages))
  const groupName = groupNames(store)
  const outbox = createOutbox({
    store,
    chat: router.chat,
    clock,
    log,
    alarms,
    pace: paceOf(config, platform.settings),
    metrics,
    lines: lines.map(named => sendingLine(named, isOwner)),
    recall: ({ sentAt, ...message }) =>
      router.recall({ ...message, ageMs: clock.now().since(sentAt).total('milliseconds') }),
    proofOf: target => router.traits(target)?.proof ?? 'echo',
    isLineUp: () => isOwner() && overallStatus(router).state === 'up',
    account: () => lines[0]?.line.account() ?? '',
    async nameOf(target) {
      if (!('groupId' in target)) return '一个私聊'
      return (await groupName(target.groupId)) ?? '已解绑的群'
    },
  })
  const groupTasks = { port: groupTasksOf(lines), feature: groupTaskSweeps(lines, outbox) }
  return { router, outbox, sandbox, clockSkew, pages, groupTasks }
}

/** A line as the outbox sees it; down once another process may be sending. */
function sendingLine({ name, title, line }: NamedLine, isOwner: () => boolean) {
  const isUp = () => isOwner() && line.status().state === 'up'
  return {
    name,
    title,
    isUp,
    upSince: () => (isUp() ? line.status().since : undefined),
    account: () => line.status().account ?? '',
    pace: line.traits({ groupId: '' }).pace,
  }
}

const SkewRecord = z.object({ skewMs: z.number(), isProven: z.boolean() })

/** How far each platform's clock was off; the record `line/clock`, of a named line `line/clock-name`. */
function openClockSkew(store: Store) {
  const records = store.collection('line-clock', SkewRecord)
  const keyOf = (line: string) => (line === '' ? 'line/clock' : `line/clock-${line}`)
  return {
    read: (line: string) => records.get(keyOf(line)),
    keep: (line: string, known: KnownSkew) => records.update(keyOf(line), () => known),
  }
}
