import { Temporal } from 'temporal-polyfill'
import { createNodeCron } from '../../adapters/node-cron.ts'
import { createPictures } from '../../adapters/pictures.ts'
import { openDatabase, prepareDatabase } from '../../adapters/postgres/database.ts'
import { dataFoldersOf } from '../../app/files/files.ts'
import { checkSettings } from '../../app/files/settings.ts'
import { checkBots, isHint, checkLineSettings as lineChecksOf } from '../../app/lines/plan/check.ts'
import { checkLines, hasOnlySandbox } from '../../app/lines/plan/plan.ts'
import type { Tenant } from '../../app/tenants/plan.ts'
import type { Config } from '../../config.ts'
import { loadKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { reviewKnowledge } from '../../features/faq/knowledge/knowledge-review.ts'
import { createLog } from '../../log.ts'
import { timeZone } from '../../text/dates/time.ts'
import { checkAlerts } from './alerts.ts'
import { checkAuditLog } from './audit.ts'
import { bad, type Diagnosis, good, warning } from './diagnosis.ts'
import { checkBackups, checkClock, checkFolder, checkPermissions } from './disk.ts'
import type { Check } from './index.ts'
import { hasAskableLines, reachLines } from './lines.ts'
import { reachAlerts, reachModel } from './network.ts'

const neededNode = [22, 18] as const
const mostClockSkewSeconds = 5

/** Ordered as a person would fix them. */
export function checksOf(tenant: Tenant): Check[] {
  const { config } = tenant
  return [
    { title: 'Node', run: checkNode },
    { title: '设置', run: () => checkAllSettings(config) },
    config.STORE === 'postgres'
      ? { title: '数据库和时钟', run: () => checkDatabase(config) }
      : { title: '数据文件夹', run: () => checkFolder(config.STATE_DIR) },
    { title: '权限', run: () => checkPermissions(config) },
    { title: '时钟', run: () => checkClock(config) },
    { title: '线路', run: () => checkLineSettings(config) },
    ...(hasAskableLines(config) ? [{ title: '线路的网络', run: () => reachLines(config) }] : []),
    { title: '字体', run: checkFonts },
    { title: '语言模型', run: () => checkModel(config) },
    ...(config.OPENAI_API_KEY ? [{ title: '模型的网络', run: () => reachModel(config) }] : []),
    { title: '出事提醒', run: () => checkAlerts(tenant) },
    ...(config.ALERT_WEBHOOK_URL ? [{ title: '提醒的网络', run: () => reachAlerts(config) }] : []),
    { title: '备份', run: () => checkBackups(config) },
    { title: '操作记录', run: () => checkAuditLog(tenant) },
    { title: '知识库', run: () => checkKnowledge(config) },
  ]
}

function checkNode(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNewEnough = major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])
  if (isNewEnough) return good(process.versions.node)
  return bad(
    `是 ${process.versions.node}，要 ${neededNode.join('.')} 或更新。请用 npm start 启动，它自带合适的版本。`,
  )
}

function checkAllSettings(config: Config): Diagnosis {
  checkSettings(config, createNodeCron(createLog('error')))
  return good('没有发现错误')
}

async function checkDatabase(config: Config): Promise<Diagnosis> {
  const database = openDatabase({
    url: config.DATABASE_URL,
    applicationName: 'chuangke doctor',
    connections: 1,
  })
  try {
    await prepareDatabase(database)
    const [server] = await database.query<{ at: number; version: string }>({
      text: `select extract(epoch from clock_timestamp())::float as at, current_setting('server_version') as version`,
    })
    const skew = Math.abs((server?.at ?? 0) - Date.now() / 1000)
    if (skew <= mostClockSkewSeconds) return good(`PostgreSQL ${server?.version}，时钟一致`)
    return warning(`连得上，但两边的时钟差 ${Math.round(skew)} 秒，请打开自动对时（NTP）。`)
  } finally {
    await database.close()
  }
}

function checkLineSettings(config: Config): Diagnosis {
  checkLines(config)
  checkBots(config)
  const lines = lineChecksOf(config)
  const sentences = lines.flatMap(({ line, missing }) => missing.map(sentence => `${line}：${sentence}`))
  if (sentences.length > 0) {
    const isMissing = lines.some(({ missing }) => missing.some(sentence => !isHint(sentence)))
    return (isMissing ? bad : warning)(sentences.join('\n    '))
  }
  if (hasOnlySandbox(config))
    return warning('只有模拟群，消息不会发到真的群里。要接真群，请看 docs/zh/going-live.md。')
  return good(`${lines.map(({ line }) => line).join('、')}，设置齐了；能做什么见 docs/zh/lines.md`)
}

async function checkFonts(): Promise<Diagnosis> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><text y="8">签</text></svg>'
  await createPictures().png(svg, 8)
  return good('能画出中文图表')
}

function checkModel({ OPENAI_API_KEY, OPENAI_MODEL }: Config): Diagnosis {
  return OPENAI_API_KEY ? good(OPENAI_MODEL) : good('没有设置，都用原文回答')
}

function checkKnowledge(config: Config): Diagnosis {
  const knowledge = loadKnowledge(dataFoldersOf(config))
  const { ended, endingSoon, unverified } = reviewKnowledge(knowledge, Temporal.Now.plainDateISO(timeZone))
  const text = `${knowledge.entries.length} 条在用，${ended.length} 条过期，${endingSoon.length} 条快到期，${unverified.length} 条半年没有核实`
  const isFresh = ended.length + endingSoon.length + unverified.length === 0
  return isFresh ? good(text) : warning(`${text}。请看 npm run -s faq:check。`)
}
