import { type Command, Refusal } from '../../../feature.ts'
import type { Member } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import { calledBy } from '../../../text/names/names.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt } from '../check-ins/rules.ts'
import { clockTime, verdictWords } from '../check-ins/words.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { actedBy, type OrganizerParts, type PickLesson } from './lesson-picker.ts'

const states = [...verdictWords.keys()].join('|')
const correction = new RegExp(
  `^(?<name>\\S.*?)[\\s:：]+(?<state>${states})(?:[\\s:：,，]+(?<why>\\S.*))?$`,
  'su',
)
const newcomer = /^新成员[\s:：]+(?<name>\S.*)$/u

/** Corrections by organizers, kept with who, when and why. */
export function correctionCommands(
  { people, roster, directory, actions }: OrganizerParts,
  pick: PickLesson,
): Command[] {
  return [
    {
      words: ['补签', '補簽'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '补签 张三 —— 人到了没签上，补记为到',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '补签')
        if (rest === '') throw new Refusal('请带上名字，例如「补签 张三」。')
        const added = rest.match(newcomer)?.groups?.name
        const member = added
          ? await roster.enrol(added, message.groupId ?? lesson.groupIds[0] ?? '')
          : await findMember({ roster, people }, lesson, asTyped(rest))
        return actions.correct(
          lesson,
          { member, to: 'present', why: '补签' },
          await actedBy(message, directory),
        )
      },
    },
    {
      words: ['更正'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '更正 张三 迟到 —— 改成到、迟到、请假或缺勤，后面可写原因',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '更正')
        const said = rest.match(correction)?.groups
        const to = verdictWords.get(said?.state ?? '')
        if (!said?.name || !to) {
          throw new Refusal('请写明是谁、改成什么，例如「更正 张三 迟到」，状态可以是到、迟到、请假、缺勤。')
        }
        const member = await findMember({ roster, people }, lesson, asTyped(said.name))
        return actions.correct(lesson, { member, to, why: said.why ?? '' }, await actedBy(message, directory))
      },
    },
    {
      words: ['撤销更正', '撤銷更正'],
      takes: 'text',
      role: 'organizer',
      where: 'anywhere',
      help: '撤销更正 张三 —— 刚才的更正或补签不算',
      async run(message, typed) {
        const { lesson, rest } = await pick(message, typed, '撤销更正')
        if (rest === '') throw new Refusal('请带上名字，例如「撤销更正 张三」。')
        const member = await findMember({ roster, people }, lesson, {
          said: rest,
          ifUnknown: '请用全名再发一次。',
        })
        return actions.withdrawCorrection(lesson, member, await actedBy(message, directory))
      },
    },
  ]
}

const asTyped = (said: string) => ({
  said,
  ifUnknown: `发「补签 新成员 ${said}」，我按这个名字记为到。`,
})

/**
 * The person that an organizer means, among those of the lesson and of its groups.
 * @throws {@link Refusal} when no person, or more than one, has this name; our own id tells namesakes apart
 */
export async function findMember(
  { roster, people }: { roster: Roster; people: People },
  lesson: Lesson,
  { said, ifUnknown }: { said: string; ifUnknown: string },
): Promise<Member> {
  const ofGroups = (await Promise.all(lesson.groupIds.map(id => roster.membersOf(id)))).flat()
  const held = (await people.held(lesson)).people
  const ofLesson = held.map(({ memberId: id, name }) => ({ id, name }))
  const known = [...new Map([...ofGroups, ...ofLesson].map(member => [member.id, member])).values()]
  const signedAt = (member: Member) => {
    const checkIn = held.find(({ memberId }) => memberId === member.id)?.checkIn
    const signed = checkIn && acceptedAttempt(lesson, checkIn)
    return signed ? `，${clockTime(signed.at)} 签到` : ''
  }
  const [found, ...more] = [...known.filter(({ id }) => id === said), ...calledBy(known, said)]
  if (!found) {
    throw new Refusal(`没见过「${said}」。名字没写错的话，${ifUnknown}`)
  }
  if (more.length > 0) {
    const lines = [found, ...more].map(member => `${member.name}（编号 ${member.id}${signedAt(member)}）`)
    throw new Refusal(`有几位都叫「${said}」，请用全名或编号再发一次：\n${lines.join('\n')}`)
  }
  return found
}
