import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { App } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { sayPrivacyNotice } from '../src/features/community/privacy/notice-words.ts'
import { createQuietLog } from './conversation.ts'
import { startApp } from './started-app.ts'

const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
const privacyNotice = sayPrivacyNotice()
const header = '姓名,支部,众创空间,团队,手机尾号,群昵称\n'
const others = '张唯,第一支部,优空间,甲队,1234,\n'
/** Everything by which 林小美 can be found again, and what she told us. */
const secrets = ['linxiaomei', '林小美', '小美', '红豆工坊', '红斑狼疮', '13800138000', '银杏巷']

/** A bot on a folder of its own, with the people of the simulated groups in front of it. */
async function openTown() {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-erasure-'))
  const log = createQuietLog()
  let app = await start()
  let cookie = ''
  let csrf = ''

  function start(): Promise<App> {
    return startApp(readConfig({ PORT: '0', STATE_DIR: folder, ...quick }), { log, print: () => {} })
  }

  const api = (path: string, body?: object) =>
    fetch(`${app.consoleUrl}/sandbox/api/${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { 'Content-Type': 'application/json' },
    })
  const forward = (duration: string) => api('clock', { forward: duration })
  const messagesOf = async (id: string) =>
    (await (await api(`members/${id}/messages`)).json()) as {
      from: string
      text: string
      file?: { name: string }
    }[]

  /** @returns what the bot says to it; the privacy notice comes by itself, at any time, and is no answer */
  async function tells(id: string, text: string): Promise<string> {
    const before = (await messagesOf(id)).length
    await api(`members/${id}/messages`, { text })
    let answer = ''
    await expect
      .poll(
        async () => {
          const fresh = (await messagesOf(id)).slice(before)
          answer = fresh
            .flatMap(({ from, text, file }) =>
              from === id || text === privacyNotice ? [] : [text || (file?.name ?? '')],
            )
            .join('\n')
          return answer
        },
        { interval: 20 },
      )
      .not.toBe('')
    return answer
  }

  const posts = (id: string, text: string, mention = false) =>
    api('groups/youkongjian/messages', { from: id, text, mention })

  async function says(id: string, text: string, mention = false) {
    await posts(id, text, mention)
    await forward('PT30S')
  }

  /** Once; a session outlasts a restart. */
  async function login() {
    if (csrf !== '') return
    const headers = { Origin: app.consoleUrl }
    const entered = await fetch(app.loginLink, { method: 'POST', redirect: 'manual', headers })
    cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const page = await (await fetch(`${app.consoleUrl}/roster`, { headers: { Cookie: cookie } })).text()
    csrf = /name="csrf" value="(?<value>[^"]+)"/iu.exec(page)?.groups?.value ?? ''
    expect(csrf).not.toBe('')
  }

  async function imports(rows: string) {
    await login()
    const send = (path: string, file?: string) => {
      const body = new FormData()
      body.append('csrf', csrf)
      if (file !== undefined) body.append('file', new File([file], '名单.csv'))
      const headers = { Cookie: cookie, Origin: app.consoleUrl }
      return fetch(`${app.consoleUrl}${path}`, { method: 'POST', body, headers })
    }
    expect((await send('/roster/preview', header + rows)).status).toBe(200)
    expect((await send('/roster/import')).status).toBeLessThan(400)
  }

  async function restart() {
    await app.stop()
    app = await start()
  }

  /**
   * As the store does with a shard that it cannot read. Drafts of entries were kept
   * without names in the first place.
   */
  function setAside() {
    const shards = filesIn(folder).filter(name => name.endsWith('.json') && !name.startsWith('entry-drafts'))
    for (const file of shards)
      unlessGone(() => copyFileSync(join(folder, file), join(folder, `${file}.broken-2026-11-29T00-00-00Z`)))
  }

  return {
    folder,
    log,
    forward,
    tells,
    posts,
    says,
    imports,
    restart,
    setAside,
    async close() {
      await app.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
type Town = Awaited<ReturnType<typeof openTown>>

/** The bot runs on, and a shard without records has no file. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  }
}

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' })

/** A file as it stands, and what is packed into it as base64, and in the archives therein. */
function contentsOf(path: string): string {
  const text = unlessGone(() => readFileSync(path).toString('utf8')) ?? ''
  const packed = (text.match(/[A-Za-z0-9+/]{24,}={0,2}/gu) ?? []).map(one => Buffer.from(one, 'base64'))
  const unpacked = packed.map(bytes => {
    if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString('utf8')
    return Object.values(unzipSync(bytes))
      .map(part => Buffer.from(part).toString('utf8'))
      .join('\n')
  })
  return [text, ...unpacked].join('\n')
}

/** Files of ours in which one of these words stands; what the simulated line keeps is what the platform would keep. */
function traces(folder: string): string[] {
  return filesIn(folder)
    .filter(
      file =>
        !file.startsWith('sandbox-') && statSync(join(folder, file), { throwIfNoEntry: false })?.isFile(),
    )
    .flatMap(file => {
      const found = secrets.filter(word => contentsOf(join(folder, file)).includes(word))
      return found.map(word => `${file}: ${word}`)
    })
}

const hers = `${others}林小美,第一支部,优空间,红豆工坊,7788,\n`

const deeds: Record<string, (town: Town) => Promise<unknown>> = {
  roster: town => town.imports(hers),
  'off the roster': town => town.imports(others),
  bind: town => town.tells('linxiaomei', '我是 林小美 优空间 7788'),
  'says who she is': town => town.says('linxiaomei', '我是 林小美 优空间', true),
  'sign in': town => town.says('linxiaomei', '签到'),
  leave: town => town.says('linxiaomei', '请假 红斑狼疮复发，住院'),
  ask: town => town.says('linxiaomei', '我叫林小美，手机13800138000，高企怎么报', true),
  'ask a person': town =>
    town.says('linxiaomei', '转人工 我家银杏巷的宠物医院能拿补贴吗，电话13800138000', true),
  'is answered': town => town.tells('heguoping', '答 1 林小美你好，打13800138000找你'),
  'is named by another': async town => {
    await town.says('zhangwei', '转人工 林小美的公司怎么注销，她电话13800138000', true)
  },
  submit: town => town.tells('linxiaomei', '投稿 红豆工坊开张\n银杏巷 3 号，联系林小美 13800138000'),
  match: async town => {
    await town.tells('linxiaomei', '测政策 小微')
    await town.tells('linxiaomei', '是')
  },
  form: async town => {
    await town.says('chenjing', '报名表 路演 10人 要填 设备')
    await town.says('linxiaomei', '报名 路演 设备：红豆工坊的投影')
  },
  'signs another up': async town => {
    await town.says('chenjing', '报名表 沙龙 10人')
    await town.says('zhangwei', '代林小美报名')
  },
  chain: town => town.says('zhangwei', '#接龙\n周末活动\n1. 林小美\n2. 张唯'),
  'applies for a role': town => town.tells('linxiaomei', '申请组织者'),
  'asks for a copy': town => town.tells('linxiaomei', '导出我的信息'),
  pledge: town => town.tells('linxiaomei', '承诺 红豆工坊每月义诊一次，找林小美'),
  correct: town => town.tells('chenjing', '更正 林小美 请假 红斑狼疮复诊'),
  'is misunderstood': town => town.says('linxiaomei', '没用，我叫林小美，银杏巷的店怎么办', true),
  list: town => town.tells('chenjing', '名单\n张唯\n林小美'),
  sheet: town => town.tells('chenjing', '签到表'),
  restart: town => town.restart(),
  'a broken file': async town => town.setAside(),
  'a day': town => town.forward('PT26H'),
}

/** At ten in the morning, when nothing is held back for the night, a lesson is open. */
async function prepare(town: Town) {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Shanghai')
  const today = now.withPlainTime('10:00')
  const then = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 })
  await town.forward(now.until(then, { largestUnit: 'hours' }).toString())
  await town.says('chenjing', '开课 周末微党课 10:10')
}

/** Words in a group just before she confirms in private. */
const lastWords = [
  ['转人工 我家银杏巷的宠物医院能拿补贴吗，电话13800138000', true],
  ['我叫林小美，手机13800138000，高企怎么报', true],
  ['没用，我叫林小美，银杏巷的店怎么办', true],
  ['我是 林小美 优空间', true],
  ['请假 红斑狼疮复发，住院', false],
  ['报名 路演 设备：红豆工坊的投影', false],
  ['签到', false],
] as const

async function erase(town: Town, justSaid: readonly (typeof lastWords)[number][]) {
  const asked = await town.tells('linxiaomei', '删除我的信息')
  for (const [text, mention] of justSaid) await town.posts('linxiaomei', text, mention)
  const answer = await town.tells('linxiaomei', asked.includes('尾号') ? '确认删除 7788' : '确认删除')
  expect(answer).toContain('删好了')
}

const orders = fc.shuffledSubarray(Object.keys(deeds), { minLength: 8 })

test('an erasure leaves nothing in the state folder, whatever happened before', async () => {
  const runs = Number(process.env.ERASURE_RUNS ?? 3)
  await fc.assert(
    fc.asyncProperty(orders, fc.shuffledSubarray([...lastWords]), async (order, justSaid) => {
      const town = await openTown()
      try {
        await prepare(town)
        await town.says('linxiaomei', '签到')
        for (const deed of order) await deeds[deed]?.(town)
        await erase(town, justSaid)
        expect(traces(town.folder)).toEqual([])
        await town.restart()
        await town.forward('PT3M')
        expect(traces(town.folder)).toEqual([])
        expect(town.log.lines.filter(line => secrets.some(word => line.includes(word)))).toEqual([])
      } finally {
        await town.close()
      }
    }),
    { numRuns: runs, endOnFailure: true },
  )
})
