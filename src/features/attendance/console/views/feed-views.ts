import { html } from 'hono/html'
import type { Html } from '../../../../console/widgets.ts'
import type { Calendar } from '../../lessons/records/calendar-records.ts'

type FeedParts = { origin: string; csrf: Html }

/** The addresses to subscribe to, a branch each. */
export function viewFeeds(
  branches: readonly string[],
  calendars: readonly Calendar[],
  parts: FeedParts,
): Html {
  return html`<p><a href="/lessons">← 全部课程</a></p>
    <section class="card">
      <p>把地址发给大家，手机日历里选「订阅日历」贴进去，以后的课会自己出现。iPhone 点「订阅」就行；其他手机复制地址。</p>
      <p class="hint">谁有地址谁就能看到课程时间和地点，看不到名单。传到外面去了就换一个，旧地址马上失效。</p>
      <table class="stack"><thead><tr><th>哪个支部</th><th>地址</th><td></td></tr></thead>
      <tbody>${['', ...branches].map(branch =>
        viewFeed(
          branch,
          calendars.find(one => one.branch === branch),
          parts,
        ),
      )}</tbody></table>
    </section>`
}

function viewFeed(branch: string, calendar: Calendar | undefined, { origin, csrf }: FeedParts): Html {
  const url = calendar ? `${origin}/calendar/${calendar.token}.ics` : undefined
  return html`<tr>
    <td data-label="哪个支部">${branch || '全部课程'}</td>
    <td data-label="地址">${url ? html`<span class="feed">${url}</span>` : '还没有'}</td>
    <td><div class="actions">
      ${url ? html`<a role="button" class="secondary outline" href="${url.replace(/^https?:/u, 'webcal:')}">订阅</a>` : ''}
      <form method="post" action="/lessons/calendars">${csrf}<input type="hidden" name="branch" value="${branch}"><button type="submit" class="secondary outline">${url ? '换一个地址，旧的失效' : '生成地址'}</button></form>
    </div></td>
  </tr>`
}
