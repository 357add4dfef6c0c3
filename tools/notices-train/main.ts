import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { NoticeWeights } from '../../src/text/notices/deadline.ts'
import { ends } from '../../test/text/notices/ends.ts'
import { heldOutAuthors, learntAuthors, shortAuthor } from './authors.ts'
import { readCorrections } from './corrections.ts'
import { type Sample, sampleOf } from './examples.ts'
import { readMarkedNotices } from './labelled.ts'
import { measureAuthor, reportOn } from './report.ts'
import { createTrainer, inHundredths } from './training.ts'

const weightsFile = 'src/text/notices/weights.json'

const Short = z.object({
  title: z.string(),
  text: z.string(),
  publishedOn: z.iso.date(),
  deadline: z.iso.date().nullable(),
  amounts: z.array(z.string()),
})

/**
 * Learns `weights.json` from the labelled notices in `data/notices`, and from short ones of which only the deadline is
 * known. `--report` measures each author on what the others teach, and those that are never learnt from on all of
 * it, and rewrites `docs/notices-reliability.*`; `--held-out AUTHOR` only measures one; `--corrections FILE` learns
 * from corrections that the console exported as well. Two runs give the same bytes.
 */
function train(): void {
  const { values } = parseArgs({
    options: {
      report: { type: 'boolean' },
      'held-out': { type: 'string' },
      corrections: { type: 'string' },
    },
  })
  const { corrections } = values
  const marked = learntAuthors.flatMap(author => marksOf(author))
  const trainer = createTrainer(
    [...marked, ...marksOf(shortAuthor), ...shortNotices()],
    corrections === undefined ? [] : readCorrections(corrections),
  )
  const without = (author: string) => ({
    samples: marked.filter(sample => sample.author === author),
    weights: trainer.without(author),
  })
  const heldOut = values['held-out']
  const learnt = learntAuthors.find(author => author === heldOut)
  if (learnt) {
    measureAuthor(learnt, without)
    return
  }
  const weights = trainer.all()
  const unseen = (author: string) => ({ samples: marksOf(author), weights })
  if (heldOut !== undefined) {
    measureAuthor(heldOutAuthor(heldOut), unseen)
    return
  }
  if (values.report)
    reportOn({ authors: learntAuthors, learn: without }, { authors: heldOutAuthors, learn: unseen })
  writeFileSync(weightsFile, sorted(weights))
}

function heldOutAuthor(name: string): string {
  const known = heldOutAuthors.find(author => author === name)
  if (known) return known
  throw new Error(`--held-out takes one of ${[...learntAuthors, ...heldOutAuthors].join(', ')}, not ${name}`)
}

const marksOf = (author: string) =>
  readMarkedNotices(`data/notices/${author}.txt`, author).map(notice => sampleOf(notice))

function shortNotices(): Sample[] {
  const filed = ['notices'].flatMap(author =>
    readFileSync(`test/data/${author}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map(line => ({ author, ...Short.parse(JSON.parse(line)) })),
  )
  const written = ends.map(([text, deadline]) => ({
    author: 'ends',
    title: '关于组织申报研发补助的通知',
    publishedOn: '2026-11-20',
    text,
    deadline,
  }))
  return [...filed, ...written].map(notice =>
    sampleOf({ ...notice, publishedOn: Temporal.PlainDate.from(notice.publishedOn) }),
  )
}

/** One feature a line, by name, so that changes can be seen. */
function sorted({ roles, last, call, choice, amounts }: NoticeWeights): string {
  const rows = (weights: typeof roles) =>
    [...weights]
      // Half of a surrogate pair is no text that every reader of JSON takes.
      .filter(([name]) => name.isWellFormed())
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, row]) => `    ${JSON.stringify(name)}: [${row.map(inHundredths).join(',')}]`)
      .join(',\n')
  const learnt = { amounts, call, last, roles }
  const parts = Object.entries(learnt).map(([name, weights]) => `  "${name}": {\n${rows(weights)}\n  }`)
  const { full, short } = choice
  const chosen = `  "choice": { "full": [${full.join(', ')}], "short": [${short.join(', ')}] }`
  return `{\n${[chosen, ...parts].join(',\n')}\n}\n`
}

train()
