import { onTestFinished } from 'vitest'
import { createWeb } from '../../../src/adapters/web/index.ts'
import type { CheckDeadline } from '../../../src/features/items/deadline-check.ts'
import { openItems, unchecked } from '../../../src/features/items/index.ts'
import type { Source } from '../../../src/features/items/sources/sources-file.ts'
import { createOutbox } from '../../../src/outbox/index.ts'
import type { Web } from '../../../src/ports/web.ts'
import { createFixedDirectory, createWorld, play, type World } from '../../conversation.ts'
import { pace, pass, surroundings } from '../../outbox/world.ts'
import { createItemsFile } from '../digest/world.ts'

export const list = { item: 'ul.list li', title: 'a', date: 'span', link: 'a' }
export const source = (more: Partial<Source> & Pick<Source, 'url'>): Source => ({
  id: 'kjj',
  name: '某市科技局',
  stream: '政策',
  kind: 'list',
  list,
  schedule: '20 8 * * *',
  on: true,
  ...more,
})

/** A page with a list of notices, as offices' sites write them. */
export const listPage = (entries: readonly { href: string; title: string; date: string }[]) =>
  `<html><head><meta charset="utf-8"><title>通知公告</title></head><body><ul class="list">${entries
    .map(({ href, title, date }) => `<li><a href="${href}">${title}</a><span>${date}</span></li>`)
    .join('')}</ul></body></html>`

/** A notice in a page of its own. */
export const notice = (title: string, text: string) =>
  `<html><head><meta name="ArticleTitle" content="${title}"><title>${title}</title></head><body>
  <div class="nav"><a href="/">首页</a></div><div id="zoom">${text
    .split('\n')
    .map(line => `<p>${line}</p>`)
    .join('')}</div></body></html>`

type Setting = {
  sources?: readonly Source[]
  world?: World
  web?: Web
  checkDeadline?: CheckDeadline
  documentsOf?: Parameters<typeof openItems>[0]['documentsOf']
}

/** A bot with the items, on a Friday morning. Its web reaches loopback. */
export async function openItemsWorld(setting: Setting = {}) {
  const world = setting.world ?? createWorld('2026-11-20T08:00:00+08:00')
  const limits = { timeoutMs: 30_000, maxBytes: 1_000_000, maxRedirects: 5, gapMs: 0 }
  const loopback = createWeb({ ...limits, alsoAllowed: ['127.0.0.1'] })
  onTestFinished(() => loopback.close())
  const directory = createFixedDirectory(['创客群'], { org: ['organizer'] })
  const outbox = createOutbox({ ...world, ...surroundings, pace })
  const seed = createItemsFile()
  seed.write('[]')
  const items = await openItems({
    ...world,
    outbox,
    directory,
    web: setting.web ?? loopback,
    seedFile: seed.path,
    sources: setting.sources ?? [],
    tagWords: {
      programmes: [{ id: 'hnte', words: ['高新技术企业', '高企'] }],
      topics: [{ name: '资金补助', words: ['补助', '奖励'] }],
    },
    nameOfProgramme: id => (id === 'hnte' ? '国家高新技术企业认定' : id),
    companiesFor: async () => undefined,
    ...(setting.documentsOf ? { documentsOf: setting.documentsOf } : {}),
    checkDeadline: setting.checkDeadline ?? unchecked,
    keepDays: 180,
  })
  const played = play(world, directory, [items.feature])
  await outbox.start()

  return {
    world,
    items,
    outbox,
    forward: played.forward,
    jobs: played.jobs,
    org: played.person('org', '陈姐'),
    mei: played.person('mei', '小美'),
    pass: () => pass(world, 10, 1000),
    said: () => world.said.map(({ reply }) => reply.text),
  }
}
