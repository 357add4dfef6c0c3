import { answerStates } from '../../forms/sheet.ts'
import { doerNamesOf, erasedName, forgetDoers, withoutDoers } from '../../lib/doer-names.ts'
import { contentMark, type PersonalData } from '../../ports/personal-data.ts'
import { sayKeptDay } from '../../text/dates/kept-day.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import { createNameMask } from '../../text/names/names.ts'
import { chainKey, type FormRecords } from './records.ts'

/** Personal data in forms: one answer a form, until the form's time of keeping is over. */
export function formPrivacy(records: FormRecords): PersonalData {
  return {
    async kept({ memberId }) {
      const mine = (await records.all()).flatMap(({ form, answers }) =>
        answers.filter(one => one.memberId === memberId).map(answer => ({ form, answer })),
      )
      if (mine.length === 0) return []
      return [
        `报名：${mine.length} 张报名表`,
        ...mine.map(({ form, answer }) => {
          const values = form.fields.flatMap(({ id, ask }) =>
            answer.values[id] ? [`${ask} ${answer.values[id]}`] : [],
          )
          const said = [answerStates[answer.state], answer.option, ...values].filter(Boolean).join('，')
          return `${contentMark}${form.title}：${said}，留到${sayKeptDay(form.keptUntil)}`
        }),
      ]
    },
    async forget({ memberId, chatIds, ...called }) {
      const names = doerNamesOf(called)
      const masked = createNameMask(called.names.map(name => ({ name, mask: erasedName })))
      for (const { form } of await records.all())
        await records.change(form.number, now => ({
          ...withoutDoers(now, names),
          answers: withoutDoers(now.answers, names)
            .filter(one => one.memberId !== memberId)
            .map(one => ({
              ...one,
              values: Object.fromEntries(
                Object.entries(one.values).map(([id, text]) => {
                  const bare = masked(text)
                  return [id, bare === text ? text : withoutIdentifiers(bare)]
                }),
              ),
            })),
          notices: now.notices.filter(one => one.memberId !== memberId),
        }))
      for (const { key, value } of await records.chains.list('chains/')) {
        const people = value.people.filter(one => one.memberId !== memberId)
        const isTheirs = chatIds.some(id => key === chainKey(id))
        if (isTheirs) await records.chains.update(key, () => undefined)
        else if (people.length < value.people.length)
          await records.chains.update(key, now => now && { ...now, people })
      }
      await forgetDoers(records.templates, names)
    },
    async merge(moves) {
      for (const { form, answers } of await records.all()) {
        if (!answers.some(({ memberId }) => moves.has(memberId))) continue
        await records.change(form.number, now => {
          const moved = now.answers.map(one => ({
            ...one,
            memberId: moves.get(one.memberId) ?? one.memberId,
          }))
          // Where one member has two answers, the one with a place stays, else the first.
          const best = moved.toSorted((a, b) => rank(a.state) - rank(b.state))
          return {
            ...now,
            answers: moved.filter(one => best.find(other => other.memberId === one.memberId) === one),
            notices: now.notices.map(one => ({ ...one, memberId: moves.get(one.memberId) ?? one.memberId })),
          }
        })
      }
    },
  }
}

/** The data that two parts of a feature keep of a person. */
export const joinPersonalData = (first: PersonalData, second: PersonalData): PersonalData => ({
  kept: async person => [...(await first.kept(person)), ...(await second.kept(person))],
  async forget(person, alias) {
    await second.forget(person, alias)
    await first.forget(person, alias)
  },
  async merge(moves) {
    await second.merge(moves)
    await first.merge(moves)
  },
})

const rank = (state: keyof typeof answerStates) => ['in', 'offered', 'proxy', 'waiting', 'out'].indexOf(state)
