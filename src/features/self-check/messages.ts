import { broadcastOf } from '../../outbox/ledger/compacted.ts'
import { openContents, openDeliveries } from '../../outbox/ledger/records.ts'
import type { Store } from '../../ports/store.ts'
import { formalismIn } from '../../text/formalism.ts'

export type CheckedMessages = {
  /** Texts that were posted to groups and are still kept. */
  checked: number
  found: readonly { text: string; problems: readonly string[] }[]
}

const shownCharacters = 120

/** Looks at every text that went out to groups and is still kept. */
export async function checkGroupMessages(store: Store): Promise<CheckedMessages> {
  const [deliveries, contents] = await Promise.all([
    openDeliveries(store).list(''),
    openContents(store).list(''),
  ])
  const toGroups = new Set(
    deliveries.flatMap(({ key, value: { target, contentId } }) =>
      'groupId' in target ? [`${broadcastOf(key)}/${contentId}`] : [],
    ),
  )
  const texts = contents.filter(({ key }) => toGroups.has(key)).flatMap(({ value }) => value.text ?? [])
  return {
    checked: texts.length,
    found: texts.flatMap(text => {
      const problems = formalismIn(text)
      return problems.length > 0 ? [{ text: text.slice(0, shownCharacters), problems }] : []
    }),
  }
}
