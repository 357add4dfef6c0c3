import type { Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { handleOf } from '../records.ts'

const shelfLifeMinutes = 10
const mostNamed = 30

/**
 * Who has just said who they are, told to each group in one message. In memory: after a crash the link holds, and
 * the next receipt names the person as the roster does.
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
    const text = `和名单对上了：${[...names].slice(0, mostNamed).join('、')}${more}。以后签到、统计都用名单上的名字。`
    const key = `welcome-${at.epochMilliseconds}/${handleOf(groupId)}`
    const notAfter = at.add({ minutes: shelfLifeMinutes })
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
