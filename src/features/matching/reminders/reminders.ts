import type { Temporal } from 'temporal-polyfill'
import { dayNumber } from '../../../matching/days.ts'
import { disclaimer } from '../../../matching/results.ts'
import type { CompiledTrack, VerdictName } from '../../../matching/verdicts.ts'
import { chineseDay } from '../../../matching/wording.ts'
import { type Companies, profileOfCompany, type SavedCompany, toldOf } from '../companies.ts'
import type { CompiledRules } from '../session.ts'

/** Minimum days between two reminders to one company. */
const daysBetween = 7
/** Before a window closes it is named at these distances. */
const daysBeforeClosing = [14, 3]

type Reminder = { key: string; text: string }

/** Reminders for a company today; pure. */
export function deadlinesFor(
  saved: SavedCompany,
  compiled: CompiledRules,
  on: string,
): { reminders: Reminder[]; told: Record<string, VerdictName> } {
  const profile = profileOfCompany(saved, compiled)
  const wanted = compiled.tracks.filter(({ track }) => saved.reminders.includes(track.id))
  const told = toldOf(wanted, profile)
  const reminders = wanted.flatMap(track => [
    ...windowReminders(track, on),
    ...changeReminders(track, saved, told),
  ])
  return { reminders: reminders.filter(({ key }) => !saved.sentReminders.includes(key)), told }
}

function windowReminders({ track }: CompiledTrack, on: string): Reminder[] {
  const windows = Array.isArray(track.windows) ? track.windows : []
  return windows.flatMap(({ opens, closes }) => {
    if (on < opens || on > closes) return []
    const left = dayNumber(closes) - dayNumber(on)
    const near = daysBeforeClosing.findLast(days => left <= days)
    const text =
      near === undefined
        ? `${track.name}开始受理了，到${chineseDay(closes)}截止`
        : `${track.name}还有 ${left} 天截止（${chineseDay(closes)}）`
    return [{ key: `${track.id}/${opens}/${near ?? 'open'}`, text }]
  })
}

/** A verdict that flipped: a condition became true by time, or a rule changed. */
function changeReminders(
  { track }: CompiledTrack,
  saved: SavedCompany,
  told: Record<string, VerdictName>,
): Reminder[] {
  const before = saved.told[track.id]
  const now = told[track.id]
  if (before === undefined || now === undefined || before === now || now === '不在时候') return []
  const key = `${track.id}/${before}/${now}`
  if (now === '对得上') return [{ key, text: `${track.name}：按你保存的情况，现在对得上了` }]
  if (before === '对得上')
    return [{ key, text: `${track.name}：你原来对得上，现在是「${now}」，条件可能变了，回「测政策」再看看` }]
  return now === '要先问清'
    ? [{ key, text: `${track.name}：条件有变动，要再问你一两个问题，回「测政策」` }]
    : []
}

/** One private message; the wording is fixed here, so that a change of it is reviewed like code. */
const letter = (reminders: readonly Reminder[]): string =>
  [
    '你要我提醒的政策：',
    ...reminders.map(({ text }) => `· ${text}`),
    `${disclaimer}不想再收到，回「不提醒」加名字。`,
  ].join('\n')

type SendParts = {
  companies: Companies
  compiled(): CompiledRules
  on: string
  at: Temporal.Instant
  /** Posts a private message; resolves once it is recorded as due. */
  post(memberId: string, key: string, text: string): Promise<void>
}

/** Sends each company the reminders that are due, in one message. */
export async function sendReminders({ companies, compiled, on, at, post }: SendParts): Promise<void> {
  for (const { key: memberId, value: saved } of await companies.list('')) {
    const { reminders, told } = deadlinesFor(saved, compiled(), on)
    if (reminders.length === 0 || isTooSoon(saved, at)) continue
    await companies.update(
      memberId,
      now =>
        now && {
          ...now,
          told: { ...now.told, ...told },
          sentReminders: [...now.sentReminders, ...reminders.map(({ key }) => key)].slice(-100),
          remindedAt: at.toString(),
        },
    )
    await post(memberId, on, letter(reminders))
  }
}

function isTooSoon({ remindedAt }: SavedCompany, at: Temporal.Instant): boolean {
  if (remindedAt === undefined) return false
  return at.epochMilliseconds - Date.parse(remindedAt) < daysBetween * 86_400_000
}

/** How many saved companies a track may concern: those for which it holds, or for which questions are open. */
export function countFor(
  programmeTracks: readonly string[],
  saved: readonly SavedCompany[],
  compiled: CompiledRules,
): number {
  const tracks = compiled.tracks.filter(({ track }) => programmeTracks.includes(track.id))
  return saved.filter(company => {
    const profile = profileOfCompany(company, compiled)
    return tracks.some(track => ['对得上', '不在时候', '要先问清'].includes(track.judge(profile).name))
  }).length
}

/** Counts below this are not told: they could lead to one company. */
export const leastCount = 5
