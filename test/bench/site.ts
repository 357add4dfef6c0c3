import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createListener } from '../../src/console/listener.ts'
import { createDirectAnswers } from '../../src/features/site/direct.ts'
import { siteServer } from '../../src/features/site/server.ts'
import type { SiteContent } from '../../src/site/content.ts'
import { renderSite } from '../../src/site/render.ts'

const seconds = 5
const connections = 50
const pages = 5000

const numbered = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n))
const content: SiteContent = {
  day: '2026-11-29',
  items: [],
  digests: [],
  events: [],
  signUps: [],
  pledges: [],
  documents: [],
  report: [],
  answers: numbered(pages, n => ({
    id: `e${n}`,
    programme: `政策项目 ${n % 60}`,
    question: `第 ${n} 个问题怎么办`,
    otherQuestions: ['还可以这样问'],
    text: '先看通知，再按时申报。\n依据：国科发火〔2016〕32号',
    past: [],
  })),
}

/** The server, in a process of its own: prints its address. */
async function serve(): Promise<void> {
  const startedAt = performance.now()
  const files = await renderSite(content, { hasServer: true })
  const parts = { site: () => files, search: async () => [], publicUrl: undefined, open: [] }
  const { fetch } = siteServer(parts)
  const listener = createListener({ fetch, answers: createDirectAnswers(parts.site) }, '')
  const url = await listener.listen({ host: '127.0.0.1', port: 0 })
  process.stdout.write(
    `${files.size} files rendered in ${Math.round(performance.now() - startedAt)} ms\n${url}\n`,
  )
}

/** One reader after the other over one connection, as raw bytes: a client library would take more than the server. */
function readOver(port: number, endMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const tookMs: number[] = []
    let sentAtMs = 0
    let got = Buffer.alloc(0)
    const ask = () => {
      if (performance.now() >= endMs) return void socket.end(() => resolve(tookMs))
      sentAtMs = performance.now()
      const path = `/answers/e${Math.floor(Math.random() * pages)}.html`
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: gzip\r\n\r\n`)
    }
    socket.on('data', bytes => {
      got = got.length === 0 ? bytes : Buffer.concat([got, bytes])
      const head = got.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: (\d+)/iu.exec(got.toString('latin1', 0, head))?.[1])
      if (got.length < head + 4 + length) return
      if (!got.subarray(0, 12).equals(Buffer.from('HTTP/1.1 200')))
        reject(new Error(got.toString('utf8', 0, head)))
      got = Buffer.alloc(0)
      tookMs.push(performance.now() - sentAtMs)
      ask()
    })
    socket.on('error', reject)
    socket.on('connect', ask)
  })
}

async function measure(): Promise<void> {
  const server = spawn(process.execPath, [import.meta.filename, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let said = ''
    while (!/http:\/\/\S+\n/u.test(said)) said += String((await once(server.stdout, 'data'))[0])
    const port = Number(/:(\d+)\n/u.exec(said)?.[1])
    const end = performance.now() + seconds * 1000
    const all = (await Promise.all(numbered(connections, () => readOver(port, end))))
      .flat()
      .sort((a, b) => a - b)
    const p99 = all[Math.floor(all.length * 0.99)] ?? 0
    process.stdout.write(`${said.split('\n')[0]}\n`)
    process.stdout.write(
      `${Math.round(all.length / seconds)} readers a second, p99 ${p99.toFixed(1)} ms; the client runs on the same cores\n`,
    )
  } finally {
    server.kill()
  }
}

await (process.argv[2] === 'serve' ? serve() : measure())
