import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, firstProblem, form, type RefusedForm } from '../../console/forms.ts'
import { card, csrfField, emptyState, renderPage, stackTable } from '../../console/widgets.ts'
import { type Command, type ConsoleEnv, type Feature, inTopic, type Page } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { contentMark, type PersonalData } from '../../ports/personal-data.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { openPledges, type Pledge, PledgeKind, type Pledges, pledgeVersion, sayPledge } from './pledges.ts'

type Parts = {
  store: Store
  clock: Clock
  directory: Directory
  roster: Pick<Roster, 'find'>
  /** A text as the public pages show it, without names. */
  publicText(text: string): Promise<string>
}

const stateWords = { draft: '本人还没同意', agreed: '本人同意了，等组织者看', shown: '在E空间上' } as const

/**
 * 承诺 and 示范岗 of members: written in private, agreed to as they will stand, taken back at
 * any time; nothing counts them.
 */
export function pledges(parts: Parts): { feature: Feature; shown: Pledges['shown'] } {
  const records = openPledges(parts)
  return {
    feature: {
      name: 'pledges',
      commands: inTopic(
        '承诺',
        PledgeKind.options.flatMap(kind => commandsOf(kind, records, parts.directory)),
      ),
      personal: pledgePrivacy(records),
      pages: [pledgePage(records, parts.roster)],
      search: async isFound =>
        (await records.all())
          .filter(({ state, kind, text }) => state !== 'draft' && isFound(kind, text))
          .map(({ kind, text }) => ({ kind, title: text, path: '/pledges' })),
    },
    shown: records.shown,
  }
}

function commandsOf(kind: PledgeKind, records: Pledges, directory: Directory): Command[] {
  const own = { role: 'maker', where: 'private', help: '' } as const
  return [
    {
      ...own,
      words: [kind],
      takes: 'text',
      help: `${kind} 一句话 —— 写一条${kind}，你同意了才放上E空间（私聊）`,
      async run(message, said) {
        const { id } = await directory.recognise(message)
        const known = (await records.of(id)).find(one => one.kind === kind)
        const pledge = said.trim() === '' && known ? known : await records.write(id, kind, said)
        return `放上E空间就是这样，不写名字，没有点赞，不计数：\n\n${sayPledge(pledge)}\n\n现在：${stateWords[pledge.state]}。同意放上去发「同意${kind}」，要改就再发一次「${kind} …」，不放了发「收回${kind}」。`
      },
    },
    {
      ...own,
      words: [`同意${kind}`],
      takes: 'nothing',
      async run(message) {
        await records.agree((await directory.recognise(message)).id, kind)
        return `好，组织者看过就放上E空间。随时可以发「收回${kind}」，马上拿下来。`
      },
    },
    {
      ...own,
      words: [`收回${kind}`, `撤回${kind}`],
      takes: 'nothing',
      async run(message) {
        const wasThere = await records.takeBack((await directory.recognise(message)).id, kind)
        return wasThere
          ? `收回了，${kind}已经删掉，E空间上一分钟内就没有了。`
          : `你没有写过${kind}，不用收回。`
      },
    },
  ]
}

function pledgePrivacy(records: Pledges): PersonalData {
  return {
    async kept({ memberId }) {
      const mine = await records.of(memberId)
      if (mine.length === 0) return []
      const line = ({ kind, text, state }: Pledge) => `${contentMark}${kind}：${text}（${stateWords[state]}）`
      return [`承诺和示范岗：${mine.length} 条`, ...mine.map(line)]
    },
    async forget({ memberId }) {
      for (const kind of PledgeKind.options) await records.takeBack(memberId, kind)
    },
    async merge(moves) {
      for (const [from, to] of moves) await records.move(from, to)
    },
  }
}

const Decision = form(
  z.object({
    memberId: z.string(),
    kind: PledgeKind,
    to: z.enum(['shown', 'agreed']),
    seen: z.string().default(''),
  }),
)

/** 「承诺」 on the console: an organizer looks at what members agreed to, before anyone reads it. */
function pledgePage(records: Pledges, roster: Pick<Roster, 'find'>): Page {
  const routes = new Hono<ConsoleEnv>()
  async function show(c: Context<ConsoleEnv>, refused?: RefusedForm): Promise<Response> {
    const agreed = (await records.all()).filter(({ state }) => state !== 'draft')
    const names = new Map((await roster.find(agreed.map(one => one.memberId))).map(one => [one.id, one.name]))
    const rows = agreed.map(one => [
      names.get(one.memberId) ?? '',
      html`<span class="notice">${sayPledge(one)}</span>`,
      stateWords[one.state],
      html`<form method="post" action="/pledges">${csrfField(c)}<input type="hidden" name="memberId" value="${one.memberId}"><input type="hidden" name="kind" value="${one.kind}"><input type="hidden" name="seen" value="${pledgeVersion(one)}">${
        one.state === 'shown'
          ? html`<input type="hidden" name="to" value="agreed"><button class="secondary">拿下来</button>`
          : html`<input type="hidden" name="to" value="shown"><button>放上E空间</button>`
      }</form>`,
    ])
    const list =
      rows.length > 0
        ? stackTable(['谁', '放上去是这样', '现在', '决定'], rows)
        : emptyState('还没有。成员私聊机器人发「承诺 一句话」或「示范岗 一句话」，看过、同意了，就到这里。')
    const problem = refused ? html`<p role="alert" class="problem">${firstProblem(refused)}</p>` : ''
    const about = html`<p>自愿写，不催，不点赞，不计数，不排名。E空间上不写名字。本人随时可以收回。</p>`
    return renderPage(c, '承诺', card('成员同意放上E空间的', html`${problem}${about}${list}`))
  }
  routes.get('/', c => show(c))
  routes.post(
    '/',
    action({
      form: Decision,
      async run(_, { memberId, kind, ...decision }) {
        await records.decide(memberId, kind, decision)
        return '/pledges'
      },
      show,
    }),
  )
  return {
    path: 'pledges',
    title: '承诺',
    chapter: 'site',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}
