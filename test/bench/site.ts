import { serve } from '@hono/node-server'
import { Pool } from 'undici'
import { siteServer } from '../../src/features/site/server.ts'
import type { SiteContent } from '../../src/site/content.ts'
import { renderSite } from '../../src/site/render.ts'

const seconds = 5
const connections = 50

const numbered = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n))
const content: SiteContent = {
  day: '2026-11-29',
  items: [],
  digests: [],
  events: [],
  signUps: [],
  report: [],
  answers: numbered(5000, n => ({
    id: `e${n}`,
    programme: `政策项目 ${n % 60}`,
    question: `第 ${n} 个问题怎么办`,
    otherQuestions: ['还可以这样问'],
    text: '先看通知，再按时申报。\n依据：国科发火〔2016〕32号',
  })),
}

const startedAt = performance.now()
const files = await renderSite(content, { hasServer: true })
process.stdout.write(`${files.size} files rendered in ${Math.round(performance.now() - startedAt)} ms\n`)

const app = siteServer({ site: async () => files, search: async () => [], publicUrl: undefined, open: [] })
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
await new Promise(resolve => server.once('listening', resolve))
const address = server.address()
if (!address || typeof address === 'string') throw new Error('no port')
const pool = new Pool(`http://127.0.0.1:${address.port}`, { connections })
const end = performance.now() + seconds * 1000
let readers = 0
async function read() {
  while (performance.now() < end) {
    const { body } = await pool.request({ path: `/answers/e${readers % 5000}.html`, method: 'GET' })
    await body.dump()
    readers += 1
  }
}
await Promise.all(numbered(connections, read))
process.stdout.write(
  `${Math.round(readers / seconds)} readers a second, client and server on the same cores\n`,
)
await pool.close()
server.close()
