import { OutdatedFormRefusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import { roleWords } from './date-roles.ts'
import type { KeptItem } from './records.ts'

type Dated = Pick<KeptItem, 'dates' | 'deadline' | 'deadlineChoices'>

/** Tells whether a date of an item, its role or the deadline has changed since its buttons were shown. */
export const dateVersion = ({ dates, deadline }: Dated, at: number): string => {
  const { value, from = '', role, said, correctedBy = '' } = dates[at] ?? { value: '', role: '', said: '' }
  return versionOf([value, from, role, said, correctedBy, deadline?.value ?? ''])
}

/** Tells whether the deadline or the days to choose from have changed since they were shown. */
export const deadlineVersion = ({ deadline, deadlineChoices }: Dated): string =>
  versionOf([deadline?.value ?? '', ...deadlineChoices.map(({ value }) => value)])

/**
 * A role that is given also sets or clears the deadline: pressed unseen, it would
 * take back another person's choice.
 */
export function outdatedDate(now: KeptItem, at: number): OutdatedFormRefusal {
  const date = now.dates[at]
  const role = date ? `「${date.said}」现在是${roleWords[date.role]}，` : ''
  return new OutdatedFormRefusal(
    `这里的日子刚被别人改过：${role}${sayDeadline(now)}。你点的没有保存，看一遍，还要改就再点一次。`,
    dateVersion(now, at),
  )
}

/** After the first choice there is nothing left to choose from; another day is typed in the form of the item. */
export function outdatedDeadline(now: KeptItem): OutdatedFormRefusal {
  const next = now.deadlineChoices.length > 0 ? '请看一遍再选' : '还要改，请点「修改」'
  return new OutdatedFormRefusal(
    `截止日刚被别人改过：${sayDeadline(now)}。你选的没有保存，${next}。`,
    deadlineVersion(now),
  )
}

const sayDeadline = ({ deadline, deadlineChoices }: KeptItem): string =>
  deadline
    ? `截止日是 ${sayKeptDay(deadline.value)}`
    : deadlineChoices.length > 0
      ? '截止日还没定'
      : '没有截止日'
