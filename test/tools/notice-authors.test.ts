import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { heldOutAuthors, learntAuthors, shortAuthor } from '../../tools/notices-train/authors.ts'
import { readMarkedNotices } from '../../tools/notices-train/labelled.ts'

const folder = 'data/notices'
const sizeOf = (authors: readonly string[]) =>
  authors.flatMap(author => readMarkedNotices(`${folder}/${author}.txt`, author)).length

test('every labelled author is either learnt from or held out', () => {
  const files = readdirSync(folder).filter(name => name.endsWith('.txt'))
  const named = [...learntAuthors, ...heldOutAuthors, shortAuthor].map(author => `${author}.txt`)
  expect(named.toSorted()).toEqual(files.toSorted())
})

test('a fifth of the notices of full length is never learnt from', () => {
  const heldOut = sizeOf(heldOutAuthors)
  expect(heldOut / (heldOut + sizeOf(learntAuthors))).toBeGreaterThanOrEqual(0.2)
})

test('days of marks are days of the calendar, and deadlines follow from them', () => {
  const notices = [...learntAuthors, ...heldOutAuthors].flatMap(author =>
    readMarkedNotices(`${folder}/${author}.txt`, author),
  )
  const strange = notices.filter(({ deadline, marks }) => {
    const days = marks.filter(({ role }) => role === 'apply').map(({ lastDay }) => lastDay)
    return marks.length > 0 && deadline !== null && !days.includes(deadline)
  })
  expect(strange.map(({ author, title }) => `${author}: ${title}`)).toEqual([])
})
