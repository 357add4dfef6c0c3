import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../../feature.ts'
import type { SecretAttempts } from '../secret-attempts.ts'

const triesPerPerson = 5
/** Misses of all people together from which on each may try once more: strangers cannot use up the code. */
const missesBeforeOneTry = 20

/** Six digits, free until they are read off the screen. */
export function newClaimCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0')
}

/**
 * Compares what people type with the code. A restart draws a new code, of which earlier misses tell nothing.
 * @returns a check that throws {@link Refusal} for a wrong code or too many tries
 */
export function createCodeCheck(
  code: string,
  attempts: SecretAttempts,
): (said: string, senderId: string) => Promise<void> {
  const all = `claim ${code}`
  return async (said, senderId) => {
    const isCrowded = (await attempts.countOf(all)) >= missesBeforeOneTry
    const mine = { subject: `${all} ${senderId}`, most: triesPerPerson }
    const last = { subject: `${all} ${senderId} once more`, most: 1 }
    if (!(await attempts.take(isCrowded ? [mine, last] : [mine])))
      throw new Refusal('你试得有点多了。请到运行机器人的屏幕前核对，重启后会有新的认领码。')
    if (isSame(said, code)) return
    await attempts.take([{ subject: all, most: Number.MAX_SAFE_INTEGER }])
    throw new Refusal('认领码不对。它在机器人启动时的屏幕上，是六位数字，请核对后再发。')
  }
}

/** Compares hashes of equal length, so that the time tells nothing. */
function isSame(said: string, code: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(said.trim()), digest(code))
}
