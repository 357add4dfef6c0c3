import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RoleAddresses } from './identities/role-addresses.ts'

/** Hours after which a rename is no longer told. */
const noticeHours = 72

/** Tells organizers that a bound group is called otherwise now: a person may have taken its old name. */
export function tellOfRenames(parts: {
  roleAddresses: Pick<RoleAddresses, 'holders'>
  outbox: Pick<Outbox, 'post'>
  clock: Clock
}) {
  const { roleAddresses, outbox, clock } = parts

  return async (before: string, name: string): Promise<void> => {
    const now = clock.now()
    const text = `「${before}」改名为「${name}」了。还是原来那个群，推送和签到照旧；不是你们改的，请到群里看看。`
    await outbox.post(
      (await roleAddresses.holders('organizer')).map(personId => ({
        key: `group-renamed-${now.epochMilliseconds}/${personId}`,
        target: { personId },
        kind: 'broadcast' as const,
        reply: { text },
        notAfter: now.add({ hours: noticeHours }),
      })),
    )
  }
}
