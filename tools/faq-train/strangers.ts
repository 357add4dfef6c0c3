const forms = [
  '{}怎么办',
  '{}要什么材料',
  '{}多少钱',
  '{}去哪里申请',
  '{}要多久才能下来',
  '申请{}有什么条件',
  '{}什么时候截止',
  '{}有补贴吗',
  '{}怎么报',
  '{}能不能网上办',
  '{}到期了怎么弄',
  '公司想弄{}找谁',
  '{}有什么优惠政策',
  '{}现在还有没有',
  '请问{}的标准是多少',
  '{}能领几次',
]

/** The same told at length, as makers tell a situation. */
const longForms = [
  '我们公司去年刚搬到台江，最近要弄{}，问了一圈没人说得清，到底找谁',
  '店里就我和两个伙计，{}这个事情是我自己去跑还是要找人代办，大概花多少钱',
  '朋友说他们那边{}今年有政策，我们这种才开了一年多的能不能也沾点光',
  '各位老师，我这边{}的事拖了三个月了，材料交上去一直没回音，还要等多久',
  '我做小生意的，一年也就三四十万流水，{}这块要交多少钱、什么时候交',
  '合伙人跟我吵起来了，他说{}不用办，我说要办，到底要不要啊',
]

/** Ways of asking that are taken for each topic; the next topic gets others. */
const formsEach = 4

/** Questions about a topic that the base does not answer: the same every time. @param at its place in the list */
export function questionsAbout(topic: string, at: number): string[] {
  const short = Array.from({ length: formsEach }, (_, n) => forms[(at * 5 + n * 3) % forms.length])
  return [...short, longForms[at % longForms.length]].map((form = '{}') => form.replace('{}', topic))
}
