import { type Config, ConfigFault } from '../../../config.ts'
import { type LinePlan, plannedLines } from './plan.ts'
import {
  appSettingsOf,
  groupSetsOf,
  linkDomainsOf,
  listed,
  qqSettingsOf,
  robotsOf,
  wecomSettingsOf,
} from './settings.ts'

/** The settings that one line lacks, a Chinese sentence each with the place where it is found; empty: nothing. */
export type LineCheck = { line: string; missing: string[] }

const names = {
  sandbox: '模拟群',
  wechaty: '网关',
  qq: 'QQ 官方机器人',
  wecom: '企业微信智能机器人',
  robot: '企业微信群机器人',
  customers: '客户群群发',
}
const where = {
  qq: ' QQ 开放平台 q.qq.com「开发 - 开发设置」',
  qqLinks: ' QQ 开放平台「开发 - 消息 URL 配置」',
  wecom: '企业微信管理后台「安全与管理 - 管理工具 - 智能机器人」',
  corp: '企业微信管理后台「我的企业 - 企业信息」最下面',
  app: '企业微信管理后台「应用管理 - 自建」那个应用的页面',
  robot: '企业微信里那个群的「群机器人 - 添加」',
}

/** Looks at the settings of every line. Connects to nothing. */
export function checkLineSettings(config: Config): LineCheck[] {
  return plannedLines(config).map(plan => ({
    line: plan.title ? `${plan.title}（${names[plan.kind]}）` : names[plan.kind],
    missing: missingOf(plan, config),
  }))
}

const hintMark = '（可选）'

/** Whether a sentence is about something that the line works without. */
export const isHint = (sentence: string): boolean => sentence.startsWith(hintMark)

/** The settings that the line does not work without, as {@link checkLineSettings} says it. */
export const missingSettingsOf = (plan: LinePlan, config: Config): string[] =>
  missingOf(plan, config).filter(sentence => !isHint(sentence))

/** @throws {@link ConfigFault} where two lines are to connect with one bot: each would take the other's messages */
export function checkBots(config: Config) {
  const bots = { qq: qqSettingsOf, wecom: wecomSettingsOf } as const
  const known = new Map<string, string>()
  for (const { kind, title } of plannedLines(config)) {
    if (kind !== 'qq' && kind !== 'wecom') continue
    const settings = bots[kind](config, title)
    const [name, id] = 'appId' in settings ? ['QQ_APP_ID', settings.appId] : ['WECOM_BOT_ID', settings.botId]
    const other = known.get(`${name} ${id}`)
    if (id !== '' && other !== undefined)
      throw new ConfigFault(
        `设置有误：线路 ${other} 和 ${title} 用了同一个 ${name}，会互相抢消息。请写成 ${other}=…,${title}=…，一条线路一个机器人。`,
      )
    known.set(`${name} ${id}`, title)
  }
}

function missingOf({ kind, title }: LinePlan, config: Config): string[] {
  switch (kind) {
    case 'qq':
      return missingOfQq(config, title)
    case 'wecom':
      return missingOfWecom(config, title)
    case 'robot':
      return missingOfRobots(config)
    case 'customers':
      return missingOfCustomers(config)
    case 'wechaty':
      return missingOfGateway(config)
    case 'sandbox':
      return []
  }
}

/** 「（写成 qq1=…,qq2=…）」 where several lines of one kind share a setting. */
function formOf(config: Config, kind: LinePlan['kind']): string {
  const titles = plannedLines(config).flatMap(plan => (plan.kind === kind ? [plan.title] : []))
  return titles.length > 1 ? `（写成 ${titles.map(title => `${title}=…`).join(',')}）` : ''
}

function missingOfQq(config: Config, title: string): string[] {
  const form = formOf(config, 'qq')
  const { appId, secret } = qqSettingsOf(config, title)
  const publicUrl = config.PUBLIC_URL || config.CONSOLE_URL
  const isRegistered = publicUrl !== '' && linkDomainsOf(config).includes(new URL(publicUrl).hostname)
  return [
    ...(appId ? [] : [`缺 QQ_APP_ID${form}：在${where.qq}抄 AppID。`]),
    ...(secret ? [] : [`缺 QQ_APP_SECRET${form}：在${where.qq}抄 AppSecret。`]),
    ...(isRegistered
      ? publicUrl.startsWith('https:')
        ? []
        : ['（可选）PUBLIC_URL 要以 https:// 开头：QQ 只放行 https 的域名，现在来源的页面在 QQ 里点不开。']
      : [
          `（可选）QQ 群里发不了网址：把自己备过案的 https 域名登记到${where.qqLinks}，再填 PUBLIC_URL 和 QQ_LINK_DOMAINS，来源就能点开。不填的话，来源只写标题、部门和文号。`,
        ]),
  ]
}

function missingOfWecom(config: Config, title: string): string[] {
  const form = formOf(config, 'wecom')
  const { botId, secret, botName } = wecomSettingsOf(config, title)
  return [
    ...(botId ? [] : [`缺 WECOM_BOT_ID${form}：在${where.wecom}抄 Bot ID，连接方式要选「长连接」。`]),
    ...(secret ? [] : [`缺 WECOM_BOT_SECRET${form}：在${where.wecom}抄 Secret，连接方式要选「长连接」。`]),
    ...(botName ? [] : ['（可选）WECOM_BOT_NAME 没填：名字里有空格的机器人，@ 它的话会读错。']),
  ]
}

function missingOfRobots(config: Config): string[] {
  const how = `写成「群名=webhook 地址」，地址在${where.robot}。`
  const count = robotsOf(config).length
  if (config.ROBOT_WEBHOOKS.trim() === '') return [`缺 ROBOT_WEBHOOKS：${how}`]
  if (count === 0) return [`ROBOT_WEBHOOKS 看不懂：要${how}`]
  return count < listed(config.ROBOT_WEBHOOKS).length ? [`ROBOT_WEBHOOKS 里有几项看不懂：要${how}`] : []
}

function missingOfCustomers(config: Config): string[] {
  const { corpId, secret } = appSettingsOf(config)
  return [
    ...(corpId ? [] : [`缺 WECOM_CORP_ID：在${where.corp}抄企业 ID。`]),
    ...(secret
      ? []
      : [
          `缺 WECOM_APP_SECRET：在${where.app}抄 Secret；同一页的「企业可信 IP」要写这台机器的公网 IP，还要在「客户与上下游 - 客户联系 - 客户 - API」里把它加进「可调用应用」。`,
        ]),
    ...missingOfSets(config),
  ]
}

function missingOfSets(config: Config): string[] {
  const how = '写成「名字=员工账号」，例如 创客客户群=zhangsan。账号在管理后台「通讯录」里那位员工的资料里。'
  const count = groupSetsOf(config).length
  if (config.CUSTOMER_GROUPS.trim() === '') return [`缺 CUSTOMER_GROUPS：${how}`]
  if (count === 0) return [`CUSTOMER_GROUPS 看不懂：要${how}`]
  return count < listed(config.CUSTOMER_GROUPS).length ? [`CUSTOMER_GROUPS 里有几项看不懂：要${how}`] : []
}

function missingOfGateway({ WECHATY_PUPPET, ...config }: Config): string[] {
  if (WECHATY_PUPPET !== 'wechaty-puppet-service') return []
  return config.WECHATY_PUPPET_SERVICE_TOKEN
    ? []
    : ['缺 WECHATY_PUPPET_SERVICE_TOKEN：向网关的提供方要令牌；自己的网关在启动时会打印。']
}
