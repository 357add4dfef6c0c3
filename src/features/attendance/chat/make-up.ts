import { withReceipt } from '../../../approval.ts'
import { type Answer, type Command, Refusal } from '../../../feature.ts'
import { createShownMarks } from '../../../lib/shown-marks.ts'
import type { Message, Reply } from '../../../ports/chat.ts'
import { calledBy } from '../../../text/names/names.ts'
import { makeUp } from '../check-ins/check-in.ts'
import { statusOf } from '../check-ins/rules.ts'
import { sayChoices, sayLesson } from '../check-ins/words.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf, sentAtOf } from '../lessons/window.ts'
import { backDays, earlyHours, type MakeUps, type Pending } from '../make-ups.ts'
import type { OrganizerParts } from '../organizer-parts.ts'

export function makeUpCommands(parts: OrganizerParts & { makeUps: MakeUps }): Command[] {
  const { lessons, people, directory, clock, makeUps } = parts
  /** The versions of make-ups that each organizer was listed, by person, lesson and member. */
  const shownVersions = createShownMarks()

  /** The past lessons that this person was not at, the latest first. */
  async function missedBy(memberId: string, message: Message): Promise<Lesson[]> {
    const at = sentAtOf(message)
    const past = await lessons.between(
      { from: at.subtract({ hours: 24 * backDays }), to: at.add({ hours: earlyHours }) },
      message.groupId,
    )
    const over = past.filter(one => phaseOf(one, at) === 'over').reverse()
    const standing = await Promise.all(
      over.map(async lesson => {
        const one = (await people.held(lesson)).people.find(person => person.memberId === memberId)
        return { lesson, isKnown: one !== undefined, state: one && statusOf(lesson, one, at)?.state }
      }),
    )
    const missed = standing.filter(({ state }) => !['present', 'late', 'made-up'].includes(state ?? ''))
    // A private message names no group: only lessons that this person had to do with count.
    return missed.filter(({ isKnown }) => isKnown || message.groupId).map(({ lesson }) => lesson)
  }

  async function send(message: Message, rest: string): Promise<Answer> {
    const { id: memberId, name } = await directory.recognise(message)
    const missed = await missedBy(memberId, message)
    if (missed.length === 0) return '最近没有要你补学的课。'
    const { number = '', words = '' } =
      rest.match(/^(?<number>\d{1,2}(?=\s|$))?\s*(?<words>.*)$/su)?.groups ?? {}
    const lesson = number ? missed[Number(number) - 1] : missed.length === 1 ? missed[0] : undefined
    const now = clock.now()
    if (!lesson) {
      return `有 ${missed.length} 节课可以补，请带上号码，例如「补学 1 学到了什么」：\n${sayChoices('补学', missed, now)}`
    }
    const learnt = words.replaceAll(/\s+/gu, ' ').trim()
    if ([...learnt].length < 5) {
      return '请写一句学到了什么，例如「补学 弄清了加计扣除怎么算」，组织者确认后记为补学。'
    }
    const { groupId } = message
    const who = { memberId, name, ...(groupId ? { groupId } : {}) }
    const said = { at: sentAtOf(message).toString(), words: [...learnt].slice(0, 300).join('') }
    await people.take(lesson, memberId, (asIs, known) => makeUp(asIs, known, { who, said }))
    if (groupId && !message.mentionsBot) return undefined
    return `收到，${sayLesson(lesson, now)} 的补学等组织者确认，确认后我告诉你。`
  }

  async function decide(message: Message, rest: string, isConfirmed: boolean): Promise<Answer> {
    const pending = await makeUps.pending()
    if (pending.length === 0) throw new Refusal('没有等着确认的补学。')
    const [said = '', ...reason] = rest.split(/\s+/u)
    const chosen = choose(pending, said, isConfirmed)
    if (chosen.length === 0) return list(message, pending, sayHowToDecide(pending.length))
    const shown = await Promise.all(chosen.map(one => wasShown(message, one)))
    if (shown.includes(false)) {
      return list(message, chosen, '还没有给你看过现在写的，先没有记。请看过再发一次：')
    }
    const { name: byName } = await directory.recognise(message)
    const why = reason.join(' ')
    return record(chosen, { isConfirmed, at: clock.now().toString(), byName, ...(why ? { why } : {}) })
  }

  /** Each by itself: one that was written anew meanwhile keeps none of the others from being recorded. */
  async function record(chosen: Pending[], decision: Parameters<MakeUps['decide']>[1]): Promise<string> {
    const names: string[] = []
    const problems: string[] = []
    for (const one of chosen) {
      try {
        const untold = await makeUps.decide(one, decision)
        names.push(`${one.checkIn.name}（${one.lesson.title}）`)
        if (untold !== undefined) problems.push(untold)
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault
        problems.push(fault.message)
      }
    }
    const done = `${decision.isConfirmed ? '确认了' : '退回了'} ${names.length} 人的补学：${names.join('、')}。`
    return [...(names.length > 0 ? [done] : []), ...problems].join('\n')
  }

  const shownKey = ({ senderId }: Message, { lesson, checkIn }: Pending) =>
    `${senderId}/${lesson.id}/${checkIn.memberId}`

  /** By the list in this chat, or by the receipt that organizers get. */
  const wasShown = async (message: Message, one: Pending): Promise<boolean> =>
    (await shownVersions.shown(shownKey(message, one))) === one.version ||
    (await makeUps.wasTold(one, { personId: message.senderId, at: sentAtOf(message) }))

  function list(message: Message, pending: Pending[], lead: string): Reply[] {
    const lines = pending.map(
      ({ lesson, checkIn }) =>
        `${checkIn.name}（编号 ${checkIn.memberId}），「${lesson.title}」：${checkIn.makeUp?.words ?? ''}`,
    )
    const showing = pending.map(one => shownVersions.showing(shownKey(message, one), one.version))
    return withReceipt([{ text: [lead, ...lines].join('\n') }], async isSent => {
      await Promise.all(showing.map(tell => tell(isSent)))
    })
  }

  return [
    {
      words: ['补学', '補學'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '补学 学到了什么 —— 没来的课，事后补上',
      isLoose: true,
      repeatable: true,
      run: send,
    },
    ...([true, false] as const).map(
      (isConfirmed): Command => ({
        words: isConfirmed ? ['确认补学', '確認補學'] : ['退回补学', '退回補學'],
        takes: 'text',
        role: 'organizer',
        where: 'private',
        help: isConfirmed ? '确认补学 张三 —— 补学写得可以，记上' : '退回补学 张三 原因 —— 请他重写',
        run: (message, rest) => decide(message, rest, isConfirmed),
      }),
    ),
  ]
}

/** Those that are meant; empty where no person or more than one is. */
function choose(pending: Pending[], said: string, isConfirmed: boolean): Pending[] {
  if (said === '全部' && isConfirmed) return pending
  const named = pending.map(one => ({ ...one, name: one.checkIn.name }))
  const found = named.filter(one => one.checkIn.memberId === said || calledBy([one], said).length > 0)
  const members = new Set(found.map(({ checkIn }) => checkIn.memberId))
  return said !== '' && members.size === 1 ? found : []
}

const sayHowToDecide = (count: number) =>
  `等着确认的补学有 ${count} 份，请发「确认补学 姓名」「退回补学 姓名 原因」或「确认补学 全部」：`
