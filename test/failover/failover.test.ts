import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/postgres/database.ts'
import { type CutLine, openCutLine } from '../adapters/postgres/cut-line.ts'
import { hasPostgres, type PostgresServer, startPostgres } from '../adapters/postgres/server.ts'
import { checkWhatTenantsSent } from '../sent-texts.ts'
import { hosts, type Machine, prepareFolder, startMachine, type TenantName } from './machine.ts'

const tenants = Object.keys(hosts) as TenantName[]
const ports = [18_101, 18_102, 18_103]
const timeoutMs = 10_000
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
  const nowMs = Date.now() + 8 * 3_600_000
  const at = new Date(Math.ceil(nowMs / 300_000) * 300_000)
  const isToday = at.getUTCDate() === new Date(nowMs).getUTCDate()
  return `${isToday ? '' : '明天 '}${at.toISOString().slice(11, 16)}`
}

/** Names of these people in the records. */
const names: Readonly<Record<string, string>> = {
  linxiaomei: '林小美',
  wuhaoran: '浩然',
  liukai: 'Kevin',
  zhangwei: '张唯',
  heguoping: '何国平',
}

type Said = { id: string; from: string; text: string }

/** A loaded machine starts three bots slowly. */
const timeout = 180_000
const isWanted = process.env.FAILOVER === 'full' && hasPostgres()

describe.runIf(isWanted)('three machines, two districts', { timeout }, () => {
  let server: PostgresServer
  let folder: string
  const machines: { machine: Machine; line: CutLine }[] = []
  /** Acknowledged so far: sign-ins, and approved notices. */
  const signedIn: [TenantName, string][] = []
  const notices: [TenantName, string][] = []

  beforeAll(async () => {
    server = await startPostgres()
    folder = prepareFolder()
    for (const port of ports) {
      const line = await openCutLine(server.port)
      machines.push({ line, machine: start(port, line) })
    }
    for (const tenant of tenants) await ownerOf(tenant)
    await query(watchWrites)
    for (const tenant of tenants) await say(tenant, 'chenjing', `开课 周末微党课 ${soon()}`)
  }, timeout)

  afterAll(async () => {
    for (const { machine, line } of machines) {
      machine.signal('SIGKILL')
      await line.close()
    }
    server?.dispose()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  /** Each machine reaches the database over a line of its own, which can be cut. */
  function start(port: number, line: CutLine): Machine {
    const databaseUrl = server.url.replace(String(server.port), String(line.port))
    return startMachine({ folder, port, databaseUrl })
  }

  async function query(text: string): Promise<Record<string, string>[]> {
    const database = openDatabase({ url: server.url, applicationName: 'test', connections: 1 })
    try {
      return await database.query({ text })
    } finally {
      await database.close()
    }
  }

  async function ownerOf(tenant: TenantName, but?: Machine) {
    for (;;) {
      for (const one of machines) {
        if (one.machine !== but && (await one.machine.roleOf(tenant)) === 'owner') return one
      }
      await pause()
    }
  }

  /** Asks the owner until it answers, as a person would. */
  async function ask(tenant: TenantName, path: string, body?: unknown): Promise<string> {
    for (;;) {
      const { machine } = await ownerOf(tenant)
      const answer = await machine.ask(tenant, path, body).catch(() => undefined)
      if (answer?.status === 200) return answer.text
      await pause()
    }
  }

  const heard = async (tenant: TenantName) => JSON.parse(await ask(tenant, group)) as Said[]

  /** @returns the bot's first answer with these words; undefined when it is not heard in time */
  async function say(
    tenant: TenantName,
    from: string,
    text: string,
    { chat = group, hears = /(?:)/, mention = false } = {},
  ) {
    const { id } = JSON.parse(await ask(tenant, chat, { from, text, mention })) as { id: string }
    const saidAtMs = performance.now()
    while (performance.now() - saidAtMs < timeoutMs) {
      const after = JSON.parse(await ask(tenant, `${chat}?after=${id}`)) as Said[]
      const answer = after.find(one => one.from === 'xiaochuang' && hears.test(one.text))
      if (answer) return answer.text
      await pause()
    }
    return undefined
  }

  async function signIn(tenant: TenantName, from: string) {
    await ask(tenant, group, { from, text: '签到', mention: false })
    // A member without a reply repeats the message: the store may have been away.
    const hears = new RegExp(`已经签过|刚签到.*${names[from]}`)
    while (!(await say(tenant, from, '签到', { hears, mention: true }))) await pause()
    signedIn.push([tenant, from])
  }

  /** A notice to every group, approved; it goes out at once. */
  async function push(tenant: TenantName, words: string) {
    const inPrivate = (text: string) =>
      say(tenant, 'chenjing', text, { chat: '/sandbox/api/members/chenjing/messages' })
    const number = /推送 ?(\d+)/.exec((await inPrivate(`拟通知 现在 发到 全部\n${words}`)) ?? '')?.[1]
    await inPrivate(`送审 ${number}`)
    await inPrivate(`通过 ${number}`)
    notices.push([tenant, words])
  }

  async function expectTakeOver(tenant: TenantName, from: Machine) {
    const startedAtMs = performance.now()
    await ownerOf(tenant, from)
    expect(performance.now() - startedAtMs).toBeLessThan(takeOverLimitMs)
  }

  /** Nothing lost, nothing twice, and the writes of one owner never among those of another. */
  async function expectAllTrue() {
    const checkIns = await query("select tenant, value from chuangke_records where collection = 'check-ins'")
    for (const [tenant, from] of signedIn) {
      const kept = checkIns.filter(row => row.tenant === tenant && row.value?.includes(names[from] ?? ''))
      expect([tenant, from, kept.length]).toEqual([tenant, from, 1])
    }
    for (const tenant of tenants) {
      const texts = (await heard(tenant)).filter(({ from }) => from === 'xiaochuang').map(({ text }) => text)
      for (const [where, words] of notices) {
        const times = texts.filter(text => text.startsWith(words)).length
        expect([words, times <= (where === tenant ? 1 : 0)]).toEqual([words, true])
      }
      const writes = await query(`select holder from writes where tenant = '${tenant}' order by n`)
      const owners = writes.map(({ holder }) => holder).filter((holder, at, all) => holder !== all[at - 1])
      expect(new Set(owners).size).toBe(owners.length)
    }
  }

  test('a notice goes out once, in its own district', async () => {
    await push('gulou', '停水通知')
    const timesHeard = async () => (await heard('gulou')).filter(({ text }) => text.startsWith('停水')).length
    await expect.poll(timesHeard, { timeout: 20_000 }).toBe(1)
    await expectAllTrue()
  })

  test('kill -9: another machine takes over', async () => {
    await signIn('gulou', 'linxiaomei')
    const one = await ownerOf('gulou')
    await push('gulou', '停电通知')
    one.machine.signal('SIGKILL')
    await expectTakeOver('gulou', one.machine)
    await expectAllTrue()
    one.machine = start(one.machine.port, one.line)
  })

  test('SIGSTOP for longer than the lease: the former owner becomes a stand-by', async () => {
    await signIn('taijiang', 'wuhaoran')
    const { machine } = await ownerOf('taijiang')
    await push('taijiang', '断网通知')
    machine.signal('SIGSTOP')
    await expectTakeOver('taijiang', machine)
    await signIn('taijiang', 'liukai')
    machine.signal('SIGCONT')
    await expect.poll(() => machine.roleOf('taijiang'), { timeout: 20_000 }).toBe('standby')
    await expectAllTrue()
  })

  test('the network is cut: the owner stops, and what it had sent never lands', async () => {
    const { machine, line } = await ownerOf('gulou')
    await push('gulou', '消防通知')
    line.cut()
    void machine.ask('gulou', group, { from: 'zhangwei', text: '签到', mention: false }).catch(() => {})
    await expectTakeOver('gulou', machine)
    await signIn('gulou', 'wuhaoran')
    line.mend()
    await expect.poll(() => machine.roleOf('gulou'), { timeout: 30_000 }).toBe('standby')
    await expectAllTrue()
  })

  test('the database is restarted as after a crash', async () => {
    await push('taijiang', '放假通知')
    server.stop('immediate')
    server.start()
    await signIn('taijiang', 'zhangwei')
    await signIn('gulou', 'liukai')
    await expectAllTrue()
  })

  test('the disk of the database is full: nothing is half stored, and it goes on by itself', async () => {
    await query(`
      create function refuse_write() returns trigger language plpgsql as $$ begin
        raise exception 'no space left' using errcode = '53100'; end $$;
      create trigger refuse_write before insert or update on chuangke_records
        for each statement execute function refuse_write()`)
    const { machine } = await ownerOf('gulou')
    await machine.ask('gulou', group, { from: 'heguoping', text: '签到', mention: false }).catch(() => {})
    await query('drop trigger refuse_write on chuangke_records')
    await signIn('gulou', 'heguoping')
    await expectAllTrue()
    await checkWhatTenantsSent(server.url, tenants)
  })
})
