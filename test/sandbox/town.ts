import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { createNodeCron } from '../../src/adapters/node-cron.ts'
import { createAlarms } from '../../src/alarms.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { choresOf } from '../../src/console/chores.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import { homePage } from '../../src/console/home.ts'
import { createConsole } from '../../src/console/server.ts'
import type { Due, Feature, Frame, Job, Page } from '../../src/feature.ts'
import { createJobRunner, cronDue } from '../../src/jobs.ts'
import type { ChatFile } from '../../src/ports/chat.ts'
import type { Role } from '../../src/ports/directory.ts'
import { sandboxRoutes } from '../../src/sandbox/index.ts'
import { readCommunity } from '../../src/sandbox/world/community.ts'
import { createWorld, type World } from '../../src/sandbox/world/index.ts'
import { createFixedDirectory, createQuietLog } from '../conversation.ts'

type TownOptions = {
  password?: string
  publicUrl?: string
  /** Roles of the organizer; may be changed while the town runs. */
  roles?: Record<string, Role[]>
  bound?: string[]
  line?: Frame['line'] & { qrcode?: string }
  /** Every line with its title. Default: `line` alone. */
  lines?: readonly (Frame['line'] & { name: string; title: string })[]
  pages?: readonly Page[]
  features?: readonly Feature[]
  claimCode?: string
  /** Default: true. */
  trustsLoopback?: boolean
}

/** A console over the simulated community, with a bot that knows a few words, as small as a bot can be. */
export async function openTown(options: TownOptions = {}) {
  const startAt = Temporal.Instant.from('2026-11-27T14:02:00+08:00')
  const clock = createMovableClock({ startAt, isRunning: false })
  const machineClock = createMovableClock({ startAt, isRunning: false })
  const store = createMemoryStore()
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const scheduler = createNodeCron(log)
  const ran: string[] = []
  const alsoDue: Due[] = []
  const due = cronDue(scheduler, '30 16 * * 5')
  const job: Job = {
    name: 'digest',
    title: '推送',
    maxLateMinutes: 10,
    async due(after, until) {
      const isWithin = ({ at }: Due) => after.until(at).sign > 0 && at.until(until).sign >= 0
      const weekly = (await due(after, until)).map(one => ({ ...one, title: '政策速递' }))
      return [...weekly, ...alsoDue.filter(isWithin)]
    },
    run: async ({ at }) => void ran.push(at.toString()),
  }
  const jobs = createJobRunner({ jobs: [job], sweeps: [], store, scheduler, clock, log, alarms })
  const world = await createWorld({ store, clock, community: readCommunity('data/community.yaml') })
  const roles = options.roles ?? { chenjing: ['organizer'] }
  const directory = createFixedDirectory(options.bound ?? ['youkongjian'], roles)
  const claimCode = async () => options.claimCode
  const sandbox = sandboxRoutes({
    world,
    clock,
    jobs,
    directory,
    claimCode,
    isSending: () => false,
    onMoved: async () => {},
    trustsLoopback: options.trustsLoopback ?? true,
  })
  const line = () => ({ name: 'sandbox', ...(options.line ?? { state: 'up' as const, note: '线路正常。' }) })
  const home = homePage({
    lineStatus: line,
    ...(options.lines ? { lines: () => options.lines ?? [] } : {}),
    alarms,
    jobs,
    directory,
    chores: () => choresOf(options.features ?? [], log),
    clock,
    claimCode,
  })
  const audit = openAudit({ store, clock: machineClock, alarms, policy: auditPolicy })
  const town = await createConsole({
    pages: [home, ...(options.pages ?? []), sandbox.page],
    open: sandbox.open,
    assets: sandbox.assets,
    frame: () => ({ line: line(), alarms: alarms.list() }),
    directory,
    store,
    clock: machineClock,
    log,
    password: options.password ?? '',
    passwordCost: { N: 1024, r: 8, p: 1 },
    publicUrl: options.publicUrl ?? '',
    clientAddress: createClientAddress(''),
    audit: audit.trail,
  })
  await jobs.tick()
  answerInside(world)
  return { ...town, audit, world, clock, machineClock, alarms, store, log, jobs, ran, alsoDue, roles }
}
export type Town = Awaited<ReturnType<typeof openTown>>

/** Half as high as wide, and red. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGPYoaLz/9pcAAveA/rVQ9NqAAAAAElFTkSuQmCC',
  'base64',
)

const answers: Record<string, { text?: string; file?: ChatFile }> = {
  高企怎么报: {
    text: '高新技术企业每年分批申报，先在网上注册，再交材料到区科技局。\n\n认定后三年有效，所得税减按 15% 征收。\n\n依据：国科发火〔2016〕32号，2016年1月29日。',
  },
  签到表: {
    file: {
      name: '周末微党课 2026年11月28日 签到表.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes: new Uint8Array(18_500),
    },
  },
  图: { file: { name: '出勤.png', mimeType: 'image/png', bytes: picture } },
  登录: { text: '点开就能进控制台：\nhttp://127.0.0.1:3000/login/abc\n\n只能用一次。' },
}

function answerInside(world: World) {
  world.botEnd.listen(event => {
    if (event.kind !== 'message' || event.message.from === world.botId) return
    const words = event.message.text.replace(/^@\S+\s/u, '')
    const said = answers[words]
    if (said) void world.botEnd.says(event.target, said).catch(() => {})
  })
}
