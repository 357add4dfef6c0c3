import { nodeDisk } from '../../src/adapters/lowdb/disk.ts'

/**
 * Lets this process die by `kill -9` at one of its writes of deliveries: `before 5` when the fifth is about to take
 * effect, `after 5` when it has and no caller knows yet. Each change is two of them, a backup and the record itself.
 */
export function dieAtWrite(when: string | undefined) {
  const [moment, nth] = when?.split(' ') ?? []
  if (!moment) return
  const { rename } = nodeDisk
  let writes = 0
  nodeDisk.rename = async (from, to) => {
    // Not what organizers are told about it, which may be written at any moment beside it.
    const isMine = /\/deliveries\/digest-\d+\.json/.test(to) && ++writes === Number(nth)
    if (isMine && moment === 'before') process.kill(process.pid, 'SIGKILL')
    await rename(from, to)
    if (isMine) process.kill(process.pid, 'SIGKILL')
  }
}
