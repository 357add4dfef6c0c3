import { expect, test } from 'vitest'
import { feedEntries } from '../../../src/text/pages/feeds.ts'

test.each([
  ['<![CDATA[<b>[置顶]</b>关于甲&amp;乙的通知]]>', '关于甲&乙的通知'],
  ['【热】关于甲的\n  通知', '关于甲的通知'],
  ['【公示】关于甲的通知', '【公示】关于甲的通知'],
])('the title of %j is %s', (written, title) => {
  const item = `<item><title>${written}</title><link>/1.html</link></item>`
  const feed = `<rss version="2.0"><channel><title>甲</title>${item}</channel></rss>`
  expect(feedEntries(feed, 'https://a.cn/').entries.map(entry => entry.title)).toEqual([title])
})
