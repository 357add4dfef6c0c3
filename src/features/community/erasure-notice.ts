import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RoleAddresses } from './identities/role-addresses.ts'

const noticeHours = 72

type Parts = { outbox: Outbox; clock: Clock; roleAddresses: Pick<RoleAddresses, 'holders'> }
/** `said`: the name with the space, as organizers know the row; `shared`: names that others bear, too. */
type Erased = { memberId: string; said: string; shared: readonly string[] }

/** Tells the organizers: their list has to change too, else the next import brings the person back. */
export async function tellOrganizers(
  { outbox, clock, roleAddresses }: Parts,
  { memberId, said, shared }: Erased,
): Promise<void> {
  const at = clock.now()
  const text = `名单上的${said}要求删除个人信息，已经删好：名单、身份都删了，历史签到改成不记名，总数不变。\n请从手里的名单文件里也去掉这一位，否则下次导入又会加回来。${sayShared(shared)}`
  await outbox.post(
    (await roleAddresses.holders('organizer')).map(personId => ({
      key: `erased-${memberId}/${personId}`,
      target: { personId },
      kind: 'prompt' as const,
      reply: { text },
      notAfter: at.add({ hours: noticeHours }),
    })),
  )
}

const sayShared = (names: readonly string[]) =>
  names.length === 0
    ? ''
    : `\n还有别人也叫「${names.join('」「')}」，记录里经手人写这个名字的分不清是谁，都没有改。`
