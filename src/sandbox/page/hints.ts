import type { Temporal } from 'temporal-polyfill'
import type { Directory } from '../../ports/directory.ts'
import { inShanghai } from '../../text/dates/time.ts'
import type { SandboxChat } from './chats.ts'

export type HintParts = {
  directory: Pick<Directory, 'group' | 'rolesOf'>
  /** The code that the first organizer types; undefined once there is one. */
  claimCode(): Promise<string | undefined>
}

/** Words to try that this person may say, in the order in which a newcomer needs them. */
export async function hintsFor(
  chat: SandboxChat,
  now: Temporal.Instant,
  parts: HintParts,
): Promise<string[]> {
  const code = await parts.claimCode()
  const isOrganizer = (await parts.directory.rolesOf(chat.me.id)).includes('organizer')
  if (chat.isPrivate) {
    const pushing = isOrganizer ? ['立即推送', '通过 1', '推送列表'] : []
    return [...(code ? [`认领 ${code}`] : []), ...pushing, '帮助', '高企怎么报', '登录']
  }
  const isBound = chat.groupId !== undefined && (await parts.directory.group(chat.groupId)) !== undefined
  if (!isBound) return ['绑定本群']
  return [
    `@${chat.botName} 高企怎么报`,
    ...(isOrganizer ? [`开课 周末微党课 ${startOfLesson(now)}`] : []),
    '签到',
    ...(isOrganizer ? ['下课', '预览推送'] : []),
    `@${chat.botName} 帮助`,
  ]
}

/** Messages of people after which they need no greeting any more. */
const mostGreeted = 10

/**
 * Suggests one thing to click for each of the three jobs, in a bound group, until it was said there; to a maker only
 * the question.
 * @param said what people said in the chat, oldest first
 * @returns undefined where there is nothing left to try, or people have talked for a while
 */
export async function greetingFor(
  chat: SandboxChat,
  { now, said }: { now: Temporal.Instant; said: readonly string[] },
  { directory }: HintParts,
) {
  if (chat.isPrivate || chat.groupId === undefined || said.length >= mostGreeted) return undefined
  if ((await directory.group(chat.groupId)) === undefined) return undefined
  const isOrganizer = (await directory.rolesOf(chat.me.id)).includes('organizer')
  const ofOrganizers = [
    { label: '开一节课', fill: `开课 周末微党课 ${startOfLesson(now)}`, begins: '开课' },
    { label: '看看下一次推送', fill: '预览推送', begins: '预览推送' },
  ]
  const asking = { label: '问一条政策', fill: `@${chat.botName} 高企怎么报`, begins: `@${chat.botName}` }
  const tries = [asking, ...(isOrganizer ? ofOrganizers : [])]
  const left = tries.filter(({ begins }) => said.every(text => !text.startsWith(begins)))
  return left.length > 0 ? left : undefined
}

/**
 * The start of the suggested lesson: within 15 minutes, so that people can sign in at once. Just
 * before midnight it is tomorrow.
 */
function startOfLesson(now: Temporal.Instant): string {
  const soon = inShanghai(now).add({ minutes: 5 }).round({
    smallestUnit: 'minute',
    roundingIncrement: 5,
    roundingMode: 'ceil',
  })
  const isToday = soon.toPlainDate().equals(inShanghai(now).toPlainDate())
  return `${isToday ? '' : '明天 '}${soon.toPlainTime().toString().slice(0, 5)}`
}
