import { setLocally } from './word-classes.ts'

/** The line that names those whom a notice is for; nothing that ends a sentence stands before it. */
const addressed = /^[^。;!?]{0,200}?(?:^|\n|\s)(?<names>[^\n。;:!?]{2,120}):\s*(?:\n|\S)/u
const makers =
  /企业|单位|个人|团队|老板|店主|商户|会员|朋友|同学|青年|姐妹|乡亲|农户|大户|合作社|机手|工会|职工|机构|客户|伙伴|公司|创客/u
const offices =
  /局|委|厅|部门|办公室|人民政府|办事处|妇联|工商联|团委|科协|总工会|高校|院校|学院|学校|商会|街道|乡镇/u
const agent = /代写|代笔|委托我|我们的?客户|各位客户|老客户|客户资料|官方(?:时间|节点|截止|:)/u

/**
 * A company speaks, which is an agency where it serves clients or passes a call on; so does a department 「司」, and a
 * park or a village 「代办」 for nothing.
 */
const company = /我司|本公司|代办/u
const servesClients = /客户|转发|转载|排期|收单|接单|服务费|政策雷达/u

/** 「没有委托任何中介机构代办」: the notice is by no agency. */
const disclaimer = /(?:不|未|没有|无)[^,。;!?\n]{0,14}(?:代办|代理|委托|中介)[^,。;!?\n]*/gu
/** A bank has clients, too, and no day of its own for them. */
const bank = /我行|支行|农商行|银行股份|信用联社|信用合作/u

/** Words by which an agency speaks of itself and of its clients. */
export const agentSpeaks = /我司|本公司|我们|咱们|委托|(?<!不)代办|客户|签约/u

/** Traits of a notice that bear on all of its dates. */
export type Addressees = {
  isForMakers: boolean
  isForOffices: boolean
  /** A paid agency speaks, which may have an earlier day for its clients. */
  isByAgent: boolean
  /** The day of the enterprises is left to their local office. */
  isSetLocally: boolean
}

const longestHead = 320

/** @param text folded, the title on its first line */
export function addresseesOf(text: string, titleLength: number): Addressees {
  const names =
    addressed.exec(text.slice(titleLength + 1, titleLength + 1 + longestHead))?.groups?.names ?? ''
  const said = text.replaceAll(disclaimer, '')
  const isOfAgent = agent.test(said) || (company.test(said) && servesClients.test(said))
  return {
    isForMakers: makers.test(names),
    isForOffices: offices.test(names),
    isByAgent: isOfAgent && !bank.test(text),
    isSetLocally: setLocally.test(text),
  }
}

/** The traits as features of a date. */
export function addresseeFeatures(text: string, titleLength: number): string[] {
  const { isForMakers, isForOffices, isByAgent, isSetLocally } = addresseesOf(text, titleLength)
  return [`for=${isForMakers}${isForOffices}`, `agent=${isByAgent}`, `local=${isSetLocally}`]
}
