import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres/database.ts'
import { openCutLine } from '../adapters/postgres/cut-line.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../adapters/postgres/server.ts'
import { hosts, type Machine, prepareFolder, startMachine, type TenantName } from './machine.ts'

const tenants = Object.keys(hosts) as TenantName[]
const ports = [18_101, 18_102, 18_103]
const takeOverLimitMs = 15_000
const group = '/sandbox/api/groups/youkongjian/messages'

/** Every write of a record, by who wrote it; made by the database, so that no process can leave one out. */
const watchWrites = `
  create table if not exists writes (n bigserial, tenant text, holder text);
  create or replace function note_write() returns trigger language plpgsql as $$ begin
    insert into writes (tenant, holder) values (new.tenant, current_setting('application_name')); return new;
  end $$;
  create or replace trigger note_write after insert or update on chuangke_records
    for each row execute function note_write()`

const pause = () => new Promise(resolve => setTimeout(resolve, 150))

/** The next five minutes on the clock of Shanghai, by when people can sign in already. */
function soon(): string {
  const at = new Date(Math.ceil((Date.now() + 8 * 3_600_000) / 300_000) * 300_000)
  return at.toISOString().slice(11, 16)
}

type Said = { id: string; from: string; text: string }

describe.runIf(process.env.FAILOVER === 'full' && hasPostgres())('three machines, two districts', () => {
  let server: PostgresServer
  let folder: string
  let line: Awaited<ReturnType<typeof openCutLine>>
  const machines: Machine[] = []

  beforeAll(async () => {
    server = await startPostgres()
    folder = prepareFolder()
    line = await openCutLine(server.port)
    for (const port of ports) machines.push(start(port))
    for (const tenant of tenants) await ownerOf(tenant)
    await query(watchWrites)
    for (const tenant of tenants) await say(tenant, 'chenjing', `开课 周末微党课 ${soon()}`)
  }, 60_000)

  afterEach(async () => {
    await expectOneOwnerAtATime()
  })

  afterAll(async () => {
    for (const machine of machines) machine.signal('SIGKILL')
    await line?.close()
    server?.dispose()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  /** The first machine reaches the database over a line that can be cut. */
  function start(port: number): Machine {
    const databasePort = port === ports[0] ? line.port : server.port
    return startMachine({
      folder,
      port,
      databaseUrl: server.url.replace(String(server.port), String(databasePort)),
    })
  }

  async function query<Row extends Record<string, unknown>>(text: string): Promise<Row[]> {
    const database = openDatabase({ url: server.url, applicationName: 'test', connections: 1 })
    try {
      return await database.query<Row>({ text })
    } finally {
      await database.close()
    }
  }

  async function ownerOf(tenant: TenantName, but?: Machine): Promise<Machine> {
    for (;;) {
      for (const machine of machines) {
        if (machine !== but && (await machine.roleOf(tenant)) === 'owner') return machine
      }
      await pause()
    }
  }

  /** Asks any machine that answers; a person would try again too. */
  async function ask(tenant: TenantName, path: string, body?: unknown): Promise<string> {
    for (;;) {
      const owner = await ownerOf(tenant)
      const answer = await owner.ask(tenant, path, body).catch(() => undefined)
      if (answer?.status === 200) return answer.text
      await pause()
    }
  }

  const heard = async (tenant: TenantName) => JSON.parse(await ask(tenant, group)) as Said[]

  /** @returns the bot's answers, which acknowledge that what was said is stored; as the group hears them, or in private */
  async function say(tenant: TenantName, from: string, text: string, chat = group): Promise<Said[]> {
    const { id } = JSON.parse(await ask(tenant, chat, { from, text, mention: false })) as { id: string }
    for (;;) {
      const after = JSON.parse(await ask(tenant, `${chat}?after=${id}`)) as Said[]
      const answers = after.filter(one => one.from === 'xiaochuang')
      if (answers.length > 0) return answers
      await pause()
    }
  }

  const sayInPrivate = async (tenant: TenantName, text: string) =>
    (await say(tenant, 'chenjing', text, '/sandbox/api/members/chenjing/messages'))
      .map(answer => answer.text)
      .join('\n')

  /** Asks for a notice to every group, and lets it go out at once. */
  async function push(tenant: TenantName, words: string): Promise<void> {
    const drafted = await sayInPrivate(tenant, `拟通知 现在 发到 全部\n${words}`)
    const number = /通过 ?(\d+)/.exec(drafted)?.[1] ?? ''
    expect(number, drafted).not.toBe('')
    await sayInPrivate(tenant, `通过 ${number}`)
  }

  async function expectSignedIn(tenant: TenantName, from: string) {
    const answers = await say(tenant, from, '签到')
    expect(answers.map(({ text }) => text).join('\n')).toMatch(/签过|签到/)
  }

  const timesHeard = async (tenant: TenantName, words: string) =>
    (await heard(tenant)).filter(({ from, text }) => from === 'xiaochuang' && text.startsWith(words)).length

  async function expectOneOwnerAtATime() {
    const writes = await query<{ tenant: string; holder: string }>(
      'select tenant, holder from writes order by n',
    )
    for (const tenant of tenants) {
      const holders = writes.filter(write => write.tenant === tenant).map(({ holder }) => holder)
      const changes = holders.filter((holder, at) => holder !== holders[at - 1])
      expect(new Set(changes).size).toBe(changes.length)
    }
  }

  async function timeOfTakeOver(tenant: TenantName, from: Machine): Promise<number> {
    const startedAtMs = performance.now()
    await ownerOf(tenant, from)
    return performance.now() - startedAtMs
  }

  test('a killed owner is replaced, and what it acknowledged is there', async () => {
    const owner = await ownerOf('gulou')
    await say('gulou', 'linxiaomei', '签到')
    await push('gulou', '停电通知一')
    owner.signal('SIGKILL')
    expect(await timeOfTakeOver('gulou', owner)).toBeLessThan(takeOverLimitMs)
    machines[machines.indexOf(owner)] = start(owner.port)
    const answer = await say('gulou', 'linxiaomei', '签到')
    expect(answer.map(({ text }) => text).join()).toMatch(/签过|已经签到/)
    expect(await timesHeard('gulou', '停电通知一')).toBeLessThanOrEqual(1)
  }, 120_000)
})
