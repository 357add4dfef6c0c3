import { types } from 'wechaty-puppet'

const readsText = '我只看得懂文字'
const words = new Map([
  [types.Message.Image, `${readsText}，图片看不了：请把想问的打成一句话发给我。`],
  [types.Message.Audio, `${readsText}，语音听不了：长按语音选「转文字」，再把文字发给我。`],
  [types.Message.Video, `${readsText}，视频看不了：请把想问的打成一句话发给我。`],
  [
    types.Message.Attachment,
    `${readsText}，这个文件读不了：请把想问的打成一句话，或者复制里面那一段发给我。`,
  ],
  [types.Message.ChatHistory, `${readsText}，转发的聊天记录打不开：请把里面要问的那句话复制出来发给我。`],
  [
    types.Message.Url,
    `${readsText}，卡片打不开：想问什么请打成一句话；想推荐给大家，请发「投稿 标题 网址」。`,
  ],
  [types.Message.MiniProgram, `${readsText}，小程序打不开：请把想问的打成一句话发给我。`],
  [types.Message.Location, `${readsText}，位置看不了：想问哪里怎么走、找哪个窗口，请直接打字。`],
  [types.Message.Contact, `${readsText}，名片看不了：想找指导员，请发「转人工」加上你的问题。`],
])

/**
 * The answer to a message that the bot cannot read, by its kind.
 * @returns undefined for what expects no answer: stickers, red packets and notices
 */
export const unreadWords = (type: types.Message): string | undefined => words.get(type)
