import { Refusal } from '../../../feature.ts'
import type { Member } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import { calledBy } from '../../../text/names/names.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { People } from './people.ts'
import { acceptedAttempt } from './rules.ts'
import { clockTime } from './words.ts'

/** Marks between names. */
const between = /[、，,；;\n]/u

/**
 * The person that an organizer means, among those of the lesson and of its groups.
 * @throws {@link Refusal} when no person, or more than one, has this name, or several names were written; our own id
 * tells namesakes apart
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
  if (!found && between.test(said))
    throw new Refusal(
      `「${said}」是好几个人，请一个人发一次。都到了的，私聊我发「名单」，后面贴上这些名字，我一起补记。`,
    )
  if (!found) {
    throw new Refusal(`没见过「${said}」。名字没写错的话，${ifUnknown}`)
  }
  if (more.length > 0) {
    const lines = [found, ...more].map(member => `${member.name}（编号 ${member.id}${signedAt(member)}）`)
    throw new Refusal(`有几位都叫「${said}」，请用全名或编号再发一次：\n${lines.join('\n')}`)
  }
  return found
}
