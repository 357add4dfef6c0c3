/** Refusals of a decision about roles (given, withdrawn or linked) by the shared log-in, and about one's own. */
export const officeMayNot =
  '公用登录分不清是谁，不能定谁管什么。请用自己的微信私聊机器人说「登录」，用那个链接进来再办。'
export const ownRoleMayNot =
  '自己的身份要由另一位组织者来定。两个号都是你的，请用其中一个私聊我发「关联账号」。'
