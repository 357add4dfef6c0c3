import { type Answer, type Command, Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
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
    // In private there is no group to tell which are this person's: only those that they had to do with.
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
    const { name: byName } = await directory.recognise(message)
    const why = reason.join(' ')
    const decision = { isConfirmed, at: clock.now().toString(), byName, ...(why ? { why } : {}) }
    const untold: string[] = []
    for (const one of chosen) {
      const said = await makeUps.decide(one, decision)
      if (said !== undefined) untold.push(said)
    }
    const names = chosen.map(({ lesson, checkIn }) => `${checkIn.name}（${lesson.title}）`).join('、')
    return [`${isConfirmed ? '确认了' : '退回了'} ${chosen.length} 人的补学：${names}。`, ...untold].join(
      '\n',
    )
  }

  /** @throws {@link Refusal} with the list, where no person or more than one is meant */
  function choose(pending: Pending[], said: string, isConfirmed: boolean): Pending[] {
    if (said === '全部' && isConfirmed) return pending
    const named = pending.map(one => ({ ...one, name: one.checkIn.name }))
    const found = named.filter(one => one.checkIn.memberId === said || calledBy([one], said).length > 0)
    const members = new Set(found.map(({ checkIn }) => checkIn.memberId))
    if (said !== '' && members.size === 1) return found
    const lines = pending.map(
      ({ lesson, checkIn }) =>
        `${checkIn.name}（编号 ${checkIn.memberId}），「${lesson.title}」：${checkIn.makeUp?.words ?? ''}`,
    )
    throw new Refusal(
      `等着确认的补学有 ${pending.length} 份，请发「确认补学 姓名」「退回补学 姓名 原因」或「确认补学 全部」：\n${lines.join('\n')}`,
    )
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
