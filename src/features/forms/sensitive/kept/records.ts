import { z } from 'zod'
import type { Store } from '../../../../ports/store.ts'
import { Sealed } from './vault.ts'

/** Owner of a one-time link; key `form-number/hash of the token`. */
const FormLink = z.object({ memberId: z.string(), until: z.string() })

/** A member's sensitive answers, by field id; key `form-number/member id`. Backups leave them out. */
const SensitiveAnswer = z.object({ values: z.record(z.string(), Sealed) })
export const sensitiveCollection = 'form-sensitive-answers'

/** `handed`: the office has it. `due`: its last day is over. `withdrawn`: by the member, or they no longer come. */
const ErasureCause = z.enum(['handed', 'due', 'withdrawn'])

const FieldErasure = z.object({ at: z.string(), cause: ErasureCause, to: z.string(), byName: z.string() })
export type FieldErasure = z.infer<typeof FieldErasure>

/** That a member filled in sensitive fields, and what became of each: proof without a value. Same key. */
const SensitiveProof = z.object({
  /** Receipt code of the sealed answers; the member has it too. */
  receipt: z.string(),
  at: z.string(),
  /** The words that the member agreed to. */
  consent: z.string(),
  fields: z.array(
    z.object({ id: z.string(), ask: z.string(), erased: FieldErasure.optional(), isTold: z.boolean() }),
  ),
})
export type SensitiveProof = z.infer<typeof SensitiveProof>

export const formPrefix = (number: number): string => `form-${number}/`
export const entryKey = (number: number, id: string): string => `${formPrefix(number)}${id}`

export type SensitiveRecords = ReturnType<typeof openSensitiveRecords>

/** Records of sensitive fields, apart from forms and their answers. */
export function openSensitiveRecords(store: Store) {
  return {
    links: store.collection('form-links', FormLink),
    answers: store.collection(sensitiveCollection, SensitiveAnswer),
    proofs: store.collection('form-sensitive-proofs', SensitiveProof),
  }
}
