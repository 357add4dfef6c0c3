import { type Command, Refusal } from '../../../feature.ts'
import { senderOf } from '../../../ports/actor.ts'
import type { Message, Reply, SentFile } from '../../../ports/chat.ts'
import { streams } from '../../../ports/items.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import type { BroadcastEdit } from '../broadcast/edits.ts'
import type { Broadcast, StreamPlan } from '../broadcast/records.ts'
import { streamNamed } from '../content/composer.ts'
import type { DigestParts } from '../context.ts'
import { readOnce } from '../schedule/schedules.ts'
import { numberAndRest } from './numbers.ts'
import { createPreview } from './preview.ts'
import type { SentFiles } from './sent-files.ts'

const noticeUsage =
  '请这样写，第一行写时间和群，下面写正文：\n拟通知 明天上午9点 发到 全部\n各位创客，明天下午……\n\n群可以写 全部、群名、空间:优空间、支部:…、标签:科技；时间写「现在」就是通过以后马上发。'
const editUsage =
  '请这样写：\n改推送 12 时间 明天上午9点\n改推送 12 发到 空间:优空间、标签:科技\n改推送 12 正文（换行写新的全文）'
const planUsage =
  '请这样写：\n改排期 政策 每周五16:30\n改排期 科技服务 每个工作日8:30\n改排期 企业动态 暂停（或 恢复）'

/** Commands for drafts, edits and schedules. */
export function draftCommands(parts: DigestParts, actions: BroadcastActions, files: SentFiles): Command[] {
  const { clock } = parts
  const preview = createPreview(parts, actions)
  const inPrivate = { role: 'organizer', where: 'private', takes: 'text' } as const
  /** Schedules shown but not confirmed, by sender; in memory only. */
  const proposed = new Map<string, { plan: StreamPlan; schedule: string }>()

  async function draftNotice(message: Message, rest: string): Promise<Reply[]> {
    const { head, body } = headAndBody(rest)
    if (body === '') throw new Refusal(noticeUsage)
    const { when, targets } = whenAndTargets(head)
    const written = { text: body, targets, sendAt: readOnce(when, clock.now()) }
    return shownDraft((await actions.notice(senderOf(message), written)).number, message)
  }

  async function draftDigest(message: Message, rest: string): Promise<Reply[]> {
    const [, name = '', more = ''] = /^(\S+)\s*([\s\S]*)$/u.exec(rest) ?? []
    const stream = streamNamed(name)
    if (!stream)
      throw new Refusal(`请写上栏目：${streams.map(one => `「拟速递 ${one} 周五16:30」`).join('、')}。`)
    const { when, targets } = whenAndTargets(more)
    const by = senderOf(message)
    const wanted = {
      by,
      sendAt: readOnce(when, clock.now()),
      state: 'draft' as const,
      ...(targets ? { targets } : {}),
    }
    const { number } = await actions.digest(stream, wanted)
    return shownDraft(number, message)
  }

  async function shownDraft(number: number, message: Message): Promise<Reply[]> {
    return [
      ...(await preview.whole(await actions.existing(number), message.senderId)),
      {
        text: `这是草稿，还没有人看过。写好了说「送审 ${number}」，要改说「改推送 ${number} …」，想先看看效果说「演练 ${number}」。${sayFile(files.last(message.senderId), number)}`,
      },
    ]
  }

  async function edit(message: Message, rest: string): Promise<Reply[]> {
    const found = numberAndRest(rest)
    if (!found || found.rest === '') throw new Refusal(editUsage)
    const wanted = editIn(found.rest)
    const seen = { seal: await actions.seenSeal(found.number, message.senderId) }
    const after = await actions.edit(found.number, wanted, { by: senderOf(message), seen })
    const note = noteOf(after, wanted)
    const [head, ...originals] = await preview.whole(after, message.senderId)
    return [{ text: `${note}\n${head?.text ?? ''}` }, ...originals]
  }

  function editIn(said: string): BroadcastEdit {
    const [, what = '', value = ''] = /^(时间|发到|发给|群|正文|标题)[\s:：]*([\s\S]*)$/u.exec(said) ?? []
    if (what === '' || value.trim() === '') throw new Refusal(editUsage)
    if (what === '正文') return { text: value.trim() }
    if (what === '标题') return { title: value.trim() }
    if (what === '时间') return { sendAt: readOnce(value, clock.now()) ?? 'now' }
    return { targets: value.trim() }
  }

  async function plans(): Promise<string> {
    const all = await actions.plans.all()
    const lines = all.map(plan => {
      const state = plan.isPaused ? '，暂停着' : ''
      return `${plan.title}（${plan.id}）：${plan.schedule}，发到${plan.targets}，提前 ${plan.leadHours} 小时送审${state}`
    })
    return [...lines, '', planUsage].join('\n')
  }

  async function changePlan(message: Message, rest: string): Promise<string> {
    const [, name = '', said = ''] = /^(\S+)\s+([\s\S]+)$/u.exec(rest) ?? []
    const plan = await planNamed(name)
    if (!plan) throw new Refusal(planUsage)
    const by = senderOf(message)
    if (said === '暂停' || said === '恢复') {
      await actions.plans.save(plan.id, { isPaused: said === '暂停' }, { by, seenRevision: plan.revision })
      return said === '暂停' ? `「${plan.title}」暂停了，到点不拟也不发。` : `「${plan.title}」恢复了。`
    }
    const now = clock.now()
    const runs = actions.plans.preview(said, now).map(at => sayTime(at, now))
    proposed.set(message.senderId, { plan, schedule: said })
    return [
      `「${plan.title}」改成「${said}」的话，接下来五次是：`,
      ...runs,
      `对的话说「确认排期」，才会保存。`,
    ].join('\n')
  }

  async function confirmPlan(message: Message): Promise<string> {
    const wanted = proposed.get(message.senderId)
    if (!wanted) throw new Refusal('没有要确认的排期。先说「改排期 政策 每周五16:30」。')
    const { plan, schedule } = wanted
    proposed.delete(message.senderId)
    const who = { by: senderOf(message), seenRevision: plan.revision }
    const saved = await actions.plans.save(plan.id, { schedule }, who)
    return `「${saved.title}」的排期改好了：${saved.schedule}。`
  }

  async function planNamed(name: string): Promise<StreamPlan | undefined> {
    const id = streamNamed(name) ?? name
    return (await actions.plans.all()).find(plan => plan.id === id || plan.title === name)
  }

  return [
    {
      ...inPrivate,
      words: ['拟通知'],
      help: '拟通知 明天上午9点 发到 全部（换行写正文）',
      run: draftNotice,
    },
    { ...inPrivate, words: ['拟速递'], help: '拟速递 政策 周五16:30 —— 用新条目拼一份', run: draftDigest },
    { ...inPrivate, words: ['改推送'], help: '改推送 12 时间 明天9点 —— 也能改发到、正文', run: edit },
    {
      role: 'organizer',
      where: 'anywhere',
      takes: 'nothing',
      words: ['推送排期'],
      help: '推送排期 —— 三个栏目各在什么时候推',
      run: plans,
    },
    { ...inPrivate, words: ['改排期'], help: '改排期 政策 每周五16:30 —— 先看五次，再确认', run: changePlan },
    { ...inPrivate, words: ['确认排期'], takes: 'nothing', help: '', run: message => confirmPlan(message) },
  ]
}

const sayFile = (file: SentFile | undefined, number: number) =>
  file ? `\n刚才发来的「${file.name}」要一起发，说「加附件 ${number}」。` : ''

function headAndBody(rest: string): { head: string; body: string } {
  const at = rest.indexOf('\n')
  return at === -1
    ? { head: rest.trim(), body: '' }
    : { head: rest.slice(0, at).trim(), body: rest.slice(at + 1).trim() }
}

/** Splits 「明天上午9点 发到 空间:优空间」 into time and targets. */
function whenAndTargets(head: string): { when: string; targets: string } {
  const [, when = '', targets = ''] = /^(.*?)(?:\s*(?:发到|发给)\s*[:：]?\s*(.*))?$/su.exec(head) ?? []
  return { when: when.trim(), targets: targets.trim() }
}

/** Says whether the change needs another review. */
function noteOf({ state }: Broadcast, { sendAt }: BroadcastEdit): string {
  if (state === 'review') return '改好了，要重新审核。'
  return state === 'approved' && sendAt ? '改好了，内容没变，原来的通过还算数。' : '改好了。'
}
