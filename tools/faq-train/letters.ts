import { hashOf } from '../../src/features/faq/knowledge/situations.ts'

const greetings = [
  '您好，',
  '你好！',
  '尊敬的领导：您好！',
  '领导您好，',
  '老师好，',
  '各位老师好，',
  '咨询：',
  '',
  '',
]

/** Openings by which makers introduce themselves; they speak for no entry in particular. */
const contexts = [
  '我公司是一家做软件的，在台江区，现有员工二十多人，',
  '我们单位成立于2021年3月，注册地在福州，主要做跨境电商，去年收入五百多万元，',
  '本人去年从外地回到福州，和两个朋友租了个办公室，',
  '我司是一家小微企业，近几年经营比较困难，',
  '我家开了一间小店，就我和我爱人两个人，',
  '我们厂做机械加工已经六年了，三十来个工人，厂房是租的，',
  '我是公司新来的财务，上一任交接得不太清楚，',
  '我刚大学毕业不久，第一次自己做事，很多地方不懂，',
  '打了几次电话都没有打通，网上的说法又不一样，',
  '看到群里有人发了相关的消息，但没有写清楚，',
  '我们在众创空间里租了四个工位，做的是智能硬件，',
  '我是一家农业合作社的负责人，平时在乡下，跑一趟市里不方便，',
  '前几天去窗口问，工作人员让我先自己了解一下，',
  '朋友的公司去年已经办过了，说法跟我听到的不同，',
  '因为人员变动和资金紧张，这件事一直拖到现在，',
  '我公司2025年营业收入约860万元，研发人员9人，',
  '我代理了十几家公司的账，有好几个客户都在问，',
  '之前一直委托别人处理，今年想自己来办，',
  '我们是从上海搬回来的团队，对本地的情况不熟，',
  '疫情之后生意一直不好，员工从四十人减到十五人，',
  '我父亲年纪大了，公司现在由我接手，',
  '',
  '',
  '',
]

const asks = ['请问{}？', '想咨询一下，{}？', '想了解{}？', '{}？', '我想问的是{}？', '不知道{}？']

const closings = [
  '谢谢！',
  '盼复，谢谢。',
  '麻烦解答一下，感谢。',
  '急，请尽快回复。',
  '希望得到您的答复，辛苦了！',
  '请问应该怎么处理？',
  '',
  '',
  '',
]

/** A question as it stands in a letter, with what goes before and after it: the same every time. */
export function letterOf(question: string): string {
  const seed = hashOf(`letter of ${question}`)
  const [greeting, context, more, ask, closing] = [greetings, contexts, contexts, asks, closings].map(
    (list, at) => list[Math.floor(seed / 31 ** at) % list.length] ?? '',
  )
  const bare = question.replace(/[？?。！!\s]+$/u, '')
  return `${greeting}${context}${more === context ? '' : more}${ask?.replace('{}', bare)}${closing}`
}
