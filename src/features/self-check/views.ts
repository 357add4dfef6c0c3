import { html } from 'hono/html'
import { card, type Html, stackTable, stateBadge } from '../../console/widgets.ts'
import { instantOf, sayFullTime } from '../../text/dates/time.ts'
import type { CheckedMessages } from './messages.ts'

type HeldBackRow = { at: string; name: string; text: string }
type Shown = {
  messages: CheckedMessages
  week: { people: number; sent: number; most: number; heldBack: readonly HeldBackRow[] }
  nudgesPerWeek: number
}

/** Rules against formalism, and how the product keeps each by design. */
const kept: readonly (readonly [string, string])[] = [
  ['不设积分、不晒步数、不比学习时长', '没有积分，也没有任何按人累计的分数。'],
  ['不对人排名、不通报排名', '台账只给组织者看，按支部和空间汇总；群里从不出现人的名次。'],
  ['不在群里点名没来的、没回的', '没来的人只记在组织者的签到表里；群里只说来了多少、怎么补。'],
  ['不强制打卡、不要求截图留痕', '签到发两个字就行，忘了可以补，请假说一声就行；不收照片和定位。'],
  ['不要求转发、点赞、回复「收到」', '推送不等回复，也不统计谁看了、谁没看。'],
  ['不在深夜和休息时间打扰', '夜里不推送，周末和节假日早上更晚才开始；时间在设置里。'],
  ['不层层加码、多头填报', '报名表填过的不再问；台账从签到自动汇总，不要基层再填一遍。'],
  ['群要清、要并，不建没用的群', '解绑的群立刻停推；群的用途写在「群」页上。'],
]

/** The rules with how they are kept, and what was really sent. */
export function viewSelfCheck({ messages, week, nudgesPerWeek }: Shown): Html {
  return html`${viewMessages(messages)}${viewNudges(week, nudgesPerWeek)}
    ${card(
      '产品本身怎么守的',
      html`<p class="hint">对照中央网信委《关于防治“指尖上的形式主义”的若干意见》（2023年12月）。</p>
      ${stackTable(
        ['要求', '怎么做到的'],
        kept.map(([rule, how]) => [rule, how]),
      )}
      <p>推送的话是人写的，机器查不全。审核的时候，请也照这张表看一眼。</p>`,
    )}`
}

function viewMessages({ checked, found }: CheckedMessages): Html {
  const isGood = found.length === 0
  const badge = stateBadge(isGood ? '没有发现' : `${found.length} 条要看`, isGood ? 'good' : 'bad')
  const rows = found.map(({ text, problems }) => [problems.join('、'), text])
  return card(
    html`发到群里的话 ${badge}`,
    html`<p>查了还留着的 ${checked} 条推送和提醒：有没有点名没来没回的、排名、积分、强制打卡和通报批评。</p>
    ${isGood ? '' : stackTable(['像是', '原话'], rows)}`,
  )
}

function viewNudges({ people, sent, most, heldBack }: Shown['week'], nudgesPerWeek: number): Html {
  const badge = stateBadge(most <= nudgesPerWeek ? '没有超' : '超了', most <= nudgesPerWeek ? 'good' : 'bad')
  return card(
    html`主动催人的话 ${badge}`,
    html`<p>没人问起、机器人自己私下请创客去做一件事，每人每周最多 ${nudgesPerWeek} 次，所有功能合在一起算。</p>
    <p>最近七天：提醒了 ${people} 人，共 ${sent} 次，最多的一位 ${most} 次；因为够数了没发的 ${heldBack.length} 次。</p>
    ${heldBack.length > 0 ? viewHeldBack(heldBack) : ''}
    <p class="hint">回答、回执、自己要的提醒，以及给组织者、审核人和指导员的消息不算。</p>`,
  )
}

const viewHeldBack = (heldBack: readonly HeldBackRow[]): Html =>
  html`<p>下面这些没有私聊发出去，也不会补发；要紧的，请当面或打电话说一声。</p>
    ${stackTable(
      ['时间', '给谁', '说什么'],
      heldBack.map(({ at, name, text }) => [sayFullTime(instantOf(at)), name, text]),
    )}`
