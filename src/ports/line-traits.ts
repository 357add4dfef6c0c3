/** Abilities and limits of a line. Callers ask for a trait, never for the platform's name. */
export type LineTraits = {
  /** Every message in a group, those that mention the bot, or none. */
  receives: 'all' | 'mentions' | 'nothing'
  /**
   * Proof that a message arrived: it comes back over the line, the platform says that it took it, or the platform
   * reports later what a person did with it.
   */
  proof: 'echo' | 'accepted' | 'reported'
  /** Whether the bot can mention members. */
  mentions: boolean
  /** Whether the id of a person heard in a group leads to a private chat with them. */
  groupIdsReachPrivate: boolean
  text: { form: 'plain' | 'markdown'; maxBytes: number }
  /** `registered`: a message with a link to any other domain is refused. */
  links: 'any' | 'registered'
  files: boolean
  /** Text and files leave as one message. */
  bundles: boolean
  /** How long after sending a message can be taken back, in ms; undefined: never. */
  recallMs: number | undefined
  /**
   * When messages other than replies are taken: always, after a person spoke to the bot,
   * or by the group owner's switch.
   */
  pushes: 'always' | 'spoken-once' | 'owner-switch'
  /** Replies per received message and how long they are taken; undefined: no such limit. */
  replies: { count: number; windowMs: number } | undefined
  /** The platform's own limits; undefined: those of the settings. */
  pace: { perMinute: number; sameGroupGapMs: number; nextGroupGapMs: number } | undefined
}

/** A personal account behind a Wechaty puppet, and the sandbox. */
export const wechatTraits: LineTraits = {
  receives: 'all',
  proof: 'echo',
  mentions: true,
  groupIdsReachPrivate: true,
  text: { form: 'plain', maxBytes: 16_000 },
  links: 'any',
  files: true,
  bundles: false,
  recallMs: undefined,
  pushes: 'always',
  replies: undefined,
  pace: undefined,
}

/** The official QQ bot, API v2. */
export const qqTraits: LineTraits = {
  receives: 'mentions',
  proof: 'accepted',
  mentions: true,
  groupIdsReachPrivate: false,
  text: { form: 'plain', maxBytes: 6000 },
  links: 'registered',
  files: true,
  bundles: false,
  recallMs: 2 * 60_000,
  pushes: 'owner-switch',
  replies: { count: 5, windowMs: 5 * 60_000 },
  pace: { perMinute: 30, sameGroupGapMs: 3000, nextGroupGapMs: 1000 },
}

/** WeCom 智能机器人 over its long connection. */
export const wecomTraits: LineTraits = {
  receives: 'mentions',
  proof: 'accepted',
  mentions: false,
  groupIdsReachPrivate: true,
  text: { form: 'markdown', maxBytes: 20_480 },
  links: 'any',
  files: true,
  bundles: false,
  recallMs: undefined,
  pushes: 'spoken-once',
  replies: { count: 30, windowMs: 24 * 60 * 60_000 },
  pace: { perMinute: 60, sameGroupGapMs: 2000, nextGroupGapMs: 500 },
}

/** A group robot of WeCom: pushes into one group by its webhook. */
export const robotTraits: LineTraits = {
  receives: 'nothing',
  proof: 'accepted',
  mentions: false,
  groupIdsReachPrivate: false,
  text: { form: 'plain', maxBytes: 4096 },
  links: 'any',
  files: true,
  bundles: false,
  recallMs: undefined,
  pushes: 'always',
  replies: undefined,
  pace: { perMinute: 60, sameGroupGapMs: 3000, nextGroupGapMs: 500 },
}

/** Customer groups of WeCom (客户群): an employee sends the task that the bot creates. */
export const customerTraits: LineTraits = {
  receives: 'nothing',
  proof: 'reported',
  mentions: false,
  groupIdsReachPrivate: false,
  text: { form: 'plain', maxBytes: 4000 },
  links: 'any',
  files: true,
  bundles: true,
  recallMs: Number.POSITIVE_INFINITY,
  pushes: 'always',
  replies: undefined,
  pace: { perMinute: 20, sameGroupGapMs: 3000, nextGroupGapMs: 1000 },
}

/** Sentences for what a line refuses by its {@link LineTraits}, real or simulated. */
export const refusalWords = {
  link: 'QQ 不让发带网址的消息：这个网址的域名没有在 QQ 开放平台「消息 URL 配置」里登记。请去掉网址再发。',
  noPush:
    '这个群没有允许机器人主动发消息。请群主打开 QQ 群「设置 - 机器人」，点开这个机器人，开启「允许机器人主动发消息」，再发一次。',
  notSpoken:
    '企业微信说没有这个会话：要么这个群里还没有人 @ 过机器人，要么机器人被移出了群。请在群里 @ 机器人说一句话，再发一次。',
}
