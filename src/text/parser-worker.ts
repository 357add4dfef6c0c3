import { workerData } from 'node:worker_threads'
import { answerFromWorker } from '../lib/worker-script.ts'
import { feedEntries } from './feeds.ts'
import { articleOf, listedEntries } from './html.ts'
import type { ParserTask } from './parser.ts'

function parse(task: ParserTask) {
  switch (task.kind) {
    case 'article':
      return articleOf(task.markup)
    case 'list':
      return listedEntries(task.markup, task.mapping, task.base)
    case 'feed':
      return feedEntries(task.source, task.base)
  }
}

await answerFromWorker(() => parse(workerData))
