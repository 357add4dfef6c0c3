import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../feature.ts'

const triesPerPerson = 5
const triesInAll = 20

/** Six digits that are nobody's until somebody reads them off the screen. */
export function newClaimCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0')
}

/**
 * Compares what people type with the code. Misses are counted in memory, as the code itself lives no longer than
 * the process: 20 tries at six digits are a chance of 1 in 50,000.
 * @returns a check that throws {@link Refusal} for a wrong code or too many tries
 */
export function createCodeCheck(code: string): (said: string, senderId: string) => void {
  const misses = new Map<string, number>()
  let missesInAll = 0
  return (said, senderId) => {
    const mine = misses.get(senderId) ?? 0
    if (missesInAll >= triesInAll)
      throw new Refusal('认领码试错太多次，已经停用。请重启机器人，会有新的认领码。')
    if (mine >= triesPerPerson)
      throw new Refusal('你试得有点多了。请到运行机器人的屏幕前核对，重启后会有新的认领码。')
    if (isSame(said, code)) return
    misses.set(senderId, mine + 1)
    missesInAll += 1
    throw new Refusal('认领码不对。它在机器人启动时的屏幕上，是六位数字，请核对后再发。')
  }
}

/** Of equal length by hashing, so that the time it takes tells nothing. */
function isSame(said: string, code: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(said.trim()), digest(code))
}
