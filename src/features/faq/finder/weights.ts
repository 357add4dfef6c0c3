import learnt from './weights.json' with { type: 'json' }

/** What `npm run faq:train` has learnt; in the browser it comes with the data of the search. */
export const weights = learnt
