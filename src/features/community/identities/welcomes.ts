import type { Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { handleOf } from '../records/records.ts'

const maxLateMinutes = 10
const mostNamed = 30

/**
 * Tells those who have just said in a group who they are how to show it, in one message a group. In memory: after a
 * crash their claims still wait for an organizer.
 */
export function createWelcomes({
  outbox,
  clock,
  directory,
}: {
  outbox: Outbox
  clock: Clock
  directory: Directory
}) {
  const waiting = new Map<string, Set<string>>()

  async function tell(groupId: string, names: ReadonlySet<string>): Promise<void> {
    if (!(await directory.group(groupId))) return
    const at = clock.now()
    const more = names.size > mostNamed ? ` 等 ${names.size} 位` : ''
    const text = `收到：${[...names].slice(0, mostNamed).join('、')}${more}。为了不让别人冒名，请私聊我发「我是 姓名 手机尾号四位」，马上就对上；不方便也没关系，组织者会核对，签到照样记着。`
    const key = `welcome-${at.epochMilliseconds}/${handleOf(groupId)}`
    const notAfter = at.add({ minutes: maxLateMinutes })
    await outbox.post([{ key, target: { groupId }, kind: 'prompt', reply: { text }, notAfter }])
  }

  const sweep: Sweep = {
    name: 'binding-welcomes',
    everySeconds: 20,
    async run() {
      const told = [...waiting]
      waiting.clear()
      for (const [groupId, names] of told) await tell(groupId, names)
    },
  }

  return {
    add(groupId: string, name: string) {
      waiting.set(groupId, new Set([...(waiting.get(groupId) ?? []), name]))
    },
    sweep,
  }
}
