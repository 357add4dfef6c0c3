import { html } from 'hono/html'
import { z } from 'zod'
import type { Html } from '../../../console/widgets.ts'
import type { GroupCard } from '../../../ports/groups.ts'
import { chooseGroups, everyGroup, targetsIn, targetWords } from '../content/targets.ts'

/** The field of a form with {@link groupPicker}; it takes several values. */
export const targetsField = 'targets'

/** Ticked groups in the form of written targets; 「全部」 counts before all else. Empty where none is ticked. */
export const tickedTargets = (chosen: readonly string[] = []): string =>
  chosen.includes(everyGroup) ? everyGroup : chosen.filter(Boolean).join('、')

export const Targets = z
  .array(z.string().max(2000, '「发到」写得太长了。'))
  .transform(tickedTargets)
  .refine(targets => targets !== '', '请选发到哪些群。')

const kinds = [
  { title: '按众创空间', prefix: '空间:' },
  { title: '按支部', prefix: '支部:' },
  { title: '按标签', prefix: '标签:' },
] as const
type Option = { word: string; label: string }

/**
 * The choice of groups: all, those of a space, a branch or a tag, or single ones.
 * @param targets what is chosen now, as it is written; empty: nothing yet
 */
export function groupPicker(targets: string, cards: readonly GroupCard[]): Html {
  const words = targetWords(cards).filter(word => word !== everyGroup)
  const chosen = new Set(targetsIn(targets, cards))
  const prefixOf = (word: string) => kinds.find(({ prefix }) => word.startsWith(prefix))?.prefix
  const options = (prefix: string | undefined): Option[] =>
    words.filter(word => prefixOf(word) === prefix).map(word => ({ word, label: labelOf(word, cards) }))
  const unknown = [...chosen].filter(word => !words.includes(word)).map(word => ({ word, label: word }))
  const lists = [
    ...kinds.map(({ title, prefix }) => ({ title, options: options(prefix) })),
    { title: '一个一个选', options: options(undefined) },
    { title: '写着的', options: unknown },
  ]
  const isEvery = chosen.size === 0 && targets !== ''
  const makers = cards.filter(({ isOrganizers }) => !isOrganizers)
  return html`<fieldset class="groups"><legend>发到</legend>
    ${tick({ word: everyGroup, label: `全部 ${makers.length} 个群（去掉勾，就能选其中几个）` }, isEvery)}
    <div>${lists.map(list => (list.options.length === 0 ? '' : viewList(list, chosen)))}</div></fieldset>`
}

const viewList = ({ title, options }: { title: string; options: readonly Option[] }, chosen: Set<string>) =>
  html`<p class="hint">${title}</p><div class="ticks">${options.map(option => tick(option, chosen.has(option.word)))}</div>`

const tick = ({ word, label }: Option, isTicked: boolean): Html =>
  html`<label><input type="checkbox" name="${targetsField}" value="${word}"${isTicked ? html` checked` : ''}> ${label}</label>`

/** 「优空间（2 个群）」; a group that is meant alone has no number. */
function labelOf(word: string, cards: readonly GroupCard[]): string {
  const name = word.replace(/^(?:空间|支部|标签):/u, '')
  const { length } = chooseGroups(word, cards)
  return name === word && length === 1 ? name : `${name}（${length} 个群）`
}
