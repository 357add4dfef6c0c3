import { Refusal } from '../../feature.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { KeptItem } from './catalogue/records.ts'
import { stateWords } from './catalogue/rules.ts'
import { withoutSubmitter } from './privacy.ts'

/**
 * Takes back a submission that waits: of it and of its sender nothing stays but the number.
 * @param number of one of the person's own submissions; undefined: the only one that waits
 * @returns the submission as it was
 * @throws {@link Refusal} where it is not theirs, was decided on, or several wait
 */
export async function takeBack(
  catalogue: Catalogue,
  number: number | undefined,
  by: RecordedActor,
): Promise<KeptItem> {
  const own = await catalogue.kept(({ submitterId }) => submitterId === by.id)
  const item = number === undefined ? onlyWaiting(own) : own.find(one => one.number === number)
  if (!item) throw new Refusal(`你没有 ${number} 号投稿。投过哪些，发「我的投稿」看。`)
  await catalogue.change(item.number, now => {
    if (now.state === 'approved') throw new Refusal(`${now.number} 号投稿已经通过了，要收回请找组织者。`)
    if (now.state !== 'new') throw new Refusal(`${now.number} 号投稿${stateWords[now.state]}，不用撤回。`)
    return withoutSubmitter(now, [])
  })
  return item
}

function onlyWaiting(own: readonly KeptItem[]): KeptItem {
  const waiting = own.filter(({ state }) => state === 'new')
  const [only, ...others] = waiting
  if (!only) throw new Refusal('你没有还在等着看的投稿，没有可撤回的。')
  if (others.length > 0)
    throw new Refusal(
      `要撤回哪一条？\n${waiting.map(({ number, title }) => `${number}  ${title}`).join('\n')}\n发「撤回投稿」加上编号，比如「撤回投稿 ${only.number}」。`,
    )
  return only
}
