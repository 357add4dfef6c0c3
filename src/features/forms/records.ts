import { z } from 'zod'
import { FormRecord } from '../../forms/form.ts'
import { createMutex } from '../../lib/queue.ts'
import type { Store } from '../../ports/store.ts'

/** A comparison that waits to be confirmed; key `chains/sender id`. */
const PendingChain = z.object({
  number: z.number().int(),
  people: z.array(
    z.object({
      memberId: z.string(),
      name: z.string(),
      people: z.number().int(),
      option: z.string().optional(),
    }),
  ),
  at: z.string(),
})

/** The office's own sheet for a form; key `form-number/template`. */
const FormTemplate = z.object({ name: z.string(), base64: z.base64(), byName: z.string() })

const keyOf = (number: number) => `form-${number}/form`

export type FormRecords = ReturnType<typeof openFormRecords>

/** The forms and their answers. */
export function openFormRecords(store: Store) {
  const forms = store.collection('sign-up-forms', FormRecord)
  const numbering = createMutex()
  let seen: readonly FormRecord[] = []
  const all = async () => {
    const found = (await forms.list('')).map(({ value }) => value)
    seen = found.sort((a, b) => b.form.number - a.form.number)
    return found
  }

  return {
    chains: store.collection('form-chains', PendingChain),
    templates: store.collection('form-templates', FormTemplate),
    /** Latest first. */
    all,
    /** All forms at the last look, to tell at once whether a message may concern one. */
    seen: () => seen,
    get: (number: number) => forms.get(keyOf(number)),
    /** Adds a form under the next number. */
    add: (make: (number: number) => FormRecord): Promise<FormRecord> =>
      numbering(async () => {
        const number = Math.max(0, ...(await all()).map(({ form }) => form.number)) + 1
        const made = make(number)
        const added = (await forms.update(keyOf(number), now => now ?? made)) ?? made
        await all()
        return added
      }),
    /** @throws what `change` throws; nothing is changed then */
    async change(number: number, change: (now: FormRecord) => FormRecord): Promise<FormRecord> {
      const changed = await forms.update(keyOf(number), now => now && change(now))
      if (!changed) throw new Error(`there is no form ${number}`)
      return changed
    },
  }
}
export const chainKey = (senderId: string): string => `chains/${senderId}`
export const templateKey = (number: number): string => `form-${number}/template`
