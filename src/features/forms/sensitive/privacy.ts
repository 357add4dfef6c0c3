import { contentMark, type PersonalData } from '../../../ports/personal-data.ts'
import type { FormRecords } from '../records.ts'
import { entryKey, type SensitiveRecords } from './kept/records.ts'
import { sayProof } from './kept/words.ts'

/** Records of sensitive fields: the answers, that they were given and erased, and their viewers. */
export function sensitivePrivacy({
  formRecords,
  records,
}: {
  formRecords: FormRecords
  records: SensitiveRecords
}): PersonalData {
  const { proofs, answers, links } = records

  /** Merges the answers of two members who turned out to be one: the newer stay. */
  async function move(number: number, from: string, into: string): Promise<void> {
    const [source, target] = [entryKey(number, from), entryKey(number, into)]
    const proof = await proofs.get(source)
    const isNewer = proof && proof.at > ((await proofs.get(target))?.at ?? '')
    if (isNewer) {
      const answer = await answers.get(source)
      await proofs.update(target, () => proof)
      await answers.update(target, () => answer)
    }
    await answers.update(source, () => undefined)
    await proofs.update(source, () => undefined)
  }

  const changeViewers = async (change: (viewerIds: string[]) => string[]) => {
    for (const { form } of await formRecords.all())
      if (form.sensitiveFields.some(({ viewerIds }) => change(viewerIds).join() !== viewerIds.join()))
        await formRecords.change(form.number, now => ({
          ...now,
          form: {
            ...now.form,
            sensitiveFields: now.form.sensitiveFields.map(one => ({
              ...one,
              viewerIds: change(one.viewerIds),
            })),
          },
        }))
  }

  return {
    async kept({ memberId }) {
      const all = await Promise.all(
        (await formRecords.all()).map(async ({ form }) => ({
          title: form.title,
          proof: await proofs.get(entryKey(form.number, memberId)),
        })),
      )
      const mine = all.flatMap(({ title, proof }) =>
        proof ? [`${contentMark}${title}：${sayProof(proof).replaceAll('\n', '；')}`] : [],
      )
      return mine.length === 0 ? [] : [`报名时私下填的：${mine.length} 张报名表`, ...mine]
    },
    async forget({ memberId, names }) {
      for (const { key, value } of await proofs.list('')) {
        if (key.endsWith(`/${memberId}`)) {
          await answers.update(key, () => undefined)
          await proofs.update(key, () => undefined)
        } else if (value.fields.some(({ erased }) => erased && names.includes(erased.byName)))
          await proofs.update(
            key,
            now =>
              now && {
                ...now,
                fields: now.fields.map(one =>
                  one.erased && names.includes(one.erased.byName)
                    ? { ...one, erased: { ...one.erased, byName: '组织者' } }
                    : one,
                ),
              },
          )
      }
      for (const { key, value } of await links.list(''))
        if (value.memberId === memberId) await links.update(key, () => undefined)
      await changeViewers(ids => ids.filter(id => id !== memberId))
    },
    async merge(moves) {
      for (const { form } of await formRecords.all())
        if (form.sensitiveFields.length > 0)
          for (const [from, into] of moves) await move(form.number, from, into)
      for (const { key, value } of await links.list('')) {
        const memberId = moves.get(value.memberId)
        if (memberId !== undefined) await links.update(key, now => now && { ...now, memberId })
      }
      await changeViewers(ids => [...new Set(ids.map(id => moves.get(id) ?? id))])
    },
  }
}
